using System.Text;

namespace Tempo.PostRender.Manifests;

/// <summary>
/// A document that is not part of the user's input: an object of an API server, or the settings that a process reports. Findings in it
/// have no line, and it is never edited.
/// </summary>
public sealed class LiveDocument : YamlDocument
{
    private readonly JsonRows? _json;

    private LiveDocument(string text, JsonRows? json) => (Text, _json) = (text, json);

    /// <inheritdoc/>
    public override string Text { get; }

    /// <summary>An object of an API server.</summary>
    /// <param name="json">The object as JSON in UTF-8.</param>
    /// <exception cref="System.Text.Json.JsonException">It is not JSON.</exception>
    internal static LiveDocument OfJson(ReadOnlySpan<byte> json) => new(Encoding.UTF8.GetString(json), JsonRows.Read(json));

    /// <summary>A text that a process reports.</summary>
    /// <param name="text">The text, in YAML.</param>
    public static LiveDocument OfYaml(string text) => new(text, json: null);

    /// <inheritdoc/>
    /// <remarks>Always line 0, which means "no line".</remarks>
    public override Location Locate(int index) => default;

    private protected override YamlTree? ReadTree() => _json is null ? base.ReadTree() : _json.ToTree(this);

    private protected override InvalidInputException NotYaml(string reason, Location location) => new(reason, file: null, location);
}
