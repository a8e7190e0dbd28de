using System.Net;

namespace Tempo.PostRender.Cluster;

/// <summary>What a request does, because that decides what may be sent twice.</summary>
internal enum RequestKind
{
    /// <summary>It reads what the API server holds.</summary>
    Read,

    /// <summary>It changes something; only what was turned away unread may be sent again.</summary>
    Write,

    /// <summary>It reads through the API server from a pod, whose own errors are its answer.</summary>
    Pod,
}

/// <summary>How long an API server is waited for, and how often it is asked.</summary>
/// <param name="Timeout">For one request, its answer included.</param>
/// <param name="Attempts">How often a request is sent at most.</param>
/// <param name="Pause">Before the second attempt; it doubles with every further one.</param>
/// <param name="LongestPause">The longest that a Retry-After is heeded.</param>
public sealed record RetryPolicy(TimeSpan Timeout, int Attempts, TimeSpan Pause, TimeSpan LongestPause)
{
    /// <summary>Thirty seconds a request, four attempts.</summary>
    public static RetryPolicy Default { get; } = new(TimeSpan.FromSeconds(30), 4, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(20));

    /// <summary>How long to wait before the answered request is sent again, or null where the answer stands.</summary>
    internal TimeSpan? PauseAfter(HttpResponseMessage response, RequestKind kind, int attempt, TimeProvider time)
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
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return asked is null ? PauseAfter(attempt) : TimeSpan.FromTicks(Math.Clamp(asked.Value.Ticks, 0, LongestPause.Ticks));
    }

    /// <summary>How long to wait before a request that got no answer is sent again, or null where it is not.</summary>
    internal TimeSpan? PauseAfterFailure(RequestKind kind, int attempt) =>
        kind == RequestKind.Write || attempt >= Attempts ? null : PauseAfter(attempt);

    private TimeSpan PauseAfter(int attempt) => TimeSpan.FromTicks(Math.Min(Pause.Ticks << (attempt - 1), LongestPause.Ticks));
}
