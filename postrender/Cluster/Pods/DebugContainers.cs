using System.Net;
using Tempo.PostRender.Cluster.Listeners;

namespace Tempo.PostRender.Cluster.Pods;

/// <summary>Runs commands in debug containers of pods.</summary>
internal sealed class DebugContainers(KubernetesApi api, string image)
{
    private const int MaxAttempts = 3;
    private const string NotListed = "its listeners could not be listed: ";
    private static readonly TimeSpan PauseAfterConflict = TimeSpan.FromMilliseconds(100);

    /// <summary>Lists the listeners of a pod, with an existing debug container or a new one.</summary>
    /// <exception cref="PodException">The container does not start, or its output has an unknown format.</exception>
    public async Task<IReadOnlyList<Listener>> ListListenersAsync(LivePod pod, string container, CancellationToken cancellationToken)
    {
        if (DebugContainer.Reusable(pod, container) is { } existing)
        {
            try
            {
                return ListenerScript.Parse(await ReadLogAsync(pod, existing.Name, NotListed, cancellationToken));
            }
            catch (Exception exception)
                when (exception is UnreadableException or ApiException { Status: HttpStatusCode.BadRequest or HttpStatusCode.NotFound })
            {
                // The node may have deleted the log of an old container.
            }
        }

        var name = await AddAsync(pod, container, ListenerScript.Command, cancellationToken);
        try
        {
            return ListenerScript.Parse(await ReadLogAsync(pod, name, NotListed, cancellationToken));
        }
        catch (UnreadableException exception)
        {
            throw new PodException(NotListed + exception.Message);
        }
    }

    /// <summary>Runs commands in new debug containers of a pod, whose connections are the pod's own.</summary>
    public ICommandRunner RunnerIn(LivePod pod, string container) => new Runner(this, pod, container);

    /// <summary>Adds a debug container, and returns its name.</summary>
    private async Task<string> AddAsync(LivePod pod, string container, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var name = DebugContainer.NextName(pod);
        var patch = DebugContainer.Patch(name, image, container, command);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await api.PatchAsync(ApiResource.Pods, pod.Namespace, pod.Name, "ephemeralcontainers", patch, cancellationToken);
                return name;
            }
            catch (ApiException exception) when (exception.Status == HttpStatusCode.Conflict && attempt < MaxAttempts)
            {
                // Another client changed the pod at the same time.
                await Task.Delay(PauseAfterConflict, cancellationToken);
            }
        }
    }

    /// <summary>Waits until a debug container has ended, and reads its log.</summary>
    private async Task<string> ReadLogAsync(LivePod pod, string name, string failure, CancellationToken cancellationToken)
    {
        var now =
            await api.WaitForPodAsync(
                pod.Namespace,
                pod.Name,
                pod => StateOf(pod, name) is { Name: "terminated" } or { IsHopeless: true },
                cancellationToken
            ) ?? throw new PodException("is gone");
        var state = StateOf(now, name);
        if (state.ExitCode != 0)
        {
            throw new PodException(
                $"{failure}the debug container {name} "
                    + (state.IsHopeless ? "does not start, " : $"failed with exit code {state.ExitCode}, ")
                    + LivePod.Say(state.Reason ?? "without a reason", state.Message)
            );
        }

        return await api.ReadLogAsync(pod.Namespace, pod.Name, name, cancellationToken);
    }

    private static ContainerState StateOf(LivePod pod, string name) =>
        pod.DebugContainers.FirstOrDefault(debug => debug.Name == name)?.State ?? ContainerState.Unknown;

    private async Task<string> RunAsync(LivePod pod, string container, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        // Another debug container may have been added since the pod was listed.
        var now = await api.FindPodAsync(pod.Namespace, pod.Name, cancellationToken) ?? throw new PodException("is gone");
        var name = await AddAsync(now, container, command, cancellationToken);
        return await ReadLogAsync(now, name, "", cancellationToken);
    }

    private sealed class Runner(DebugContainers debug, LivePod pod, string container) : ICommandRunner
    {
        public int MaxDestinations => 64;

        public Task<string> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) =>
            debug.RunAsync(pod, container, command, cancellationToken);
    }
}
