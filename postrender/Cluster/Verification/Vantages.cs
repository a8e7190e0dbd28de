using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>Runs commands in many places of the cluster: side by side, each within its time.</summary>
/// <param name="api">The API server.</param>
/// <param name="options">What the user asks.</param>
internal sealed class Vantages(KubernetesApi api, VerifyOptions options)
{
    /// <summary>What to do where the image is not enough.</summary>
    public const string OtherImage = "Pass a --debug-image with sh, curl, nc and base64, and verify again";

    /// <summary>Whether probe pods connect, in the place of debug containers.</summary>
    public bool AreProbePods => options.ProbeImage is not null;

    /// <summary>A debug container of a pod.</summary>
    /// <param name="pod">The pod.</param>
    public IVantage In(ReleasePod pod) => new DebugVantage(new DebugSession(api, options.DebugImage!), pod);

    /// <summary>A probe pod on a node.</summary>
    /// <param name="node">The node.</param>
    public IVantage On(string node) => new ProbeVantage(api, options.Namespace, node, options.ProbeImage!, options.PodTimeout);

    /// <summary>Runs something for each item, each within the time of one pod.</summary>
    /// <param name="items">The items.</param>
    /// <param name="run">What is run; the token ends its time.</param>
    /// <param name="cancellationToken">Ends the whole run.</param>
    public Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, Task> run, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
            async (item, token) =>
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
                limit.CancelAfter(options.PodTimeout);
                await run(item, limit.Token).ConfigureAwait(false);
            }
        );

    /// <summary>Runs a command, and reads what it printed. What goes wrong in one place does not keep the others from it.</summary>
    /// <param name="from">The place.</param>
    /// <param name="command">The command.</param>
    /// <param name="read">Reads its output.</param>
    /// <param name="limit">The end of its time.</param>
    /// <param name="cancellationToken">Ends the whole run.</param>
    /// <returns>The result, or why there is none.</returns>
    /// <exception cref="ApiException">The user lacks a permission, which no other place would change.</exception>
    public static async Task<(T? Result, string? Problem)> AttemptAsync<T>(
        IVantage from,
        IReadOnlyList<string> command,
        Func<string, T> read,
        CancellationToken limit,
        CancellationToken cancellationToken
    )
        where T : class
    {
        try
        {
            return (read(await from.RunAsync(command, limit).ConfigureAwait(false)), null);
        }
        catch (Exception exception)
            when (exception is PodException or UnreadableOutputException
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

    /// <summary>Connects to destinations. What is beyond the limit of the place is not tried, and said to be so.</summary>
    /// <param name="from">The place.</param>
    /// <param name="destinations">The destinations.</param>
    /// <param name="limit">The end of its time.</param>
    /// <param name="cancellationToken">Ends the whole run.</param>
    /// <returns>What came of each, by its text, and what could not be tried, as a predicate.</returns>
    public static async Task<(IReadOnlyDictionary<string, Attempts> Came, string? Problem)> ConnectAsync(
        IVantage from,
        IReadOnlyList<Destination> destinations,
        CancellationToken limit,
        CancellationToken cancellationToken
    )
    {
        if (destinations.Count == 0)
        {
            return (new Dictionary<string, Attempts>(), null);
        }

        var (came, problem) = await AttemptAsync(
                from,
                ReachScript.Command(destinations.Take(from.MostDestinations)),
                static output => ReachScript.Parse(output) ?? throw new PodException("the debug image has no curl"),
                limit,
                cancellationToken
            )
            .ConfigureAwait(false);
        return (
            came ?? new Dictionary<string, Attempts>(),
            problem is not null ? $"could not test its connections: {problem}"
            : destinations.Count > from.MostDestinations
                ? $"has {destinations.Count} destinations, of which the first {from.MostDestinations} were tested"
            : null
        );
    }
}
