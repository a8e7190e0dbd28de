namespace Tempo.PostRender.Cluster.Traces;

/// <summary>The protocols in which a test span is sent.</summary>
internal enum SpanFormat
{
    /// <summary>OTLP over gRPC.</summary>
    OtlpGrpc,

    /// <summary>OTLP over HTTP, as protobuf.</summary>
    OtlpHttp,

    /// <summary>Jaeger over gRPC.</summary>
    JaegerGrpc,

    /// <summary>Jaeger over HTTP, as Thrift.</summary>
    JaegerThrift,

    /// <summary>Zipkin over HTTP, version 2, as JSON.</summary>
    Zipkin,
}

/// <summary>What a protocol asks of a request.</summary>
internal static class SpanFormats
{
    /// <summary>The protocol of a receiver, or null if no span is sent in it: UDP, and receivers that fetch.</summary>
    /// <param name="type">The receiver's type: <c>otlp</c>.</param>
    /// <param name="protocol">Its key under <c>protocols</c>, or null.</param>
    public static SpanFormat? Of(string type, string? protocol) =>
        (type, protocol) switch
        {
            ("otlp", "grpc") => SpanFormat.OtlpGrpc,
            ("otlp", "http") => SpanFormat.OtlpHttp,
            ("jaeger", "grpc") => SpanFormat.JaegerGrpc,
            ("jaeger", "thrift_http") => SpanFormat.JaegerThrift,
            ("zipkin", _) => SpanFormat.Zipkin,
            _ => null,
        };

    /// <summary>Whether it is gRPC, which needs HTTP/2.</summary>
    public static bool IsGrpc(this SpanFormat format) => format is SpanFormat.OtlpGrpc or SpanFormat.JaegerGrpc;

    /// <summary>The path on a receiver's own port.</summary>
    public static string Path(this SpanFormat format) =>
        format switch
        {
            SpanFormat.OtlpGrpc => "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
            SpanFormat.OtlpHttp => "/v1/traces",
            SpanFormat.JaegerGrpc => "/jaeger.api_v2.CollectorService/PostSpans",
            SpanFormat.JaegerThrift => "/api/traces",
            _ => "/api/v2/spans",
        };

    /// <summary>
    /// The paths at which gateways offer a receiver: those of Tempo's charts, the receiver's own first. <c>/api/traces</c> is where
    /// gateways offer queries.
    /// </summary>
    public static IReadOnlyList<string> GatewayPaths(this SpanFormat format) =>
        format switch
        {
            SpanFormat.OtlpHttp => [format.Path(), "/otlp/v1/traces"],
            SpanFormat.JaegerThrift => ["/jaeger/api/traces"],
            SpanFormat.Zipkin => [format.Path(), "/zipkin/spans"],
            _ => [format.Path()],
        };

    /// <summary>The Content-Type of a request.</summary>
    public static string ContentType(this SpanFormat format) =>
        format switch
        {
            SpanFormat.OtlpHttp => "application/x-protobuf",
            SpanFormat.JaegerThrift => "application/vnd.apache.thrift.binary",
            SpanFormat.Zipkin => "application/json",
            _ => "application/grpc",
        };
}
