namespace Tempo.PostRender.Cluster.Pods;

/// <summary>Runs a command inside the cluster's network.</summary>
internal interface ICommandRunner
{
    /// <summary>The highest number of destinations that one command may test.</summary>
    int MaxDestinations { get; }

    /// <summary>Runs a command, and returns what it printed.</summary>
    /// <exception cref="PodException">It does not start, or fails.</exception>
    Task<string> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken);
}

/// <summary>Thrown if one pod cannot be checked; the others still can. The message is a predicate of the pod.</summary>
/// <param name="message">The reason, as a predicate: <c>does not run</c>.</param>
internal sealed class PodException(string message) : Exception(message);
