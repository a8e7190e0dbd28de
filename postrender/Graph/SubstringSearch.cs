using System.Buffers;
using System.Text;

namespace Tempo.PostRender.Graph;

/// <summary>Searches a document's bytes for any number of texts in one pass.</summary>
internal sealed class SubstringSearch
{
    private const int Few = 8;

    private readonly byte[][] _few = [];
    private readonly SearchValues<string>? _many;

    /// <summary>Prepares the search; ignores empty texts, which would match every document.</summary>
    public SubstringSearch(IEnumerable<string> texts)
    {
        var distinct = texts
            .Where(static text => text.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Select(Encoding.UTF8.GetBytes)
            .ToArray();
        if (distinct.Length <= Few)
        {
            _few = distinct;
        }
        else
        {
            // The search for several texts works on characters, so each byte is mapped to one character on both sides.
            _many = SearchValues.Create([.. distinct.Select(Encoding.Latin1.GetString)], StringComparison.Ordinal);
        }
    }

    /// <summary>Whether any of the texts is in the bytes.</summary>
    public bool IsIn(ReadOnlySpan<byte> bytes)
    {
        if (_many is null)
        {
            foreach (var text in _few)
            {
                if (bytes.IndexOf(text) >= 0)
                {
                    return true;
                }
            }

            return false;
        }

        var characters = ArrayPool<char>.Shared.Rent(bytes.Length);
        try
        {
            var length = Encoding.Latin1.GetChars(bytes, characters);
            return characters.AsSpan(0, length).ContainsAny(_many);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }
}
