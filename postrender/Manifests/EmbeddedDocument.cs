using System.Text;

namespace Tempo.PostRender.Manifests;

/// <summary>How a document is encoded in the scalar that contains it.</summary>
public enum EmbeddedEncoding
{
    /// <summary>As plain text.</summary>
    Text,

    /// <summary>As base64 of UTF-8 text, as in a Secret's <c>data</c>.</summary>
    Base64,
}

/// <summary>A YAML document inside a scalar of another one, such as a config file in a ConfigMap.</summary>
public sealed class EmbeddedDocument : YamlDocument
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private EmbeddedDocument(
        string text,
        YamlDocument container,
        NodePath containerPath,
        ScalarNode scalar,
        EmbeddedEncoding encoding,
        LiteralText? literal,
        ITextForm? form
    )
    {
        Text = text;
        Form = form;
        Container = container;
        ContainerPath = containerPath;
        Scalar = scalar;
        Encoding = encoding;
        Literal = literal;
    }

    /// <inheritdoc/>
    public override string Text { get; }

    /// <inheritdoc/>
    internal override ITextForm? Form { get; }

    /// <summary>The document that contains this one.</summary>
    public YamlDocument Container { get; }

    /// <summary>The path of the scalar in <see cref="Container"/>.</summary>
    public NodePath ContainerPath { get; }

    /// <summary>The scalar that contains the document.</summary>
    public ScalarNode Scalar { get; }

    /// <summary>How the text is encoded in the scalar.</summary>
    public EmbeddedEncoding Encoding { get; }

    /// <summary>The lines of the scalar if it is a literal block scalar, which can be changed line by line; otherwise null.</summary>
    internal LiteralText? Literal { get; }

    /// <summary>Opens the document in a scalar, or returns null if the scalar is not base64 of UTF-8 text, but should be.</summary>
    /// <param name="container">The document that contains the scalar.</param>
    /// <param name="path">The path of the scalar in the container.</param>
    /// <param name="encoding">How the text is encoded in the scalar.</param>
    /// <param name="form">How to read the text as YAML, or null if it is plain YAML.</param>
    public static EmbeddedDocument? Open(
        YamlDocument container,
        NodePath path,
        ScalarNode scalar,
        EmbeddedEncoding encoding,
        ITextForm? form = null
    )
    {
        if (encoding == EmbeddedEncoding.Base64)
        {
            return Decode(scalar.Value) is { } decoded
                ? new EmbeddedDocument(decoded, container, path, scalar, encoding, literal: null, form)
                : null;
        }

        var literal = scalar.Style == ScalarStyle.Literal ? LiteralText.Read(container, scalar) : null;
        return new EmbeddedDocument(literal?.Text ?? scalar.Value, container, path, scalar, encoding, literal, form);
    }

    /// <inheritdoc/>
    public override Location Locate(int index) => Container.Locate(Literal?.ToOuter(Math.Clamp(index, 0, Text.Length)) ?? Scalar.Start);

    /// <summary>A changed text of this document, written as the scalar that replaces the current one.</summary>
    internal string Encode(string text) =>
        Encoding == EmbeddedEncoding.Base64 ? Convert.ToBase64String(StrictUtf8.GetBytes(text)) : ScalarText.DoubleQuoted(text);

    /// <summary>Decodes the value of a scalar with this document's encoding; null if the value is not valid.</summary>
    internal string? TextOf(string scalarValue) => Encoding == EmbeddedEncoding.Base64 ? Decode(scalarValue) : scalarValue;

    private protected override InvalidInputException NotYaml(string reason, Location location)
    {
        var outermost = Container;
        while (outermost is EmbeddedDocument embedded)
        {
            outermost = embedded.Container;
        }

        return new InvalidInputException(
            $"the file in {ContainerPath} is not YAML: {reason}",
            (outermost as ManifestDocument)?.File,
            location
        );
    }

    private static string? Decode(string value)
    {
        // Kubernetes allows line breaks and spaces in the base64 text of a Secret.
        var buffer = new byte[(value.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(value, buffer, out var length))
        {
            return null;
        }

        try
        {
            return StrictUtf8.GetString(buffer, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
