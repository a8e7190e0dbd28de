using System.Globalization;
using System.Text.Json;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.ProbePods;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// An ephemeral container that lists the listeners of a pod and ends. Kubernetes adds it to a running pod without touching the
/// others and never takes it away again: it goes with the pod.
/// </summary>
/// <param name="Name">Its name in the pod.</param>
/// <param name="IsCurrent">Whether it runs what this program would run.</param>
/// <param name="State">What it is doing.</param>
internal sealed record DebugContainer(string Name, bool IsCurrent, ContainerState State)
{
    /// <summary>What every name starts with; a number follows, because names are never free again.</summary>
    public const string NamePrefix = "tempo-postrender-verify-";

    /// <summary>The debug containers that a pod has from before.</summary>
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
    /// The one whose output still holds: it ran the same command once Tempo had opened its listeners, and did not fail. One
    /// that has not ended yet is waited for.
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
                // Waiting for an image that does not come is no use; a new one may name another image.
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
    /// The strategic merge patch of the subresource <c>ephemeralcontainers</c>: containers are merged by name, so that this adds
    /// one. Its security context is what the Pod Security level restricted asks for.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="image">The image.</param>
    /// <param name="target">The container that runs Tempo.</param>
    /// <param name="command">What it runs.</param>
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
