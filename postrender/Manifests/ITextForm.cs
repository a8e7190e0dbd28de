namespace Tempo.PostRender.Manifests;

/// <summary>
/// How a text that is not quite YAML is read as YAML: the form that is parsed has the same length, so that every offset in it is
/// one of the text, which is the one that is edited.
/// </summary>
public interface ITextForm
{
    /// <summary>The text as it is parsed, of the same length.</summary>
    /// <param name="text">The text.</param>
    string ToYaml(string text);

    /// <summary>A scalar's value as the text means it.</summary>
    /// <param name="value">The value that the parser read.</param>
    string FromYaml(string value);
}
