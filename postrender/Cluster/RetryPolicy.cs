using System.Net;

namespace Tempo.PostRender.Cluster;

/// <summary>What a request does; this decides whether it may be sent again.</summary>
internal enum RequestKind
{
    /// <summary>It reads from the API server.</summary>
    Read,

    /// <summary>It changes something; it may be sent again only if the server rejected it unread.</summary>
    Write,

    /// <summary>It reads from a pod through the API server; errors of the pod are answers.</summary>
    Pod,
}

/// <summary>How long to wait for an API server, and how often to try.</summary>
/// <remarks>
/// The client library does not retry. A library for retries would replace one loop, and the decision which requests may be sent again
/// would still be made here.
/// </remarks>
/// <param name="Timeout">The time limit for one request and its answer.</param>
/// <param name="Attempts">The highest number of times that a request is sent.</param>
/// <param name="Pause">The pause before the second attempt; it doubles for each further attempt.</param>
/// <param name="LongestPause">The longest Retry-After that is followed.</param>
public sealed record RetryPolicy(TimeSpan Timeout, int Attempts, TimeSpan Pause, TimeSpan LongestPause)
{
    /// <summary>Thirty seconds for a request, four attempts.</summary>
    public static RetryPolicy Default { get; } = new(TimeSpan.FromSeconds(30), 4, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(20));

    /// <summary>How long to wait before the answered request is sent again, or null if the answer is final.</summary>
    internal TimeSpan? PauseAfter(HttpResponseMessage response, RequestKind kind, int attempt)
    {
        var isBusy = response.StatusCode == HttpStatusCode.TooManyRequests;
        var isTransient =
            kind == RequestKind.Read
            && response.StatusCode
                is HttpStatusCode.InternalServerError
                    or HttpStatusCode.BadGateway
                    or HttpStatusCode.ServiceUnavailable
                    or HttpStatusCode.GatewayTimeout;
        if (attempt >= Attempts || !(isBusy || isTransient))
        {
            return null;
        }

        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - TimeProvider.System.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return asked is null ? PauseAfter(attempt) : TimeSpan.FromTicks(Math.Clamp(asked.Value.Ticks, 0, LongestPause.Ticks));
    }

    /// <summary>How long to wait before a request that got no answer is sent again, or null if it is not sent again.</summary>
    internal TimeSpan? PauseAfterFailure(RequestKind kind, int attempt) =>
        kind == RequestKind.Write || attempt >= Attempts ? null : PauseAfter(attempt);

    private TimeSpan PauseAfter(int attempt) => TimeSpan.FromTicks(Math.Min(Pause.Ticks << (attempt - 1), LongestPause.Ticks));
}
