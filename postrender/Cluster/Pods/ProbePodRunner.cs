using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Tempo.PostRender.Cluster.Pods;

/// <summary>
/// Runs each command in a new pod on a node, and deletes the pod, whatever happens. The pod has none of the release's labels, so that no
/// Service leads to it and no NetworkPolicy of the release selects it.
/// </summary>
/// <param name="limit">The time limit for one command.</param>
internal sealed class ProbePodRunner(KubernetesApi api, string ns, string node, string image, TimeSpan limit) : ICommandRunner
{
    /// <summary>The value of the label app.kubernetes.io/name, and the prefix of the pod's name.</summary>
    private const string PodName = "tempo-postrender-probe";
    private const string ContainerName = "probe";

    /// <summary>A cancelled run waits for the creation and the deletion.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public int MaxDestinations => 1_024;

    /// <inheritdoc/>
    public async Task<string> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var name = $"{PodName}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var isCreated = false;
        try
        {
            // A creation that is cancelled can arrive after the deletion and leave the pod behind, so a cancelled run waits for it.
            using var creation = new CancellationTokenSource(LongestRequest);
            await api.CreateAsync(ApiResource.Pods, ns, Manifest(name, command), creation.Token);
            isCreated = true;
            await WaitAsync(name, cancellationToken);
            return await api.ReadLogAsync(ns, name, ContainerName, cancellationToken);
        }
        catch (ApiException exception) when (!exception.IsMissingPermission)
        {
            throw new PodException($"the probe pod on the node {node} could not be used: {exception.Message}");
        }
        finally
        {
            await DeleteAsync(name, isCreated);
        }
    }

    private JsonObject Manifest(string name, IReadOnlyList<string> command)
    {
        var container = RestrictedContainer.Create(ContainerName, image, command);
        container["resources"] = new JsonObject
        {
            ["requests"] = new JsonObject { ["cpu"] = "50m", ["memory"] = "64Mi" },
            ["limits"] = new JsonObject { ["cpu"] = "500m", ["memory"] = "256Mi" },
        };
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["labels"] = new JsonObject { ["app.kubernetes.io/name"] = PodName, ["app.kubernetes.io/managed-by"] = "tempo-postrender" },
            },
            ["spec"] = new JsonObject
            {
                ["restartPolicy"] = "Never",
                ["nodeName"] = node,
                // It has to run where pods of the release run, whatever the node's taints are.
                ["tolerations"] = new JsonArray(new JsonObject { ["operator"] = "Exists" }),
                ["automountServiceAccountToken"] = false,
                ["enableServiceLinks"] = false,
                // Kubernetes ends the pod if this program cannot.
                ["activeDeadlineSeconds"] = (long)Math.Ceiling(limit.TotalSeconds),
                ["terminationGracePeriodSeconds"] = 1,
                ["containers"] = new JsonArray(container),
            },
        };
    }

    private async Task WaitAsync(string name, CancellationToken cancellationToken)
    {
        var pod =
            await api.WaitForPodAsync(
                ns,
                name,
                static pod => pod.Phase is "Succeeded" or "Failed" || pod.StateOf(ContainerName).IsHopeless,
                cancellationToken
            ) ?? throw new PodException($"the probe pod {name} is gone");
        if (pod.Phase != "Succeeded")
        {
            var state = pod.StateOf(ContainerName);
            throw new PodException(
                $"the probe pod {name} on the node {node} {(pod.Phase == "Failed" ? "failed" : "does not start")}, "
                    + LivePod.Say(state.Reason ?? pod.Phase, state.Message ?? pod.PhaseReason)
            );
        }
    }

    /// <summary>
    /// A failure is not reported, because the pod's own deadline ends the pod, and an earlier failure matters more. Only a user without
    /// the permission to delete pods has to know it.
    /// </summary>
    private async Task DeleteAsync(string name, bool isCreated)
    {
        using var deletion = new CancellationTokenSource(LongestRequest);
        try
        {
            await api.DeleteAsync(ApiResource.Pods, ns, name, deletion.Token);
        }
        catch (Exception exception)
            when (exception is OperationCanceledException
                || (exception is ClusterException && !(isCreated && exception is ApiException { IsMissingPermission: true }))
            ) { }
    }
}
