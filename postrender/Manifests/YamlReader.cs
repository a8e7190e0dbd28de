using System.Buffers;

namespace Tempo.PostRender.Manifests;

/// <summary>Thrown where a text is not YAML, or nested too deeply to be a manifest.</summary>
internal sealed class YamlSyntaxException(string reason, int index) : Exception(reason)
{
    /// <summary>UTF-16 offset into the text.</summary>
    public int Index { get; } = index;
}

/// <summary>Reads the first document of a text, as Go's readers do; docs/yaml-reader.md says why it is not a library.</summary>
internal static class YamlReader
{
    /// <summary>Control characters, which YAML allows only behind escapes.</summary>
    private static readonly SearchValues<char> Forbidden = SearchValues.Create([
        .. Enumerable
            .Range(0, 0xa0)
            .Select(static code => (char)code)
            .Where(static c => char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\u0085')),
        '\ufffe',
        '\uffff',
    ]);

    /// <summary>The nodes, or null for a document that holds nothing.</summary>
    /// <param name="text">The text; a byte order mark at its start is passed over.</param>
    /// <param name="document">The document whose text it is, or null: then the nodes keep the text.</param>
    /// <param name="form">How the text is read as YAML, or null where it is YAML as it stands.</param>
    /// <exception cref="YamlSyntaxException">The text is not YAML that Go's readers accept.</exception>
    public static YamlTree? Read(string text, YamlDocument? document = null, ITextForm? form = null)
    {
        text = form?.ToYaml(text) ?? text;
        var control = text.AsSpan().IndexOfAny(Forbidden);
        if (control >= 0)
        {
            throw new YamlSyntaxException(
                $"the control character U+{(int)text[control]:X4} must be written as an escape in double quotes",
                control
            );
        }

        return new YamlParser(text).ReadDocument(document, form);
    }
}
