using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Tempo;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Reporting.Pictures;

/// <summary>How much a node of a picture needs the reader's attention.</summary>
internal enum PictureState
{
    /// <summary>Nothing was found.</summary>
    Plain,

    /// <summary>The post-renderer changes it.</summary>
    Changed,

    /// <summary>The user should know.</summary>
    Warning,

    /// <summary>The user has to act.</summary>
    Error,
}

/// <summary>A node of a picture.</summary>
/// <param name="Id">Its id in the report.</param>
/// <param name="Node">What it represents.</param>
/// <param name="Endpoints">Where it is reached.</param>
/// <param name="Findings">What was found about it.</param>
internal sealed record PictureNode(string Id, DiagramNode Node, IReadOnlyList<PictureEndpoint> Endpoints, IReadOnlyList<Finding> Findings)
{
    /// <summary>The lane of the data flow that it is in.</summary>
    public TempoLane Lane => Node.Stage.Lane;

    /// <summary>Whether it only sends to the release.</summary>
    public bool IsClient => Node.Kind == DiagramNodeKind.Client;

    /// <summary>The worst of its findings. The restart of pods is a consequence, not a difference.</summary>
    public PictureState State { get; } = StateOf(Findings);

    /// <summary>The worst of some findings.</summary>
    public static PictureState StateOf(IEnumerable<Finding> findings) =>
        findings
            .Where(static finding => !finding.IsRestart)
            .Select(static finding =>
                finding.Level switch
                {
                    FindingLevel.Error => PictureState.Error,
                    FindingLevel.Warning => PictureState.Warning,
                    FindingLevel.Fixable => PictureState.Changed,
                    _ => PictureState.Plain,
                }
            )
            .DefaultIfEmpty()
            .Max();
}

/// <summary>Where a node is reached.</summary>
internal sealed record PictureEndpoint
{
    /// <summary>The Service, the ring, or the host.</summary>
    public required string Name { get; init; }

    /// <summary>Its families as they are.</summary>
    public required string Before { get; init; }

    /// <summary>Its families as the post-renderer makes them, or null if it does not change them.</summary>
    public required string? After { get; init; }

    public required IReadOnlyList<string> Ports { get; init; }

    /// <summary>The state of the setting with the families.</summary>
    public required PictureState State { get; init; }

    /// <summary>Whether the families are known; those of a host outside are in the records of its name.</summary>
    public bool IsKnown { get; private init; } = true;

    /// <summary>The families, before and after.</summary>
    public string Families => After is null ? Before : $"{Before} → {After}";

    /// <summary>Reads an endpoint.</summary>
    /// <param name="findings">The findings by their object and path.</param>
    public static PictureEndpoint Of(DiagramEndpoint endpoint, ILookup<(string Object, string Path), Finding> findings)
    {
        var place = endpoint.File is { } file ? Place.In(file, endpoint.Setting) : Place.In(endpoint.Owner, endpoint.Setting);
        var own = findings[(place.Object, place.FullPath)].ToList();
        return new PictureEndpoint
        {
            Name = Printable.OneLine(endpoint.Name),
            Before =
                endpoint.Families.Count > 0 ? string.Join(", ", endpoint.Families.Select(static family => Printable.OneLine(family)))
                : endpoint.IsOutside ? "the name's records"
                : "not set",
            After = own.SelectMany(static finding => finding.Edits).Select(edit => Shown(edit.Value, place.IsSecret)).FirstOrDefault(),
            Ports = [.. endpoint.Ports.Select(static port => Printable.OneLine(port))],
            State = PictureNode.StateOf(own),
            IsKnown = endpoint.Families.Count > 0 || !endpoint.IsOutside,
        };
    }

    private static string? Shown(YamlValue? value, bool isSecret) =>
        value switch
        {
            YamlValue.List list => string.Join(
                ", ",
                list.Items.OfType<YamlValue.Text>().Select(item => Redaction.Value(item.Value, isSecret))
            ),
            // The key enable_inet6 of a ring.
            YamlValue.Boolean isIPv6 => isIPv6.Value ? "IPv6" : "IPv4",
            YamlValue.Text text => Redaction.Value(text.Value, isSecret),
            _ => "not set",
        };
}

/// <summary>A connection of a picture.</summary>
internal sealed record PictureLink
{
    /// <summary>The node that dials.</summary>
    public required PictureNode From { get; init; }

    /// <summary>The node that is dialled.</summary>
    public required PictureNode To { get; init; }

    /// <summary>The index of the endpoint of <see cref="To"/>, or -1 if it is unknown.</summary>
    public required int Endpoint { get; init; }

    /// <summary>The port that is dialled, or null if it is unknown.</summary>
    public required string? Port { get; init; }

    /// <summary>The setting that leads there, or what else does.</summary>
    public required string Setting { get; init; }

    /// <summary>The endpoint, or null.</summary>
    public PictureEndpoint? At => Endpoint < 0 ? null : To.Endpoints[Endpoint];

    /// <summary>The port, else the ports of the endpoint.</summary>
    public string Ports => Port ?? string.Join(", ", At?.Ports ?? []);
}
