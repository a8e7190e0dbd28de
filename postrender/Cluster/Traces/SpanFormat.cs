namespace Tempo.PostRender.Cluster.Traces;

/// <summary>A protocol in which a test span is sent.</summary>
internal sealed record SpanFormat
{
    /// <summary>The type of the receivers: <c>otlp</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The receiver's key under <c>protocols</c>, or null.</summary>
    public string? Protocol { get; init; }

    /// <summary>Whether it is gRPC, which needs HTTP/2.</summary>
    public bool IsGrpc => ContentType == "application/grpc";

    /// <summary>The path on a receiver's own port.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// The paths at which gateways offer a receiver: those of Tempo's charts, the receiver's own path first, unless gateways offer
    /// queries there.
    /// </summary>
    public required IReadOnlyList<string> GatewayPaths { get; init; }

    /// <summary>The Content-Type of a request.</summary>
    public required string ContentType { get; init; }

    /// <summary>Creates the body of the request that sends a span.</summary>
    public required Func<TestSpan, byte[]> Body { get; init; }

    /// <summary>OTLP over gRPC.</summary>
    public static SpanFormat OtlpGrpc { get; } =
        Grpc("otlp", "/opentelemetry.proto.collector.trace.v1.TraceService/Export", SpanEncoding.Otlp);

    /// <summary>OTLP over HTTP, as protobuf.</summary>
    public static SpanFormat OtlpHttp { get; } =
        new()
        {
            Type = "otlp",
            Protocol = "http",
            Path = "/v1/traces",
            GatewayPaths = ["/v1/traces", "/otlp/v1/traces"],
            ContentType = "application/x-protobuf",
            Body = SpanEncoding.Otlp,
        };

    /// <summary>Jaeger over gRPC.</summary>
    public static SpanFormat JaegerGrpc { get; } = Grpc("jaeger", "/jaeger.api_v2.CollectorService/PostSpans", SpanEncoding.JaegerProtobuf);

    /// <summary>Jaeger over HTTP, as Thrift.</summary>
    public static SpanFormat JaegerThrift { get; } =
        new()
        {
            Type = "jaeger",
            Protocol = "thrift_http",
            Path = "/api/traces",
            GatewayPaths = ["/jaeger/api/traces"],
            ContentType = "application/vnd.apache.thrift.binary",
            Body = SpanEncoding.JaegerThrift,
        };

    /// <summary>Zipkin over HTTP, version 2, as JSON.</summary>
    public static SpanFormat Zipkin { get; } =
        new()
        {
            Type = "zipkin",
            Path = "/api/v2/spans",
            GatewayPaths = ["/api/v2/spans", "/zipkin/spans"],
            ContentType = "application/json",
            Body = SpanEncoding.Zipkin,
        };

    public static IReadOnlyList<SpanFormat> All { get; } = [OtlpGrpc, OtlpHttp, JaegerGrpc, JaegerThrift, Zipkin];

    private static SpanFormat Grpc(string type, string path, Func<TestSpan, byte[]> message) =>
        new()
        {
            Type = type,
            Protocol = "grpc",
            Path = path,
            GatewayPaths = [path],
            ContentType = "application/grpc",
            Body = span => SpanEncoding.Framed(message(span)),
        };
}
