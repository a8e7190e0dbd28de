using Tempo.PostRender.Addresses;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Graph;

/// <summary>Why a Service belongs to a Tempo release.</summary>
[Flags]
public enum ServiceRoles
{
    /// <summary>It does not belong to one.</summary>
    None = 0,

    /// <summary>Its selector matches Tempo pods.</summary>
    SelectsTempo = 1,

    /// <summary>A config's <c>join_members</c> names it.</summary>
    GossipRing = 2,

    /// <summary>Tempo itself dials it by name.</summary>
    DialledByTempo = 4,

    /// <summary>It selects the pods of the release's own cache.</summary>
    Cache = 8,

    /// <summary>It selects the pods of the release's own gateway.</summary>
    Gateway = 16,
}

/// <summary>A Service of a release and why it belongs there.</summary>
/// <param name="Roles">Why it belongs there.</param>
/// <param name="Selected">The Tempo workloads that it selects.</param>
/// <param name="Own">The Tempo workloads of the release.</param>
public sealed record ReleaseService(Service Service, ServiceRoles Roles, SelectedWorkloads Selected, IReadOnlySet<TempoWorkload> Own)
{
    /// <summary>The workloads in <see cref="Selected"/> that belong to the release.</summary>
    public IEnumerable<TempoWorkload> SelectedOwn => Own.Where(Selected.Contains);

    /// <summary>The number of workloads in <see cref="Selected"/> that belong to other releases.</summary>
    public int SelectedOthersCount => Selected.Count - SelectedOwn.Count();

    /// <summary>The workloads in <see cref="Selected"/> that belong to other releases, by the references of their objects.</summary>
    public IEnumerable<TempoWorkload> SelectedOthers => Selected.ByReference.Where(workload => !Own.Contains(workload));

    /// <summary>
    /// Whether only Tempo uses it: it is headless, or Tempo dials it, or it serves gossip or a cache. Such a Service never needs a
    /// second family; with one, components could connect over either family.
    /// </summary>
    public bool IsInternal =>
        Service.IsHeadless || (Roles & (ServiceRoles.GossipRing | ServiceRoles.DialledByTempo | ServiceRoles.Cache)) != 0;
}

/// <summary>A workload with at least one container that runs Tempo.</summary>
/// <param name="Containers">Its containers that run Tempo.</param>
public sealed record TempoWorkload(Workload Workload, IReadOnlyList<TempoContainer> Containers)
{
    /// <summary>Whether its pods join memberlist.</summary>
    public bool JoinsMemberlist => Containers.Any(static container => container.JoinsMemberlist);

    /// <summary>
    /// The value of the gossip label by which the gossip-ring Service selects these pods; null if they do not join memberlist, or if
    /// the Service selects them by other labels.
    /// </summary>
    public string? GossipLabelValue { get; internal set; }

    /// <summary>
    /// The labels of the pods, including the gossip label that TPF009 adds. Services and policies are checked against these labels;
    /// otherwise a second run would report what the first one added.
    /// </summary>
    /// <param name="gossipLabel">The label, or null if no rule adds it.</param>
    public IReadOnlyDictionary<string, string> LabelsWith(string? gossipLabel) =>
        gossipLabel is null || GossipLabelValue is not { } value || (Workload.Labels.TryGetValue(gossipLabel, out var own) && own == value)
            ? Workload.Labels
            : new Dictionary<string, string>(Workload.Labels, StringComparer.Ordinal) { [gossipLabel] = value };
}

/// <summary>An nginx in front of Tempo.</summary>
/// <param name="Files">The config files that name the release's Services.</param>
public sealed record Gateway(Workload Workload, IReadOnlyList<NginxFile> Files);

/// <summary>A workload and a ConfigMap or Secret that its pods use, as a volume or as environment variables.</summary>
/// <param name="Owner">The ConfigMap or Secret.</param>
public sealed record ConfigMount(Workload Workload, KubernetesObject Owner);

