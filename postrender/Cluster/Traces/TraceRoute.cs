using System.Globalization;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Listeners;

namespace Tempo.PostRender.Cluster.Traces;

/// <summary>The object that a request goes through.</summary>
/// <param name="Reference">The Service, or the pod where no Service leads to it: <c>Service/tempo/tempo-distributor</c>.</param>
/// <param name="IgnoredRules">The rules that its annotation switches off.</param>
internal sealed record RouteTarget(string Reference, IReadOnlyList<string> IgnoredRules);

/// <summary>A way to send a span.</summary>
internal sealed record TraceRoute
{
    /// <summary>The receiver.</summary>
    public required OpenReceiver Receiver { get; init; }

    /// <summary>In which protocol.</summary>
    public required SpanFormat Format { get; init; }

    /// <summary>Through what.</summary>
    public required RouteTarget Target { get; init; }

    /// <summary>A name or an address, without brackets.</summary>
    public required string Host { get; init; }

    /// <summary>The port.</summary>
    public required int Port { get; init; }

    /// <summary>The path.</summary>
    public required string Path { get; init; }

    /// <summary>Whether over TLS.</summary>
    public required bool IsTls { get; init; }

    /// <summary>Where the request goes.</summary>
    public string Address => Endpoint.Join(Host, Port.ToString(CultureInfo.InvariantCulture));

    /// <summary>The URL.</summary>
    public string Url => $"{(IsTls ? "https" : "http")}://{Address}{Path}";
}

/// <summary>A way to read a trace.</summary>
internal sealed record ReadRoute
{
    /// <summary>Through what.</summary>
    public required RouteTarget Target { get; init; }

    /// <summary>A name or an address, without brackets.</summary>
    public required string Host { get; init; }

    /// <summary>The port.</summary>
    public required int Port { get; init; }

    /// <summary>The path before the trace's id.</summary>
    public required string Path { get; init; }

    /// <summary>Whether over TLS.</summary>
    public required bool IsTls { get; init; }

    /// <summary>Where the request goes.</summary>
    public string Address => Endpoint.Join(Host, Port.ToString(CultureInfo.InvariantCulture));

    /// <summary>The URL before the trace's id.</summary>
    public string Url => $"{(IsTls ? "https" : "http")}://{Address}{Path}";
}
