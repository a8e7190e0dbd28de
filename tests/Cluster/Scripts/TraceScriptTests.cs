using System.Net;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Cluster.Traces;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Tempo;

namespace Tempo.Helm.Tests.Cluster.Scripts;

/// <summary>What is run in the cluster to send spans, in a shell of this machine and against servers of the test's own.</summary>
public class TraceScriptTests
{
    public static TheoryData<bool> Shells => Shell.HasBusybox ? [false, true] : [false];

    [TheoryWithCurl]
    [MemberData(nameof(Shells))]
    public async Task A_span_in_every_protocol_is_taken_and_read_back(bool isBusybox)
    {
        await using var http = await FakeTempo.StartAsync(IPAddress.IPv6Loopback);
        await using var grpc = await FakeTempo.StartAsync(IPAddress.IPv6Loopback, isHttp2: true);
        var sends = Sends(
            [
                Send(SpanFormat.OtlpHttp, http.Port),
                Send(SpanFormat.Zipkin, http.Port),
                Send(SpanFormat.JaegerThrift, http.Port),
                Send(SpanFormat.OtlpGrpc, grpc.Port),
                Send(SpanFormat.JaegerGrpc, grpc.Port),
            ],
            http,
            grpc
        );

        var output = await RunAsync(sends, tenant: null, isBusybox, Read(http.Port), Read(grpc.Port), Read(http.Port, "/nowhere/"));

        Assert.All(sends, send => Assert.Equal((0, 200), (output.Sent[send.Span.Id].ExitCode, output.Sent[send.Span.Id].Status)));
        Assert.All(sends, send => Assert.True(output.Sent[send.Span.Id].IsConnected));
        Assert.Equal([null, null, null, 0, 0], sends.Select(send => output.Sent[send.Span.Id].GrpcStatus));
        // What gRPC took is not in the other server, and is looked for until the time is over.
        Assert.Equal([true, true, true, false, false], sends.Select(send => output.ReadAfter.ContainsKey(send.Span.Id)));
        Assert.Equal([404, 404], sends.Skip(3).Select(send => output.LastRead[send.Span.Id].Status));
        Assert.Equal([false, false], output.OtherReads.Values.Select(static read => read.IsFound));
    }

    [TheoryWithCurl]
    [MemberData(nameof(Shells))]
    public async Task A_refused_span_is_reported_with_the_message_of_the_server_and_not_read_back(bool isBusybox)
    {
        await using var http = await FakeTempo.StartAsync(IPAddress.IPv6Loopback);
        await using var grpc = await FakeTempo.StartAsync(IPAddress.IPv6Loopback, isHttp2: true);
        http.Refusal = 503;
        grpc.GrpcStatus = 14;
        var sends = Sends([Send(SpanFormat.OtlpHttp, http.Port), Send(SpanFormat.OtlpGrpc, grpc.Port)], http, grpc);

        var output = await RunAsync(sends, tenant: null, isBusybox, Read(http.Port));

        Assert.Equal(503, output.Sent[sends[0].Span.Id].Status);
        Assert.Equal((14, "no live store"), (output.Sent[sends[1].Span.Id].GrpcStatus, output.Sent[sends[1].Span.Id].GrpcMessage));
        Assert.Empty(output.ReadAfter);
        Assert.Empty(output.LastRead);
        Assert.DoesNotContain(http.Paths, static path => path.StartsWith("/api/traces/"));
    }

    [FactWithCurl]
    public async Task Every_request_has_the_tenant()
    {
        await using var http = await FakeTempo.StartAsync(IPAddress.IPv6Loopback);
        http.Tenant = "team-a";
        var sends = Sends([Send(SpanFormat.OtlpHttp, http.Port)], http);

        var without = await RunAsync(sends, tenant: null, isBusybox: false, Read(http.Port));
        var with = await RunAsync(sends, "team-a", isBusybox: false, Read(http.Port));

        Assert.Equal(401, without.Sent[sends[0].Span.Id].Status);
        Assert.Equal(200, with.Sent[sends[0].Span.Id].Status);
        Assert.True(with.ReadAfter.ContainsKey(sends[0].Span.Id));
    }

