namespace Tempo.PostRender.Manifests;

/// <summary>
/// Reads a text that is not quite YAML, for example with variables, as YAML. The YAML text has the same length as the original, so
/// that offsets in it are also offsets in the original text, which is the text that is edited.
/// </summary>
public interface ITextForm
{
    /// <summary>The text to parse, of the same length.</summary>
    string ToYaml(string text);

    /// <summary>Converts the value of a scalar back to the original text.</summary>
    /// <param name="value">The value as parsed.</param>
    string FromYaml(string value);
}
