using System.Text;

namespace Tempo.PostRender.Manifests;

/// <summary>How a document stands in the scalar that carries it.</summary>
public enum EmbeddedEncoding
{
    /// <summary>As text.</summary>
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

    /// <summary>The document around this one.</summary>
    public YamlDocument Container { get; }

    /// <summary>Where in <see cref="Container"/> the scalar is.</summary>
    public NodePath ContainerPath { get; }

    /// <summary>The scalar.</summary>
    public ScalarNode Scalar { get; }

    /// <summary>How the text stands in the scalar.</summary>
    public EmbeddedEncoding Encoding { get; }

    /// <summary>The lines of the scalar, where it is a literal block and can be changed line by line.</summary>
    internal LiteralText? Literal { get; }

    /// <summary>Opens the document inside a scalar, or returns null where the scalar cannot hold one (base64 of no UTF-8 text).</summary>
    /// <param name="container">The document around it.</param>
    /// <param name="path">Where in the container the scalar is.</param>
    /// <param name="scalar">The scalar.</param>
    /// <param name="encoding">How the text stands in the scalar.</param>
    /// <param name="form">How the text is read as YAML, or null where it is YAML as it stands.</param>
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

    /// <summary>A changed text of this document as the scalar that replaces the one around it.</summary>
    internal string Encode(string text) =>
        Encoding == EmbeddedEncoding.Base64 ? Convert.ToBase64String(StrictUtf8.GetBytes(text)) : ScalarText.DoubleQuoted(text);

    /// <summary>The text that a scalar's value holds in this document's encoding, or null.</summary>
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
        // Line breaks and blanks are legal in base64 of a Secret.
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
