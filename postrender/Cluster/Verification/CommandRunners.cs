using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>Runs commands in many pods at the same time, each within the time limit for one pod.</summary>
internal sealed class CommandRunners(KubernetesApi api, VerifyOptions options)
{
    /// <summary>What to do if the image lacks a program.</summary>
    public const string OtherImage = "Pass a --debug-image with sh, curl, nc and base64, and verify again";

    /// <summary>Whether probe pods connect instead of debug containers.</summary>
    public bool AreProbePods => options.ProbeImage is not null;

    /// <summary>A probe pod on the node of a pod, or else a debug container of the pod.</summary>
    public ICommandRunner For(ReleasePod pod) =>
        AreProbePods ? On(pod.Pod.Node!) : new DebugContainers(api, options.DebugImage!).RunnerIn(pod.Pod, pod.Container);

    /// <summary>A probe pod on a node.</summary>
    public ICommandRunner On(string node) => new ProbePodRunner(api, options.Namespace, node, options.ProbeImage!, options.PodTimeout);

    /// <summary>Runs something for each item, for some of them at the same time.</summary>
    /// <returns>The results, in the order of the items.</returns>
    public async Task<IReadOnlyList<TResult>> ForEachAsync<T, TResult>(
        IEnumerable<T> items,
        Func<T, CancellationToken, Task<TResult>> run,
        CancellationToken cancellationToken
    )
    {
        var all = items.ToList();
        var results = new TResult[all.Count];
        await Parallel.ForAsync(
            0,
            all.Count,
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
            async (index, token) => results[index] = await run(all[index], token)
        );
        return results;
    }

    /// <summary>Runs a command and reads what it printed. A failure does not stop the commands in other pods.</summary>
    /// <returns>The result, or why there is none.</returns>
    /// <exception cref="ApiException">The user lacks a permission, so that every other command would fail too.</exception>
    public async Task<(T? Result, string? Problem)> TryRunAsync<T>(
        ICommandRunner runner,
        IReadOnlyList<string> command,
        Func<string, T> read,
        CancellationToken cancellationToken
    )
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.PodTimeout);
        try
        {
            return (read(await runner.RunAsync(command, limit.Token)), null);
        }
        catch (Exception exception)
            when (exception is PodException or UnreadableException
                || (exception is ClusterException && exception is not ApiException { IsMissingPermission: true })
            )
        {
            return (null, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, "it took longer than --timeout");
        }
    }

    /// <summary>Connects to destinations, up to the highest number that the runner can test.</summary>
    /// <returns>The results by the text of the destination, and what could not be tested, as a predicate.</returns>
    public async Task<(IReadOnlyDictionary<string, FamilyPair<ConnectionResult>> Results, string? Problem)> ConnectAsync(
        ICommandRunner runner,
        IReadOnlyList<Destination> destinations,
        CancellationToken cancellationToken
    )
    {
        if (destinations.Count == 0)
        {
            return (new Dictionary<string, FamilyPair<ConnectionResult>>(), null);
        }

        var command = ConnectScript.Command(destinations.Take(runner.MaxDestinations));
        var (results, problem) = await TryRunAsync(runner, command, ConnectScript.Parse, cancellationToken);
        return (
            results ?? new Dictionary<string, FamilyPair<ConnectionResult>>(),
            problem is not null ? $"could not test its connections: {problem}"
            : destinations.Count > runner.MaxDestinations
                ? $"has {destinations.Count} destinations, of which the first {runner.MaxDestinations} were tested"
            : null
        );
    }
}
