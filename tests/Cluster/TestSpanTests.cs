using Tempo.PostRender.Cluster.Traces;

namespace Tempo.Helm.Tests.Cluster;

/// <summary>
/// The bytes of a test span, as protoc and thrift write it from the definitions of OpenTelemetry and Jaeger.
/// </summary>
public class TestSpanTests
{
    private static readonly TestSpan Span = new(
        Convert.FromHexString("000102030405060708090a0b0c0d0e0f"),
        Convert.FromHexString("f0f1f2f3f4f5f6f7"),
        DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000).AddMilliseconds(123)
    );

    private static readonly Dictionary<string, SpanFormat> Formats = new()
    {
        [nameof(SpanFormat.OtlpGrpc)] = SpanFormat.OtlpGrpc,
        [nameof(SpanFormat.OtlpHttp)] = SpanFormat.OtlpHttp,
        [nameof(SpanFormat.JaegerGrpc)] = SpanFormat.JaegerGrpc,
        [nameof(SpanFormat.JaegerThrift)] = SpanFormat.JaegerThrift,
    };

    [Theory]
    [InlineData(
        nameof(SpanFormat.OtlpHttp),
        "0a690a2b0a290a0c736572766963652e6e616d6512190a1774656d706f2d706f737472656e6465722d766572696679123a12"
            + "380a10000102030405060708090a0b0c0d0e0f1208f0f1f2f3f4f5f6f72a06766572696679300139c0d47e3dfe9c97174100"
            + "178e3dfe9c9717"
    )]
    [InlineData(
        nameof(SpanFormat.OtlpGrpc),
        "000000006b0a690a2b0a290a0c736572766963652e6e616d6512190a1774656d706f2d706f737472656e6465722d76657269"
            + "6679123a12380a10000102030405060708090a0b0c0d0e0f1208f0f1f2f3f4f5f6f72a06766572696679300139c0d47e3dfe"
            + "9c97174100178e3dfe9c9717"
    )]
    [InlineData(
        nameof(SpanFormat.JaegerGrpc),
        "00000000560a540a370a10000102030405060708090a0b0c0d0e0f1208f0f1f2f3f4f5f6f71a06766572696679320b0880e2"
            + "cfaa0610c0a9d33a3a0410c0843d12190a1774656d706f2d706f737472656e6465722d766572696679"
    )]
    [InlineData(
        nameof(SpanFormat.JaegerThrift),
        "0c00010b00010000001774656d706f2d706f737472656e6465722d766572696679000f00020c000000010a000108090a0b0c"
            + "0d0e0f0a000200010203040506070a0003f0f1f2f3f4f5f6f70a000400000000000000000b00050000000676657269667908"
            + "0007000000010a000800060a24182020780a000900000000000003e80000"
    )]
    public void A_span_is_encoded_in_the_protocol(string format, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(Formats[format].Body(Span)));

    [Fact]
    public void Zipkin_gets_JSON() =>
        Assert.Equal(
            """[{"traceId":"000102030405060708090a0b0c0d0e0f","id":"f0f1f2f3f4f5f6f7","name":"verify","timestamp":1700000000123000,"""
                + "\"duration\":1000,\"localEndpoint\":{\"serviceName\":\"tempo-postrender-verify\"}}]",
            System.Text.Encoding.UTF8.GetString(SpanFormat.Zipkin.Body(Span))
        );

    [Fact]
    public void Every_span_has_ids_of_its_own()
    {
        var (first, second) = (TestSpan.Create(), TestSpan.Create());

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(32, first.Id.Length);
    }
}
