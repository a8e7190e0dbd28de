using System.Globalization;
using System.Text.Json.Nodes;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Pods;

/// <summary>
/// An ephemeral container that runs one command in the network of a pod and ends. Kubernetes adds it to a running pod without touching
/// the other containers, and never removes it: it is deleted together with the pod.
/// </summary>
/// <param name="Name">Its name in the pod.</param>
/// <param name="ListsListeners">Whether it runs the command with which this version lists listeners.</param>
internal sealed record DebugContainer(string Name, bool ListsListeners, ContainerState State)
{
    /// <summary>The prefix of the name; a number follows, because a name can never be used again.</summary>
    private const string NamePrefix = "tempo-postrender-verify-";

    /// <summary>The debug containers that a pod has already.</summary>
    public static IReadOnlyList<DebugContainer> Read(KubernetesObject pod, IReadOnlyDictionary<string, ContainerState> states) =>
        [
            .. from container in pod.Find("spec", "ephemeralContainers").Items()
            let name = container.Text("name")
            where name?.StartsWith(NamePrefix, StringComparison.Ordinal) == true
            let command = container.Get("command").Items().Select(static word => word.AsText())
            select new DebugContainer(
                name,
                command.SequenceEqual(ListenerScript.Command),
                states.GetValueOrDefault(name) ?? ContainerState.Unknown
            ),
        ];

    /// <summary>
    /// The debug container whose list of listeners is still valid: it ran after Tempo had opened its listeners, and did not fail. A
    /// container that has not ended yet is included.
    /// </summary>
    public static DebugContainer? Reusable(LivePod pod, string container) =>
        pod.DebugContainers.LastOrDefault(debug =>
            debug.ListsListeners
            && debug.State switch
            {
                { Name: "terminated" } state => state.ExitCode == 0 && state.StartedAt >= pod.SettledAt(container),
                { Name: "running" } => true,
                // It will not start without its image; a new container may have another image.
                var state => state.Reason is null or "ContainerCreating" or "PodInitializing",
            }
        );

    /// <summary>A name that the pod has not used yet.</summary>
    public static string NextName(LivePod pod)
    {
        var last = pod
            .DebugContainers.Select(static debug =>
                int.TryParse(debug.Name.AsSpan(NamePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : 0
            )
            .DefaultIfEmpty()
            .Max();
        return NamePrefix + (last + 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The strategic merge patch of the subresource <c>ephemeralcontainers</c>. Containers are merged by name, so this adds one.
    /// </summary>
    public static JsonObject Patch(string name, string image, string target, IReadOnlyList<string> command)
    {
        var container = RestrictedContainer.Create(name, image, command);
        container["targetContainerName"] = target;
        return new JsonObject { ["spec"] = new JsonObject { ["ephemeralContainers"] = new JsonArray(container) } };
    }
}
