using System.Net;
using Tempo.PostRender.Cluster.Listeners;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>Thrown if one pod cannot be checked; the others still can. The message is a predicate of the pod.</summary>
/// <param name="message">The reason, as a predicate: <c>does not run</c>.</param>
internal sealed class PodException(string message) : Exception(message);

/// <summary>Lists the listeners of pods with debug containers.</summary>
/// <param name="api">The API server.</param>
/// <param name="image">The image of new debug containers.</param>
internal sealed class DebugSession(KubernetesApi api, string image)
{
    private const int Conflicts = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Lists the listeners of a pod, with an existing debug container or a new one.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container that runs Tempo.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="PodException">The container does not start, or its output is not understood.</exception>
    public async Task<IReadOnlyList<Listener>> ListAsync(LivePod pod, string container, CancellationToken cancellationToken)
    {
        if (
            DebugContainer.Reusable(pod, container) is { } there
            && await ReadAsync(pod, there.Name, mustHaveLog: false, cancellationToken).ConfigureAwait(false) is { } listeners
        )
        {
            return listeners;
        }

        var name = DebugContainer.NextName(pod);
        await AddAsync(pod, name, container, ListenerScript.Command, cancellationToken).ConfigureAwait(false);
        return (await ReadAsync(pod, name, mustHaveLog: true, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Runs a command in a new debug container of a pod, and returns what it printed.</summary>
    /// <param name="ns">The pod's namespace.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container that runs Tempo.</param>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="PodException">The container does not start, or fails.</exception>
    public async Task<string> RunAsync(
        string ns,
        string pod,
        string container,
        IReadOnlyList<string> command,
        CancellationToken cancellationToken
    )
    {
        // Another debug container may have been added since the pod was listed.
        var now = LivePod.Read(
            await api.FindAsync(ApiResource.Pods, ns, pod, cancellationToken).ConfigureAwait(false) ?? throw new PodException("is gone")
        );
        var name = DebugContainer.NextName(now);
        await AddAsync(now, name, container, command, cancellationToken).ConfigureAwait(false);
        await WaitAsync(now, name, "", cancellationToken).ConfigureAwait(false);
        return await api.ReadLogAsync(ns, pod, name, cancellationToken).ConfigureAwait(false);
    }

    private async Task AddAsync(
        LivePod pod,
        string name,
        string container,
        IReadOnlyList<string> command,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await api.PatchAsync(
                        ApiResource.Pods,
                        pod.Namespace,
                        pod.Name,
                        "ephemeralcontainers",
                        DebugContainer.Patch(name, image, container, command),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                return;
            }
            catch (ApiException exception) when (exception.Status == HttpStatusCode.Conflict && attempt < Conflicts)
            {
                // Another client changed the pod at the same time.
                await Task.Delay(FirstPause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<IReadOnlyList<Listener>?> ReadAsync(LivePod pod, string name, bool mustHaveLog, CancellationToken cancellationToken)
    {
        await WaitAsync(pod, name, "its listeners could not be listed: ", cancellationToken).ConfigureAwait(false);
        try
        {
            return ListenerScript.Parse(await api.ReadLogAsync(pod.Namespace, pod.Name, name, cancellationToken).ConfigureAwait(false));
        }
        catch (ApiException exception) when (!mustHaveLog && exception.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
        {
            // The node may have deleted the logs of an old container.
            return null;
        }
        catch (UnreadableOutputException) when (!mustHaveLog)
        {
            return null;
        }
        catch (UnreadableOutputException exception)
        {
            throw new PodException($"its listeners could not be listed: {exception.Message}");
        }
    }

    private async Task WaitAsync(LivePod pod, string name, string failure, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            var found =
                await api.FindAsync(ApiResource.Pods, pod.Namespace, pod.Name, cancellationToken).ConfigureAwait(false)
                ?? throw new PodException("is gone");
            var state = LivePod.Read(found).DebugContainers.FirstOrDefault(debug => debug.Name == name)?.State ?? ContainerState.Unknown;
            switch (state)
            {
                case { Name: "terminated", ExitCode: 0 }:
                    return;
                case { Name: "terminated" }:
                    throw new PodException(
                        $"{failure}the debug container {name} failed with exit code {state.ExitCode}, "
                            + LivePod.Say(state.Reason ?? "without a reason", state.Message)
                    );
                case { IsHopeless: true, Reason: { } reason }:
                    throw new PodException($"{failure}the debug container {name} does not start, {LivePod.Say(reason, state.Message)}");
                default:
                    await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }
}
