using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cluster.Listeners;

/// <summary>
/// A probe for which kubelet connects to the pod's primary address: <c>httpGet</c>, <c>tcpSocket</c> or <c>grpc</c>. A probe with a
/// host goes elsewhere, and <c>exec</c> runs inside the pod.
/// </summary>
/// <param name="Name"><c>startupProbe</c>, <c>livenessProbe</c> or <c>readinessProbe</c>.</param>
/// <param name="Path">Its path in the workload's document.</param>
internal sealed record KubeletProbe(string Name, NodePath Path, int Port)
{
    private static readonly string[] Names = ["startupProbe", "livenessProbe", "readinessProbe"];
    private static readonly string[] Actions = ["httpGet", "tcpSocket", "grpc"];

    /// <summary>What happens if it never succeeds, as a clause.</summary>
    public string Consequence =>
        Name == "readinessProbe" ? "the pod never becomes ready" : "kubelet restarts the container again and again";

    /// <summary>The probes of all containers of a pod.</summary>
    /// <param name="workload">The pod, or the object that creates it.</param>
    public static IEnumerable<KubeletProbe> Of(Workload workload) =>
        from container in workload.Containers
        from name in Names
        from action in Actions
        let asked = container.Node.Find(name).Get(action)
        where asked is not null && asked.Text("host") is null or ""
        let port = PortNumber.Resolve(asked.Text("port"), container)
        where port is not null
        select new KubeletProbe(name, container.Path.Key(name, action), port.Value);
}