/// <summary>A Service that a config names and Tempo dials.</summary>
public sealed record DialledService
{
    /// <summary>The config that names the Service.</summary>
    public required TempoConfig Config { get; init; }

    /// <summary>The setting with the name.</summary>
    public required NodePath Path { get; init; }

    /// <summary>What Tempo dials there.</summary>
    public required PeerKind Kind { get; init; }

    /// <summary>The Service, or null if the stream does not contain it.</summary>
    public required Service? Service { get; init; }

    /// <summary>The name in the config.</summary>
    public required string Name { get; init; }

    /// <summary>The families of the Service's EndpointSlices or Endpoints in the stream; empty if there are none.</summary>
    public required IReadOnlyList<AddressFamily> EndpointFamilies { get; init; }
}

/// <summary>One Tempo installation of the stream, with its objects and their relations. Read-only.</summary>
public sealed class Release
{
    /// <summary>
    /// If more releases than this share an object, the object belongs to none of them, but to a release of its own; see
    /// <see cref="IsShared"/>.
    /// </summary>
    internal const int MaxSharing = 20;

    /// <summary>
    /// Whether it consists of the objects that many releases share, and has no Tempo of its own. A stream can have thousands of such
    /// objects and of releases, so each object is checked once, and not for each release.
    /// </summary>
    public bool IsShared { get; init; }

    /// <summary>Its workloads that run Tempo.</summary>
    public IReadOnlyList<TempoWorkload> Workloads { get; init; } = [];

    /// <summary>The Tempo configs that its containers read.</summary>
    public IReadOnlyList<TempoConfig> Configs { get; init; } = [];

    /// <summary>Its Services, in the order of the stream.</summary>
    public IReadOnlyList<ReleaseService> Services { get; init; } = [];

    /// <summary>The Services that its configs name, whether they belong to the release or not.</summary>
    public IReadOnlyList<DialledService> Dialled { get; init; } = [];

    /// <summary>Its gateways.</summary>
    public IReadOnlyList<Gateway> Gateways { get; init; } = [];

    /// <summary>The workloads of its caches.</summary>
    public IReadOnlyList<Workload> Caches { get; init; } = [];

    /// <summary>Every workload that uses a config file of the release, as a volume or as environment variables.</summary>
    public IReadOnlyList<ConfigMount> ConfigMounts { get; init; } = [];

    /// <summary>The NetworkPolicies that select any of its pods.</summary>
    public IReadOnlyList<KubernetesObject> NetworkPolicies { get; init; } = [];

    /// <summary>A release that consists of a config only.</summary>
    public static Release OfConfig(TempoConfig config) => new() { Configs = [config] };

    /// <summary>A release of one process, with the settings that the process reports instead of its config file and flags.</summary>
    /// <param name="container">The container of the pod.</param>
    /// <param name="settings">The settings that the process reports.</param>
    public static Release OfProcess(TempoContainer container, LiveDocument settings)
    {
        var workload = container.Container.Workload;
        // The process has expanded all variables.
        var config = new TempoConfig(ConfigFile.OfProcess(workload.Object, settings), readers: []);
        var running = new TempoContainer(container, config);
        config.ReadBy(running);
        return new Release { Workloads = [new TempoWorkload(workload, [running])], Configs = [config] };
    }

    /// <summary>The release as it is shown to users: <c>namespace/instance</c>, or one of them if the other is unknown.</summary>
    public string Name
    {
        get
        {
            if (IsShared)
            {
                return $"objects that more than {MaxSharing} releases share";
            }

            var first = Workloads.Count > 0 ? Workloads[0].Workload.Object : Configs[0].File.Owner;
            var name = first.Labels.TryGetValue("app.kubernetes.io/instance", out var instance) ? instance : first.Name;
            return Printable.OneLine(first.Namespace is null ? name : $"{first.Namespace}/{name}");
        }
    }
}
