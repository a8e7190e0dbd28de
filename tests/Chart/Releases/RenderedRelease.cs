using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tempo.Helm.Tests.Chart.Releases;

/// <summary>A release as Helm rendered it.</summary>
internal sealed partial class RenderedRelease
{
    private readonly Lazy<IReadOnlyList<ReleaseObject>> _objects;

    public RenderedRelease(ReleaseCase source, string text)
    {
        (Case, Text) = (source, text);
        _objects = new Lazy<IReadOnlyList<ReleaseObject>>(() => [.. Parse(text)]);
    }

    public ReleaseCase Case { get; }

    public string Text { get; }

    public IReadOnlyList<ReleaseObject> Objects => _objects.Value;

    public IEnumerable<ReleaseObject> Services => OfKind("Service");

    /// <summary>The objects with pods: workloads, and the pods of <c>helm test</c>.</summary>
    public IEnumerable<ReleaseObject> WithPods => Objects.Where(static o => o.Template is not null);

    public IEnumerable<ReleaseObject> Workloads => OfKind("Deployment").Concat(OfKind("StatefulSet"));

    /// <summary>tempo.yaml of the release; null if it is in an object outside the release.</summary>
    public JsonNode? TempoConfig => TempoConfigText is { } text ? StrictYaml.Read(text) : null;

    public string? TempoConfigText =>
        Objects
            .Where(static o => o.Kind is "ConfigMap" or "Secret")
            .Select(static o => (o.Json.At("data", "tempo.yaml") ?? o.Json.At("stringData", "tempo.yaml")).Text())
            .FirstOrDefault(static text => text is not null);

    public IEnumerable<ReleaseObject> OfKind(string kind) => Objects.Where(o => o.Kind == kind);

    public ReleaseObject? Find(string kind, string? name) => Objects.FirstOrDefault(o => o.Kind == kind && o.Name == name);

    /// <summary>The same release with changed text, to check that a test notices it.</summary>
    public RenderedRelease With(string before, string after) =>
        Text.Contains(before)
            ? new RenderedRelease(Case, Text.Replace(before, after))
            : throw new InvalidOperationException($"{Case} does not hold '{before}'");

    private static IEnumerable<ReleaseObject> Parse(string text) =>
        Marker()
            .Split(text)
            .Select(static document => (Json: StrictYaml.Read(document) as JsonObject, Yaml: document))
            .Where(static document => document.Json is not null)
            .Select(static document => new ReleaseObject(document.Json!, document.Yaml));

    [GeneratedRegex("^---[ \t]*\n", RegexOptions.Multiline)]
    private static partial Regex Marker();
}
