using System.Globalization;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Traces;

/// <summary>The URL of a server, and the object that requests to it go through.</summary>
internal sealed record Route
{
    /// <summary>The Service that leads to the server, or the pod itself if none does.</summary>
    public required Place Through { get; init; }

    /// <summary>A name or an address, without brackets.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>The path. For reading, it is followed by the trace's id.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Whether the server uses TLS.</summary>
    public bool IsTls { get; init; }

    public string Address => Endpoint.Join(Host, Port.ToString(CultureInfo.InvariantCulture));

    public string Url => $"{(IsTls ? "https" : "http")}://{Address}{Path}";
}

/// <summary>A route by which a span is sent to a receiver.</summary>
/// <param name="Format">The protocol.</param>
/// <param name="To">The URL.</param>
internal sealed record TraceRoute(OpenReceiver Receiver, SpanFormat Format, Route To);
