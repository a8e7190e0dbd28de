using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Pods;

/// <summary>
/// The part of a pod that is kept: a namespace may have thousands of pods, and most of an object is the same in all pods of a workload.
/// </summary>
internal sealed class LivePod
{
    /// <summary>After this time even a process that never becomes ready has opened its listeners.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    private readonly IReadOnlyDictionary<string, ContainerState> _states;
    private readonly DateTimeOffset? _readySince;

    private LivePod(KubernetesObject found)
    {
        Name = found.Name;
        Namespace = found.Namespace ?? "";
        Labels = found.Labels;
        Template = TemplateOf(found);
        Node = found.Text("spec", "nodeName");
        Addresses =
        [
            .. found
                .Find("status", "podIPs")
                .Items()
                .Select(static item => item.Text("ip"))
                .Append(found.Text("status", "podIP"))
                .OfType<string>()
                .Select(Host.Normalize)
                .Distinct(),
        ];
        Phase = found.Text("status", "phase") ?? "Unknown";
        var scheduled = Condition(found, "PodScheduled");
        PhaseReason =
            found.Text("status", "reason")
            ?? (scheduled.Text("status") == "False" ? scheduled.Text("message") ?? scheduled.Text("reason") : null);
        IsTerminating = found.Text("metadata", "deletionTimestamp") is not null;
        IgnoredRules = found.IgnoredRules;
        var ready = Condition(found, "Ready");
        var isReady = ready.Text("status") == "True";
        _readySince = isReady ? ContainerState.Time(ready.Text("lastTransitionTime")) : null;
        NotReady = isReady ? null : Say(ready.Text("reason") ?? "not ready", ready.Text("message"));
        _states = States(found, "containerStatuses");
        DebugContainers = DebugContainer.Read(found, States(found, "ephemeralContainerStatuses"));
    }

    public string Name { get; }

    public string Namespace { get; }

    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>What the pods of one revision of one workload have in common.</summary>
    public string Template { get; }

    /// <summary>The node it runs on, or null before it has one.</summary>
    public string? Node { get; }

    /// <summary>The addresses, the cluster's primary family first; empty before the pod has any.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary><c>Running</c>, <c>Pending</c>, ...</summary>
    public string Phase { get; }

    /// <summary>Why it is in that phase, or null.</summary>
    public string? PhaseReason { get; }

    /// <summary>Why it is not ready according to kubelet, or null if it is.</summary>
    public string? NotReady { get; }

    /// <summary>Whether it is being deleted.</summary>
    public bool IsTerminating { get; }

    /// <summary>The rules that the pod's annotation switches off.</summary>
    public IReadOnlyList<string> IgnoredRules { get; }

    /// <summary>The debug containers that it has already.</summary>
    public IReadOnlyList<DebugContainer> DebugContainers { get; }

    /// <summary>Whether it has ended or is being deleted, so that it serves no requests any more.</summary>
    public bool IsOver => IsTerminating || Phase is "Succeeded" or "Failed";

    /// <summary>The pod in a user's terms: <c>Pod/tempo/tempo-querier-0</c>.</summary>
    public string Reference => $"Pod/{Namespace}/{Name}";

    /// <summary>The place of a finding at the pod.</summary>
    /// <param name="path">The field, the page or the port; empty for the pod as a whole.</param>
    public Place At(string path) =>
        new()
        {
            Object = Reference,
            Path = path,
            IgnoredRules = IgnoredRules,
        };

    public static LivePod Read(KubernetesObject found) => new(found);

    public IEnumerable<string> AddressesOf(AddressFamily family) => Addresses.Where(address => Host.Parse(address).Family == family);

    /// <summary>
    /// The time since which the listeners of a container do not change: when the pod became ready, or some time after its start. Null if it
    /// does not run.
    /// </summary>
    public DateTimeOffset? SettledAt(string container) =>
        _states.GetValueOrDefault(container)?.StartedAt is { } start
            ? _readySince >= start
                ? _readySince
                : start + LongestStart
            : null;

    public ContainerState StateOf(string container) => _states.GetValueOrDefault(container) ?? ContainerState.Unknown;

    /// <summary>Why the pod cannot be checked, or null.</summary>
    public string? Obstacle(string container)
    {
        var state = _states.GetValueOrDefault(container);
        return IsTerminating ? "is being deleted"
            : Phase is "Succeeded" or "Failed" ? $"has ended: {Say(Phase, PhaseReason)}"
            : state is { Name: "running" } ? null
            : state is { Reason: not null }
                ? $"does not run: the container {Printable.OneLine(container)} is {state.Name}, {Say(state.Reason, state.Message)}"
            : $"does not run: {Say(Phase, PhaseReason)}";
    }

    internal static string Say(string word, string? more) =>
        string.IsNullOrWhiteSpace(more) ? Printable.OneLine(word) : $"{Printable.OneLine(word)} ({Printable.OneLine(more.Trim())})";

    /// <summary>The controller identifies the workload, and its hash label the revision; a pod without them is alone.</summary>
    private static string TemplateOf(KubernetesObject found)
    {
        var owner = found
            .Find("metadata", "ownerReferences")
            .Items()
            .FirstOrDefault(static reference => reference.Text("controller") == "true");
        var labels = found.Labels;
        var revision =
            labels.GetValueOrDefault("pod-template-hash")
            ?? labels.GetValueOrDefault("controller-revision-hash")
            ?? labels.GetValueOrDefault("pod-template-generation");
        return owner is null ? $"Pod/{found.Name}" : $"{owner.Text("kind")}/{owner.Text("name")}/{revision}";
    }

    private static YamlNode? Condition(KubernetesObject found, string type) =>
        found.Find("status", "conditions").Items().FirstOrDefault(condition => condition.Text("type") == type);

    private static Dictionary<string, ContainerState> States(KubernetesObject found, string list)
    {
        var states = new Dictionary<string, ContainerState>();
        foreach (var status in found.Find("status", list).Items())
        {
            if (status.Text("name") is { } name)
            {
                states[name] = ContainerState.Read(status.Get("state"));
            }
        }

        return states;
    }
}
