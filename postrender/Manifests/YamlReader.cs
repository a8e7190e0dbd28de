using System.Buffers;

namespace Tempo.PostRender.Manifests;

/// <summary>Thrown if a text is not YAML, or is nested more than <see cref="YamlScanner.MaxDepth"/> levels deep.</summary>
internal sealed class YamlSyntaxException(string reason, int index) : Exception(reason)
{
    /// <summary>UTF-16 offset into the text.</summary>
    public int Index { get; } = index;
}

/// <summary>Reads the first document of a text, as Go's readers do; docs/yaml-reader.md says why it is not a library.</summary>
internal static class YamlReader
{
    /// <summary>Control characters, which YAML allows only as escapes.</summary>
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\u000b\u000c\u000e\u000f"
            + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f"
            + "\u007f\u0080\u0081\u0082\u0083\u0084\u0086\u0087\u0088\u0089\u008a\u008b\u008c\u008d\u008e\u008f"
            + "\u0090\u0091\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009a\u009b\u009c\u009d\u009e\u009f\ufffe\uffff"
    );

    /// <summary>The nodes, or null if the document has no content.</summary>
    /// <param name="text">The text; a byte order mark at its start is ignored.</param>
    /// <param name="document">The document with this text, or null; the nodes then keep the text.</param>
    /// <param name="form">How to read the text as YAML, or null if it is plain YAML.</param>
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
