using System.Net;

namespace Tempo.PostRender.Cluster;

/// <summary>A port of a pod's HTTP server.</summary>
/// <param name="IsTls">Whether it uses TLS.</param>
public readonly record struct PodPort(int Number, bool IsTls = false);

/// <summary>The answer of a pod.</summary>
/// <param name="Body">The body, decoded as UTF-8.</param>
public sealed record PodResponse(HttpStatusCode Status, string Body)
{
    /// <summary>Whether the status is a success.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}
