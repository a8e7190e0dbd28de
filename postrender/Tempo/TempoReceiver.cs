using System.Globalization;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Tempo;

/// <summary>A trace receiver of the distributor and the port it listens on by default.</summary>
/// <param name="Type">The receiver's type: the part of its name before <c>/</c>.</param>
/// <param name="Protocol">The key under <c>protocols</c>, or null where the receiver has a single endpoint of its own.</param>
/// <param name="DefaultPort">The port, in the OpenTelemetry collector's defaults.</param>
public sealed record TempoReceiver(string Type, string? Protocol, int DefaultPort)
{
    /// <summary>
    /// The receivers that listen. Without an endpoint each listens on the IPv4 loopback (measured on 3.0.3: 127.0.0.1:4317,
    /// :14250, :14268), so that nothing outside the pod reaches it.
    /// </summary>
    public static IReadOnlyList<TempoReceiver> Known { get; } =
    [
        new("otlp", "grpc", 4317),
        new("otlp", "http", 4318),
        new("jaeger", "grpc", 14250),
        new("jaeger", "thrift_http", 14268),
        new("jaeger", "thrift_binary", 6832),
        new("jaeger", "thrift_compact", 6831),
        new("zipkin", null, 9411),
        new("opencensus", null, 55678),
    ];

    /// <summary>Where in a config the endpoint of a receiver of this type and protocol stands.</summary>
    /// <param name="name">The receiver's name: its type, maybe with <c>/</c> and a name behind it.</param>
    public NodePath EndpointPath(string name) => Protocol is null
        ? TempoSettings.Receivers.Key(name, "endpoint")
        : TempoSettings.Receivers.Key(name, "protocols", Protocol, "endpoint");

    /// <summary>Whether it takes datagrams, so that no TCP listener shows it.</summary>
    public bool IsUdp => Protocol is "thrift_binary" or "thrift_compact";

    /// <summary>Whether a config switches it on. A key without a value does, with its defaults.</summary>
    /// <param name="receiver">The receiver's mapping.</param>
    public bool IsSwitchedOn(YamlNode? receiver) =>
        Protocol is null || ((AliasNode.Resolve(receiver) as MappingNode)?.Find("protocols") is { } protocols && (AliasNode.Resolve(protocols) as MappingNode)?.Find(Protocol) is not null);

    /// <summary>The default port as text.</summary>
    public string Port => DefaultPort.ToString(CultureInfo.InvariantCulture);
}
