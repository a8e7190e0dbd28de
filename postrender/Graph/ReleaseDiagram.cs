using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>What a node of a <see cref="ReleaseDiagram"/> represents.</summary>
public enum DiagramNodeKind
{
    /// <summary>A client that sends traces or queries to the release; never part of it.</summary>
    Client,

    /// <summary>A proxy in front of Tempo.</summary>
    Gateway,

    /// <summary>A workload that runs Tempo.</summary>
    Component,

    /// <summary>Kafka, between the distributor and its readers.</summary>
    Queue,

    /// <summary>The Service by which the members of memberlist find each other.</summary>
    GossipRing,

    /// <summary>memcached or Redis.</summary>
    Cache,

    /// <summary>Anything else that Tempo dials: object storage, remote write, a key-value store.</summary>
    Outside,

    /// <summary>A Service that selects more than one workload of Tempo.</summary>
    SharedService,

    /// <summary>A ConfigMap or Secret with a config of Tempo.</summary>
    Config,
}

/// <summary>An address that is dialled: that of a Service, of the members of a ring, or of a host outside the release.</summary>
public sealed record DiagramEndpoint
{
    /// <summary>The Service, the ring, or the host.</summary>
    public required string Name { get; init; }

    /// <summary>Its families as they are set; empty if none is set.</summary>
    public required IReadOnlyList<string> Families { get; init; }

    /// <summary>Its ports, as a Service or a setting states them.</summary>
    public required IReadOnlyList<string> Ports { get; init; }

    /// <summary>The object with the setting of the family.</summary>
    public required KubernetesObject Owner { get; init; }

    /// <summary>The file of the object with the setting, or null if the setting is a field of the object.</summary>
    public required ConfigFile? File { get; init; }

    /// <summary>The path of the setting, in the file or in the object.</summary>
    public required NodePath Setting { get; init; }

    /// <summary>Whether it is a host outside the manifests, whose families are known only to DNS.</summary>
    public bool IsOutside { get; init; }
}

/// <summary>A node of a diagram: a workload with its Services, or something that several workloads use.</summary>
public sealed class DiagramNode
{
    /// <summary>What it represents.</summary>
    public required DiagramNodeKind Kind { get; init; }

    /// <summary>The title: the targets it runs, <c>Kafka</c>, <c>gossip ring</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The name of its main object, or empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>The components of Tempo that it runs.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>Its place in the data flow.</summary>
    public TempoStage Stage { get; init; } = new("", TempoLane.Write, 0);

    /// <summary>The objects that it represents, the main one first.</summary>
    public IReadOnlyList<KubernetesObject> Objects => _objects;

    /// <summary>The addresses at which it is dialled.</summary>
    public IReadOnlyList<DiagramEndpoint> Endpoints => _endpoints;

    /// <summary>The workloads that use it; empty for a node of the data flow, which has links instead.</summary>
    public IReadOnlyList<DiagramNode> Users => _users;

    private readonly List<KubernetesObject> _objects = [];
    private readonly List<DiagramEndpoint> _endpoints = [];
    private readonly List<DiagramNode> _users = [];

    internal void Add(KubernetesObject found)
    {
        if (!_objects.Contains(found))
        {
            _objects.Add(found);
        }
    }

    internal DiagramEndpoint Add(DiagramEndpoint endpoint)
    {
        if (_endpoints.Find(known => known.Name == endpoint.Name && known.Owner == endpoint.Owner) is { } same)
        {
            return same;
        }

        _endpoints.Add(endpoint);
        return endpoint;
    }

    internal void AddUser(DiagramNode user)
    {
        if (!_users.Contains(user))
        {
            _users.Add(user);
        }
    }
}

/// <summary>A connection: one node dials another.</summary>
public sealed record DiagramLink
{
    /// <summary>The node that dials.</summary>
    public required DiagramNode From { get; init; }

    /// <summary>The node that is dialled.</summary>
    public required DiagramNode To { get; init; }

    /// <summary>The address that is dialled, or null if the manifests do not contain it.</summary>
    public required DiagramEndpoint? At { get; init; }

    /// <summary>The port that is dialled, or null if it is unknown.</summary>
    public required string? Port { get; init; }

    /// <summary>The setting with the address, or another reason for the connection.</summary>
    public required string Setting { get; init; }
}

/// <summary>A diagram of a release: its workloads, their addresses, and the connections between them.</summary>
/// <param name="Nodes">The nodes, in the order of the data flow.</param>
/// <param name="Links">The connections of the data flow. A shared node has <see cref="DiagramNode.Users"/> instead.</param>
public sealed record ReleaseDiagram(IReadOnlyList<DiagramNode> Nodes, IReadOnlyList<DiagramLink> Links)
{
    /// <summary>The maximum number of workloads; a larger diagram is not readable.</summary>
    public const int MaxWorkloads = 60;

    /// <summary>The maximum number of Services, and of dialled addresses; a larger diagram is not readable.</summary>
    public const int MaxAddresses = 200;

    /// <summary>An empty diagram.</summary>
    public static ReleaseDiagram Empty { get; } = new([], []);

    /// <summary>Whether the release is too large for a diagram, which is then empty.</summary>
    public bool IsTooLarge { get; private init; }

    /// <summary>Builds the diagram of a release.</summary>
    public static ReleaseDiagram Of(Release release) =>
        release.Workloads.Count > MaxWorkloads
        || release.Services.Count > MaxAddresses
        || release.Configs.Sum(static config => config.Peers.Count) > MaxAddresses
            ? Empty with
            {
                IsTooLarge = true,
            }
            : new DiagramBuilder(release).Build();
}
