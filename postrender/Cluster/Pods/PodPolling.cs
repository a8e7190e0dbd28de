namespace Tempo.PostRender.Cluster.Pods;

/// <summary>Reads a pod again and again, because Kubernetes reports what a container does only in the pod's status.</summary>
internal static class PodPolling
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Reads a pod, or returns null if it does not exist.</summary>
    public static async Task<LivePod?> FindPodAsync(this KubernetesApi api, string ns, string name, CancellationToken cancellationToken) =>
        await api.FindAsync(ApiResource.Pods, ns, name, cancellationToken) is { } found ? LivePod.Read(found) : null;

    /// <summary>Waits for a state of a pod. Returns null if the pod does not exist any more.</summary>
    public static async Task<LivePod?> WaitForPodAsync(
        this KubernetesApi api,
        string ns,
        string name,
        Func<LivePod, bool> isReached,
        CancellationToken cancellationToken
    )
    {
        for (var pause = FirstPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            var pod = await api.FindPodAsync(ns, name, cancellationToken);
            if (pod is null || isReached(pod))
            {
                return pod;
            }

            await Task.Delay(pause, cancellationToken);
        }
    }
}
