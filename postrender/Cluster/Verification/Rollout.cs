using System.Globalization;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>Whether a workload is rolled out, as <c>kubectl rollout status</c> decides it.</summary>
/// <param name="Reference">The workload: <c>Deployment/tempo/tempo-querier</c>.</param>
/// <param name="Lacks">What is not finished yet, or null.</param>
internal sealed record Rollout(string Reference, string? Lacks)
{
    /// <summary>The kinds that are rolled out.</summary>
    public static IReadOnlyList<ApiResource> Resources { get; } =
    [ApiResource.Deployments, ApiResource.StatefulSets, ApiResource.DaemonSets];

    /// <summary>Reads the state of a workload. If its pods are replaced only by hand, their revision does not matter.</summary>
    public static Rollout Of(KubernetesObject found)
    {
        var isDaemonSet = found.Kind == "DaemonSet";
        var wanted =
            isDaemonSet ? Number(found, "status", "desiredNumberScheduled")
            : found.Text("spec", "replicas") is null ? 1
            : Number(found, "spec", "replicas");
        var updated = Number(found, "status", isDaemonSet ? "updatedNumberScheduled" : "updatedReplicas");
        var available = Number(
            found,
            "status",
            isDaemonSet ? "numberAvailable"
                : found.Kind == "StatefulSet" ? "readyReplicas"
                : "availableReplicas"
        );
        var total = Number(found, "status", "replicas");
        var isByHand =
            found.Text("spec", "updateStrategy", "type") == "OnDelete"
            || Number(found, "spec", "updateStrategy", "rollingUpdate", "partition") > 0;
        return new Rollout(
            found.Reference,
            0 switch
            {
                _ when Number(found, "status", "observedGeneration") < Number(found, "metadata", "generation") =>
                    "its controller has not processed the change yet",
                _ when !isByHand && updated < wanted => $"{updated} of {wanted} pods have the new revision",
                _ when found.Kind == "Deployment" && total > updated => $"{total - updated} pods of the old revision still run",
                _ when available < wanted => $"{available} of {wanted} pods are ready",
                _ => null,
            }
        );
    }

    private static long Number(KubernetesObject found, params ReadOnlySpan<string> path) =>
        long.TryParse(found.Text(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
