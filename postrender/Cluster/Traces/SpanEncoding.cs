using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Tempo.PostRender.Cluster.Traces;

/// <summary>A test span in the messages of the protocols.</summary>
internal static class SpanEncoding
{
    private const string Name = "verify";
    private const long Nanoseconds = 1_000_000;
    private const int GrpcPrefix = 5;

    /// <summary>gRPC's frame of a message: a byte that says "not compressed", and the length.</summary>
    public static byte[] Framed(byte[] message)
    {
        var framed = new byte[GrpcPrefix + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, GrpcPrefix);
        return framed;
    }

    /// <summary>https://github.com/open-telemetry/opentelemetry-proto, ExportTraceServiceRequest.</summary>
    public static byte[] Otlp(TestSpan span)
    {
        var start = StartNanoseconds(span);
        var serviceName = new ProtobufWriter().Text(1, "service.name").Message(2, new ProtobufWriter().Text(1, TestSpan.ServiceName));
        var message = new ProtobufWriter()
            .Bytes(1, span.TraceId)
            .Bytes(2, span.SpanId)
            .Text(5, Name)
            .Varint(6, 1)
            .Fixed64(7, start)
            .Fixed64(8, start + Nanoseconds);
        var resourceSpans = new ProtobufWriter()
            .Message(1, new ProtobufWriter().Message(1, serviceName))
            .Message(2, new ProtobufWriter().Message(2, message));
        return new ProtobufWriter().Message(1, resourceSpans).ToArray();
    }

    /// <summary>https://github.com/jaegertracing/jaeger-idl, api_v2 PostSpansRequest.</summary>
    public static byte[] JaegerProtobuf(TestSpan span)
    {
        var (seconds, nanoseconds) = Math.DivRem(StartNanoseconds(span), 1_000_000_000);
        var message = new ProtobufWriter()
            .Bytes(1, span.TraceId)
            .Bytes(2, span.SpanId)
            .Text(3, Name)
            .Message(6, new ProtobufWriter().Varint(1, seconds).Varint(2, nanoseconds))
            .Message(7, new ProtobufWriter().Varint(2, Nanoseconds));
        var batch = new ProtobufWriter().Message(1, message).Message(2, new ProtobufWriter().Text(1, TestSpan.ServiceName));
        return new ProtobufWriter().Message(1, batch).ToArray();
    }

    /// <summary>https://github.com/jaegertracing/jaeger-idl, jaeger.thrift Batch.</summary>
    public static byte[] JaegerThrift(TestSpan span) =>
        new ThriftWriter()
            .Struct(1, new ThriftWriter().Text(1, TestSpan.ServiceName))
            .ListOf(
                2,
                new ThriftWriter()
                    .I64(1, BinaryPrimitives.ReadInt64BigEndian(span.TraceId.AsSpan(8)))
                    .I64(2, BinaryPrimitives.ReadInt64BigEndian(span.TraceId))
                    .I64(3, BinaryPrimitives.ReadInt64BigEndian(span.SpanId))
                    .I64(4, 0)
                    .Text(5, Name)
                    .I32(7, 1)
                    .I64(8, StartMicroseconds(span))
                    .I64(9, Nanoseconds / 1_000)
            )
            .ToArray();

    /// <summary>https://zipkin.io/zipkin-api, version 2.</summary>
    public static byte[] Zipkin(TestSpan span) =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $$$"""[{"traceId":"{{{span.Id}}}","id":"{{{Convert.ToHexStringLower(span.SpanId)}}}","name":"{{{Name}}}","timestamp":"""
                    + $$$"""{{{StartMicroseconds(span)}}},"duration":{{{Nanoseconds / 1_000}}},"localEndpoint":"""
                    + $$$"""{"serviceName":"{{{TestSpan.ServiceName}}}"}}]"""
            )
        );

    private static ulong StartNanoseconds(TestSpan span) => (ulong)(span.Start.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;

    private static long StartMicroseconds(TestSpan span) => (long)(StartNanoseconds(span) / 1_000);
}
