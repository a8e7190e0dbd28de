using System.Text;

namespace Tempo.PostRender.Manifests;

/// <summary>
/// Returns one string for equal texts as long as they are frequent. A stream with hundreds of releases repeats nearly every label, kind
/// and message, and without a pool each of them is kept. Rare texts leave the pool when others need their place.
/// </summary>
internal sealed class StringPool
{
    /// <summary>A power of two.</summary>
    private const int Places = 1_024;

    /// <summary>Longer texts are rarely equal.</summary>
    private const int MaxLength = 256;

    private readonly string?[] _strings = new string?[Places];

    /// <summary>A string that is equal to another one, if possible one that was returned before.</summary>
    public string Get(string text) => text.Length is 0 or > MaxLength ? text : Get(text, text);

    /// <summary>The string of a text in UTF-8.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MaxLength)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        Span<char> text = stackalloc char[utf8.Length];
        return Get(text[..Encoding.UTF8.GetChars(utf8, text)], made: null);
    }

    private string Get(ReadOnlySpan<char> text, string? made)
    {
        ref var pooled = ref _strings[string.GetHashCode(text) & (Places - 1)];
        return pooled is not null && text.SequenceEqual(pooled) ? pooled : pooled = made ?? text.ToString();
    }
}
