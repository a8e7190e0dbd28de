using System.Text;

namespace Tempo.PostRender.Manifests;

/// <summary>
/// Returns the same string for equal texts, to save memory: a stream with hundreds of releases repeats nearly every label, kind and
/// message. The pool has a fixed size; a text replaces the one that had its slot before.
/// </summary>
/// <remarks>Not the thread-safe pool of a library, which locks on every call: one thread reads the manifests.</remarks>
internal sealed class StringPool
{
    /// <summary>The number of slots, a power of two.</summary>
    private const int Slots = 1_024;

    /// <summary>Longer texts, in UTF-16 units or bytes, are not pooled, because they are rarely equal.</summary>
    private const int MaxLength = 256;

    private readonly string?[] _strings = new string?[Slots];

    /// <summary>A string equal to this text; the pooled one if there is one.</summary>
    public string Get(string text) => text.Length is 0 or > MaxLength ? text : Get(text, text);

    /// <summary>A string equal to this UTF-8 text; the pooled one if there is one.</summary>
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
        ref var pooled = ref _strings[string.GetHashCode(text) & (Slots - 1)];
        return pooled is not null && text.SequenceEqual(pooled) ? pooled : pooled = made ?? text.ToString();
    }
}
