using System.Globalization;
using System.Text.Json;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.ProbePods;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// An ephemeral container that lists the listeners of a pod and ends. Kubernetes adds it to a running pod without touching the other
/// containers, and never removes it: it is deleted together with the pod.
/// </summary>
/// <param name="Name">Its name in the pod.</param>
/// <param name="IsCurrent">Whether it runs the command that this version runs.</param>
/// <param name="State">Its state.</param>
internal sealed record DebugContainer(string Name, bool IsCurrent, ContainerState State)
{
    /// <summary>The prefix of the name; a number follows, because a name can never be used again.</summary>
    public const string NamePrefix = "tempo-postrender-verify-";

    /// <summary>The debug containers that a pod has already.</summary>
    public static IReadOnlyList<DebugContainer> Read(KubernetesObject pod, IReadOnlyDictionary<string, ContainerState> states) =>
        [
            .. pod.Find("spec", "ephemeralContainers")
                .Items()
                .Where(static container => container.Text("name")?.StartsWith(NamePrefix, StringComparison.Ordinal) == true)
                .Select(container => new DebugContainer(
                    container.Text("name")!,
                    container.Get("command").Items().Select(static word => word.AsText()).SequenceEqual(ListenerScript.Command),
                    states.GetValueOrDefault(container.Text("name")!) ?? ContainerState.Unknown
                )),
        ];

    /// <summary>
    /// The debug container whose output is still valid: it ran the same command after Tempo had opened its listeners, and did not
    /// fail. A container that has not ended yet is included.
    /// </summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container that runs Tempo.</param>
    public static DebugContainer? Reusable(LivePod pod, string container) =>
        pod.DebugContainers.LastOrDefault(debug =>
            debug.IsCurrent
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
    /// The strategic merge patch of the subresource <c>ephemeralcontainers</c>. Containers are merged by name, so this adds one. Its
    /// security context meets the Pod Security level restricted.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="image">The image.</param>
    /// <param name="target">The container that runs Tempo.</param>
    /// <param name="command">The command.</param>
    public static ReadOnlyMemory<byte> Patch(string name, string image, string target, IReadOnlyList<string> command)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("spec");
            json.WriteStartArray("ephemeralContainers");
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("targetContainerName", target);
            RestrictedContainer.Write(json, image, command);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
