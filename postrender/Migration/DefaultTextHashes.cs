using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Migration;

/// <summary>
/// The texts that are defaults of some version of the old charts, by their hashes: a copy of one says no more than that the user
/// started from the whole values file.
/// </summary>
internal static class DefaultTextHashes
{
    /// <summary>The name of the file with the hashes.</summary>
    public const string File = "default-texts.txt";

    private const int HashLength = 16;

    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \n");

    private static readonly Lazy<HashSet<string>> Hashes = new(static () =>
        [.. EmbeddedFile.List($"Migration.{File}").SelectMany(static line => line.Split(' '))]
    );

    /// <summary>Whether a text is a default; blanks at the ends of its lines do not count.</summary>
    public static bool Contains(string text) => text.AsSpan().ContainsAny(Blanks) && Hashes.Value.Contains(Hash(text));

    /// <summary>The hash of a text, as the file has it.</summary>
    public static string Hash(string text)
    {
        var trimmed = string.Join('\n', text.Split('\n').Select(static line => line.TrimEnd())).Trim();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(trimmed)))[..HashLength];
    }
}
