using Tempo.PostRender.Words;

namespace Tempo.PostRender.Manifests;

/// <summary>A document of the input stream.</summary>
public sealed class ManifestDocument : YamlDocument
{
    private const string SourceComment = "# Source: ";

    private readonly ReadOnlyMemory<byte> _ascii;
    private string? _text;

    internal ManifestDocument(int index, ManifestStream stream)
    {
        Index = index;
        Stream = stream;
        Source = SourceOf(Text) is { } source ? stream.Strings.Get(source) : null;
        var slice = stream.Slices[index];
        _ascii = Text.Length == slice.Length ? stream.Bytes.Slice(slice.Start, slice.Length) : default;
    }

    /// <inheritdoc/>
    public override string Text => _text ??= Stream.Decode(this);

    internal override ReadOnlySpan<byte> Ascii => _ascii.Span;

    internal override StringPool Strings => Stream.Strings;

    /// <summary>The stream that contains the document.</summary>
    public ManifestStream Stream { get; }

    /// <summary>The document's index in its stream, from 0; empty documents count.</summary>
    public int Index { get; }

    /// <summary>The file the stream was read from, or null for standard input.</summary>
    public string? File => Stream.File;

    /// <summary>The template that rendered the document, from Helm's <c># Source:</c> comment, or null.</summary>
    public string? Source { get; }

    /// <inheritdoc/>
    public override Location Locate(int index)
    {
        index = Math.Clamp(index, 0, Text.Length);
        var line = Lines.LineOf(index);
        return new Location(Stream.FirstLineOf(Index) + line, index - Lines[line] + 1);
    }

    /// <summary>Releases the memory of the text; the next use decodes it again.</summary>
    internal void ForgetText()
    {
        _text = null;
        ForgetLines();
    }

    private protected override InvalidInputException NotYaml(string reason, Location location) =>
        new($"document {Index + 1}{(Source is null ? "" : $" ({Printable.OneLine(Source)})")} is not YAML: {reason}", File, location);

    private static string? SourceOf(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(SourceComment, StringComparison.Ordinal))
            {
                return line[SourceComment.Length..].Trim().ToString();
            }

            if (!line.IsWhiteSpace() && line[0] != '#' && !line.StartsWith("---", StringComparison.Ordinal))
            {
                break;
            }
        }

        return null;
    }
}