    [FactWithCurl]
    public async Task TLS_is_spoken_where_the_receiver_has_it()
    {
        using var certificate = new TestCertificates().Server("::1");
        await using var http = await FakeTempo.StartAsync(IPAddress.IPv6Loopback, certificate: certificate);
        await using var grpc = await FakeTempo.StartAsync(IPAddress.IPv6Loopback, isHttp2: true, certificate);
        var sends = Sends(
            [
                Send(SpanFormat.OtlpHttp, http.Port, isTls: true),
                Send(SpanFormat.OtlpGrpc, grpc.Port, isTls: true),
                Send(SpanFormat.OtlpHttp, http.Port),
            ],
            http,
            grpc
        );

        var output = await RunAsync(sends, tenant: null, isBusybox: false);

        Assert.Equal(200, output.Sent[sends[0].Span.Id].Status);
        Assert.Equal(0, output.Sent[sends[1].Span.Id].GrpcStatus);
        Assert.NotEqual(0, output.Sent[sends[2].Span.Id].ExitCode);
        Assert.True(output.Sent[sends[2].Span.Id].IsConnected);
    }

    [FactWithCurl]
    public async Task Failed_connections_have_curls_exit_codes()
    {
        var sends = Sends([Send(SpanFormat.OtlpHttp, 1), Send(SpanFormat.OtlpHttp, 80, host: "no-such-host.invalid")]);

        var output = await RunAsync(sends, tenant: null, isBusybox: false, Read(1));

        Assert.Equal([7, 6], sends.Select(send => output.Sent[send.Span.Id].ExitCode));
        Assert.All(sends, send => Assert.Null(output.Sent[send.Span.Id].Status));
        Assert.All(sends, send => Assert.False(output.Sent[send.Span.Id].IsConnected));
    }

    [Fact]
    public void An_image_without_curl_is_named() =>
        Assert.Equal("the debug image has no curl", Assert.Throws<PodException>(() => TraceScript.Parse("== no curl\n== end\n")).Message);

    [Theory]
    [InlineData("")]
    [InlineData("== trace\nsent 00 yes 0 ")]
    [InlineData("== trace\nsent 00 yes 0\n== end")]
    [InlineData("== trace\nsent 00 yes 0 !!\n== end")]
    [InlineData("== trace\nread 00 soon\n== end")]
    [InlineData("sh: not found\n== end")]
    public void Any_other_output_is_refused(string output) => Assert.Throws<UnreadableException>(() => TraceScript.Parse(output));

    private static TraceRoute Send(SpanFormat format, int port, bool isTls = false, string host = "::1") =>
        new(
            new OpenReceiver
            {
                Name = format.Type,
                Kind = TempoReceiver.Known[0],
                Port = port,
                IsTls = isTls,
                NeedsCertificate = false,
            },
            format,
            Read(port, format.Path) with
            {
                Host = host,
                IsTls = isTls,
            }
        );

    private static Route Read(int port, string path = "/api/traces/") =>
        new()
        {
            Through = new Place { Object = "Service/obs/tempo", Path = "" },
            Host = "::1",
            Port = port,
            Path = path,
        };

    private static List<(TestSpan Span, TraceRoute Route)> Sends(IReadOnlyList<TraceRoute> routes, params FakeTempo[] servers)
    {
        var sends = routes.Select(static route => (TestSpan.Create(), route)).ToList();
        Array.ForEach(servers, server => server.Spans.AddRange(sends.Select(static send => send.Item1)));
        return sends;
    }

    private static async Task<TraceOutput> RunAsync(
        IReadOnlyList<(TestSpan, TraceRoute)> sends,
        string? tenant,
        bool isBusybox,
        params IReadOnlyList<Route> reads
    ) => TraceScript.Parse(await Shell.RunAsync(TraceScript.Command(AddressFamily.IPv6, tenant, reads, sends), isBusybox));
}
