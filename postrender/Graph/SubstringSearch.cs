using System.Buffers;
using System.Text;

namespace Tempo.PostRender.Graph;

/// <summary>Searches the bytes of documents for many texts.</summary>
internal sealed class SubstringSearch
{
    /// <summary>Up to this number of texts are always searched for one after the other.</summary>
    private const int Few = 8;

    /// <summary>
    /// The number of bytes, counted once per text, that are searched text by text before the search for all texts in one pass is prepared,
    /// because the preparation takes time.
    /// </summary>
    private const int Budget = 2 << 20;

    private readonly byte[][] _texts;
    private SearchValues<string>? _many;
    private long _searched;

    /// <summary>Prepares the search; ignores empty texts, which would match every document.</summary>
    public SubstringSearch(IEnumerable<string> texts)
    {
        var distinct = texts.ToHashSet(StringComparer.Ordinal);
        distinct.Remove("");
        _texts = [.. distinct.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Whether any of the texts is in the bytes.</summary>
    public bool IsIn(ReadOnlySpan<byte> bytes)
    {
        if (_texts.Length <= Few || (_searched += (long)_texts.Length * bytes.Length) <= Budget)
        {
            foreach (var text in _texts)
            {
                if (bytes.IndexOf(text) >= 0)
                {
                    return true;
                }
            }

            return false;
        }

        // The search for several texts works on characters, so each byte is mapped to one character on both sides.
        _many ??= SearchValues.Create([.. _texts.Select(Encoding.Latin1.GetString)], StringComparison.Ordinal);
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
