using System.Globalization;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Tempo;

/// <summary>A trace receiver of the distributor and the port it listens on by default.</summary>
/// <param name="Type">The receiver's type: the part of its name before <c>/</c>.</param>
/// <param name="Protocol">The key under <c>protocols</c>, or null if the receiver has a single endpoint.</param>
/// <param name="DefaultPort">The default port in the OpenTelemetry collector.</param>
/// <param name="Versions">The versions that have the receiver.</param>
public sealed record TempoReceiver(string Type, string? Protocol, int DefaultPort, VersionRange Versions)
{
    /// <summary>
    /// The receivers that listen, in every version since 2.0. Tempo does not start with a type that its version does not have (measured
    /// on 3.0.3: unknown type: "opencensus").
    /// </summary>
    public static IReadOnlyList<TempoReceiver> Known { get; } =
    [
        new("otlp", "grpc", 4317, VersionRange.All),
        new("otlp", "http", 4318, VersionRange.All),
        new("jaeger", "grpc", 14250, VersionRange.All),
        new("jaeger", "thrift_http", 14268, VersionRange.All),
        new("jaeger", "thrift_binary", 6832, VersionRange.All),
        new("jaeger", "thrift_compact", 6831, VersionRange.All),
        new("zipkin", null, 9411, VersionRange.All),
        new("opencensus", null, 55678, VersionRange.Until("2.9.2").And(VersionRange.Between("2.10", "2.10.5"))),
    ];

    /// <summary>Receivers that fetch traces instead of listening.</summary>
    private static readonly HashSet<string> Fetching = new(StringComparer.Ordinal) { "kafka" };

    /// <summary>
    /// The versions in which a receiver without an endpoint listens on the IPv4 loopback (measured on 3.0.3: 127.0.0.1:4317,
    /// :14250, :14268); before, it listens on 0.0.0.0 (read: the collector's default changed with Tempo 2.7).
    /// </summary>
    public static VersionRange DefaultIsLoopback { get; } = VersionRange.Since("2.7");

    /// <summary>The path of the endpoint of a receiver with this type and protocol.</summary>
    /// <param name="name">The receiver's name: its type, optionally followed by <c>/</c> and a name.</param>
    public NodePath EndpointPath(string name) =>
        Protocol is null
            ? TempoSettings.Receivers.Key(name, "endpoint")
            : TempoSettings.Receivers.Key(name, "protocols", Protocol, "endpoint");

    /// <summary>The type of a receiver.</summary>
    /// <param name="name">Its name: the type, optionally followed by <c>/</c> and a name.</param>
    public static string TypeOf(string name) => name.Split('/')[0];

    /// <summary>The versions that have receivers of a type, or null if none has.</summary>
    public static VersionRange? VersionsOf(string type) =>
        Fetching.Contains(type) ? VersionRange.All : Known.FirstOrDefault(receiver => receiver.Type == type)?.Versions;

    /// <summary>Whether it listens on UDP instead of TCP.</summary>
    public bool IsUdp => Protocol is "thrift_binary" or "thrift_compact";

    /// <summary>Whether a config enables it. A key without a value enables it with its defaults.</summary>
    /// <param name="receiver">The receiver's mapping.</param>
    public bool IsSwitchedOn(YamlNode? receiver) =>
        Protocol is null
        || (
            (AliasNode.Resolve(receiver) as MappingNode)?.Find("protocols") is { } protocols
            && (AliasNode.Resolve(protocols) as MappingNode)?.Find(Protocol) is not null
        );

    /// <summary>The default port as text.</summary>
    public string Port => DefaultPort.ToString(CultureInfo.InvariantCulture);
}
