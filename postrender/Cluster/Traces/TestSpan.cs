using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tempo.PostRender.Cluster.Traces;

/// <summary>A trace of one span, with ids of its own and nothing else in it but a name and a time.</summary>
/// <param name="TraceId">The trace's id, 16 bytes.</param>
/// <param name="SpanId">The span's id, 8 bytes.</param>
/// <param name="Start">When it starts; it lasts a millisecond.</param>
internal sealed record TestSpan(byte[] TraceId, byte[] SpanId, DateTimeOffset Start)
{
    /// <summary>The service name of every test span, by which users recognize them.</summary>
    public const string ServiceName = "tempo-postrender-verify";

    private const string Name = "verify";
    private const long Nanoseconds = 1_000_000;
    private const int GrpcPrefix = 5;

    /// <summary>The trace's id as Tempo writes it.</summary>
    public string Id => Convert.ToHexStringLower(TraceId);

    private ulong StartNanoseconds => (ulong)(Start.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;

    private long StartMicroseconds => (long)(StartNanoseconds / 1_000);

    /// <summary>A span that starts now, with random ids.</summary>
    /// <param name="time">The clock.</param>
    public static TestSpan Create(TimeProvider time) =>
        new(RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(8), time.GetUtcNow());

    /// <summary>The body of the request that sends it.</summary>
    /// <param name="format">The protocol.</param>
    public byte[] Body(SpanFormat format) =>
        format switch
        {
            SpanFormat.OtlpGrpc => Framed(Otlp()),
            SpanFormat.OtlpHttp => Otlp(),
            SpanFormat.JaegerGrpc => Framed(JaegerProtobuf()),
            SpanFormat.JaegerThrift => JaegerThrift(),
            _ => Encoding.UTF8.GetBytes(Zipkin()),
        };

    /// <summary>gRPC puts a byte that says "not compressed" and the length before a message.</summary>
    private static byte[] Framed(byte[] message)
    {
        var framed = new byte[GrpcPrefix + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, GrpcPrefix);
        return framed;
    }

    /// <summary>https://github.com/open-telemetry/opentelemetry-proto, ExportTraceServiceRequest.</summary>
    private byte[] Otlp()
    {
        var serviceName = new ProtobufWriter().Text(1, "service.name").Message(2, new ProtobufWriter().Text(1, ServiceName));
        var span = new ProtobufWriter()
            .Bytes(1, TraceId)
            .Bytes(2, SpanId)
            .Text(5, Name)
            .Varint(6, 1)
            .Fixed64(7, StartNanoseconds)
            .Fixed64(8, StartNanoseconds + Nanoseconds);
        var resourceSpans = new ProtobufWriter()
            .Message(1, new ProtobufWriter().Message(1, serviceName))
            .Message(2, new ProtobufWriter().Message(2, span));
        return new ProtobufWriter().Message(1, resourceSpans).ToArray();
    }

    /// <summary>https://github.com/jaegertracing/jaeger-idl, api_v2 PostSpansRequest.</summary>
    private byte[] JaegerProtobuf()
    {
        var start = new ProtobufWriter().Varint(1, StartNanoseconds / 1_000_000_000).Varint(2, StartNanoseconds % 1_000_000_000);
        var span = new ProtobufWriter()
            .Bytes(1, TraceId)
            .Bytes(2, SpanId)
            .Text(3, Name)
            .Message(6, start)
            .Message(7, new ProtobufWriter().Varint(2, Nanoseconds));
        var batch = new ProtobufWriter().Message(1, span).Message(2, new ProtobufWriter().Text(1, ServiceName));
        return new ProtobufWriter().Message(1, batch).ToArray();
    }

    /// <summary>https://github.com/jaegertracing/jaeger-idl, jaeger.thrift Batch.</summary>
    private byte[] JaegerThrift() =>
        new ThriftWriter()
            .Struct(1, new ThriftWriter().Text(1, ServiceName))
            .ListOf(
                2,
                new ThriftWriter()
                    .I64(1, BinaryPrimitives.ReadInt64BigEndian(TraceId.AsSpan(8)))
                    .I64(2, BinaryPrimitives.ReadInt64BigEndian(TraceId))
                    .I64(3, BinaryPrimitives.ReadInt64BigEndian(SpanId))
                    .I64(4, 0)
                    .Text(5, Name)
                    .I32(7, 1)
                    .I64(8, StartMicroseconds)
                    .I64(9, Nanoseconds / 1_000)
            )
            .ToArray();

    /// <summary>https://zipkin.io/zipkin-api, version 2.</summary>
    private string Zipkin() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$$"""[{"traceId":"{{{Id}}}","id":"{{{Convert.ToHexStringLower(SpanId)}}}","name":"{{{Name}}}","timestamp":"""
                + $$$"""{{{StartMicroseconds}}},"duration":{{{Nanoseconds / 1_000}}},"localEndpoint":"""
                + $$$"""{"serviceName":"{{{ServiceName}}}"}}]"""
        );
}
