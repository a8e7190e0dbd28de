using Tempo.PostRender.Cluster.ProbePods;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>A pod of this program's own on a node. It is removed again, whatever happens.</summary>
/// <param name="api">The API server.</param>
/// <param name="ns">The namespace.</param>
/// <param name="node">The node.</param>
/// <param name="image">The image.</param>
/// <param name="limit">How long one command may take.</param>
internal sealed class ProbeVantage(KubernetesApi api, string ns, string node, string image, TimeSpan limit) : IVantage
{
    /// <summary>For the removal, which a cancelled run waits for.</summary>
    private static readonly TimeSpan LongestRemoval = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public int MostDestinations => 1_024;

    /// <inheritdoc/>
    public async Task<string> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var name = ProbePod.NewName();
        var isCreated = false;
        try
        {
            // A request that is given up may have made the pod: it is removed all the same.
            await api.CreateAsync(ApiResource.Pods, ns, ProbePod.Manifest(name, node, image, command, limit), cancellationToken)
                .ConfigureAwait(false);
            isCreated = true;
            await WaitAsync(name, cancellationToken).ConfigureAwait(false);
            return await api.ReadLogAsync(ns, name, ProbePod.Container, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (!exception.IsMissingPermission)
        {
            throw new PodException($"the probe pod on the node {node} could not be used: {exception.Message}");
        }
        finally
        {
            await RemoveAsync(name, isCreated).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(string name, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            var pod = LivePod.Read(
                await api.FindAsync(ApiResource.Pods, ns, name, cancellationToken).ConfigureAwait(false)
                    ?? throw new PodException($"the probe pod {name} is gone")
            );
            var state = pod.StateOf(ProbePod.Container);
            if (pod.Phase == "Succeeded")
            {
                return;
            }

            if (pod.Phase == "Failed" || state is { IsHopeless: true })
            {
                throw new PodException(
                    $"the probe pod {name} on the node {node} "
                        + (pod.Phase == "Failed" ? "failed" : "does not start")
                        + $", {LivePod.Say(state.Reason ?? pod.Phase, state.Message ?? pod.PhaseReason)}"
                );
            }

            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Where it fails, the pod's own deadline ends it; what led here counts more than the removal. Only who may never remove a pod has
    /// to know it.
    /// </summary>
    private async Task RemoveAsync(string name, bool isCreated)
    {
        using var removal = new CancellationTokenSource(LongestRemoval);
        try
        {
            await api.DeleteAsync(ApiResource.Pods, ns, name, removal.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
            when (exception is OperationCanceledException
                || (exception is ClusterException && !(isCreated && exception is ApiException { IsMissingPermission: true }))
            ) { }
    }
}
