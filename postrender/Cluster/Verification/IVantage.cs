namespace Tempo.PostRender.Cluster.Verification;

/// <summary>A place in the cluster's network from which a command connects.</summary>
internal interface IVantage
{
    /// <summary>How many destinations are tried from it at most.</summary>
    int MostDestinations { get; }

    /// <summary>Runs a command there, and returns what it printed.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PodException">It does not start, or fails.</exception>
    Task<string> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken);
}

/// <summary>A debug container of a pod: its connections are the pod's own.</summary>
/// <param name="debug">How debug containers are run.</param>
/// <param name="pod">The pod.</param>
internal sealed class DebugVantage(DebugSession debug, ReleasePod pod) : IVantage
{
    /// <inheritdoc/>
    public int MostDestinations => 64;

    /// <inheritdoc/>
    public Task<string> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        debug.RunAsync(pod.Pod.Namespace, pod.Pod.Name, pod.Container, command, cancellationToken);
}
