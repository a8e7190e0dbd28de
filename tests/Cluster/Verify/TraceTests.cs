using System.Text.Json;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary><c>verify --trace</c>: a span through every way in, and back out by the query-frontend.</summary>
public class TraceTests
{
    private const string Refused = "result 000 0.000000\n";

    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task A_healthy_release_takes_and_returns_every_span(AddressFamily family)
    {
        var release = Release(family);
        await using var server = await release.StartAsync();

        var run = await VerifyRunner.RunAsync(server, "--trace", "--verbose");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("holds TPF210 obs/tempo: ", run.Output);
        Assert.Contains("holds TPF211 obs/tempo: ", run.Output);
        foreach (
            var (receiver, to) in (IEnumerable<(string, string)>)
                [
                    ("otlp/grpc", "tempo-distributor.obs.svc:4317"),
                    ("otlp/http", "tempo-distributor.obs.svc:4318"),
                    ("otlp/http", "tempo-gateway.obs.svc:8080"),
                ]
        )
        {
            Assert.Matches($"(?m)^{receiver} +{to} +yes +after 2 s$", run.Output);
        }

        Assert.EndsWith("0 errors, 0 warnings; 3 of 3 spans read back\n", run.Output);
        // Not from a pod that takes the spans or answers the queries, and over one family alone.
        var command = LiveRelease.LastCommand(server, "tempo-backend-scheduler-7");
        Assert.Equal([family == AddressFamily.IPv6 ? "6" : "4", "", "1"], command[4..7]);
        Assert.Equal("http://tempo-query-frontend-discovery.obs.svc:3200/api/traces/", command[7]);
        Assert.Single(LiveRelease.DebugContainers(server, "tempo-distributor-0"));
    }

    /// <summary>The only pod takes the spans and answers the queries: it sends them too.</summary>
    [Theory]
    [InlineData(AddressFamily.IPv6)]
    [InlineData(AddressFamily.IPv4)]
    public async Task A_single_binary_sends_to_itself(AddressFamily family)
    {
        await using var server = await LiveShapes.SingleBinary(family, "inmemory", 1, family).StartAsync();

        var run = await VerifyRunner.RunAsync(server, "--trace");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        // No Service leads to its receivers.
        Assert.Matches(
            $@"(?m)^otlp/grpc +{(family == AddressFamily.IPv6 ? @"\[fd00:1::1\]" : @"10\.1\.0\.1")}:4317 +yes +after 2 s$",
            run.Output
        );
        Assert.Equal("http://tempo.obs.svc:3200/api/traces/", LiveRelease.LastCommand(server, "tempo-all-0")[7]);
    }

    [Fact]
    public async Task Without_the_option_no_span_is_sent()
    {
        await using var server = await Release(AddressFamily.IPv6).StartAsync();

        var run = await VerifyRunner.RunAsync(server, "--reachability", "--verbose");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("TPF210", run.Output);
        Assert.DoesNotContain("RECEIVER", run.Output);
    }

    [Theory]
    [InlineData(6, "the name has no {0} record", "Add {1} to the families of the Service.")]
    [InlineData(
        7,
        "the connection is refused, or there is no route",
        "Set the listen address of the server that tempo-distributor.obs.svc:4318 leads to: {2}. Check its endpoints."
    )]
    [InlineData(28, "there is no answer within 3 seconds", "Look for a NetworkPolicy or a firewall without a rule for {1}.")]
    public async Task A_receiver_that_cannot_be_reached_is_reported_with_the_reason(int exitCode, string reason, string remedy)
    {
        foreach (var family in (AddressFamily[])[AddressFamily.IPv6, AddressFamily.IPv4])
        {
            var release = Release(family);
            release.Network.Takes = url => url.Contains("tempo-distributor.obs.svc:4318") ? (exitCode, Refused) : null;
            await using var server = await release.StartAsync();

            var run = await VerifyRunner.RunAsync(server, "--trace");

            Assert.Equal(2, run.ExitCode);
            object[] words = [family == AddressFamily.IPv6 ? "AAAA" : "A", family, family.WildcardHost()];
            Assert.Equal(
                $"error TPF210 Service/obs/tempo-distributor port 4318 (otlp/http): does not accept a span over {family} from "
                    + "tempo-backend-scheduler-7: "
                    + $"{string.Format(null, reason, words)}; clients that send to tempo-distributor.obs.svc:4318 over "
                    + $"{family} fail, too. {string.Format(null, remedy, words)} (live)",
                Assert.Single(run.Findings("TPF210"))
            );
            Assert.Matches(@"(?m)^otlp/http +tempo-distributor\.obs\.svc:4318 +no +-$", run.Output);
            Assert.Empty(run.Findings("TPF211"));
        }
    }

    [Theory]
    [InlineData("tempo-distributor.obs.svc:4318", 0, "result 503 0.001\n", "error", "it answers with the HTTP status 503")]
    [InlineData(
        "tempo-distributor.obs.svc:4317",
        0,
        "grpc-status: 14\ngrpc-message: DoBatch%3A InstancesCount <= 0\nresult 200 0.001\n",
        "error",
        "it answers with the gRPC status 14 (DoBatch: InstancesCount <= 0)"
    )]
    [InlineData("tempo-distributor.obs.svc:4317", 35, "result 000 0.001\n", "error", "the TLS handshake fails")]
    [InlineData("tempo-distributor.obs.svc:4317", 52, "result 000 0.001\n", "error", "it closes the connection without an answer")]
    [InlineData(
        "tempo-distributor.obs.svc:4317",
        28,
        "result 000 0.001\n",
        "error",
        "it accepts the connection, but does not answer within 8 seconds"
    )]
    [InlineData("tempo-distributor.obs.svc:4317", 2, "", "warning", "curl of the debug image cannot send it")]
    [InlineData("tempo-gateway.obs.svc:8080", 0, "result 401 0.001\n", "warning", "it answers with the HTTP status 401")]
    public async Task The_answer_of_a_server_is_reported(string to, int exitCode, string summary, string level, string said)
    {
        var release = Release(AddressFamily.IPv6);
        release.Network.Takes = url => url.Contains(to) ? (exitCode, summary) : null;

        var run = await release.VerifyAsync("--trace");

        Assert.Equal(level == "error" ? 2 : 0, run.ExitCode);
        var finding = Assert.Single(run.Findings("TPF210"));
        Assert.StartsWith($"{level} TPF210 Service/obs/{to.Split('.')[0]} port ", finding);
        Assert.Contains(said, finding);
    }

    [Fact]
    public async Task Spans_that_are_accepted_but_not_found_are_an_error_of_the_query_path()
    {
        var release = Release(AddressFamily.IPv6);
        release.Network.Returns = static (sent, _) => sent.EndsWith("/Export") ? (0, "result 404 0.001\n") : null;

        var run = await release.VerifyAsync("--trace");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            "error TPF211 Service/obs/tempo-query-frontend-discovery port 3200 (query-frontend): does not return 1 of 3 of the spans "
                + "within 30 seconds to tempo-backend-scheduler-7 over IPv6: it answers with the HTTP status 404 (sent to otlp/grpc); "
                + "traces are accepted, but queries do not find them. Check the logs of the live-stores (2.x: ingesters) and queriers, "
                + "Kafka, and the rings that verify shows. (live)",
            Assert.Single(run.Findings("TPF211"))
        );
    }

    [Fact]
    public async Task A_query_frontend_that_cannot_be_reached_is_not_reported_as_lost_spans()
    {
        var release = Release(AddressFamily.IPv6);
        release.Network.Returns = static (_, _) => (28, Refused);

        var run = await release.VerifyAsync("--trace");

        Assert.Equal(2, run.ExitCode);
        var finding = Assert.Single(run.Findings("TPF211"));
        Assert.Contains("does not return any of the spans", finding);
        Assert.Contains("there is no answer within 3 seconds", finding);
        Assert.EndsWith("Look for a NetworkPolicy or a firewall without a rule for IPv6. (live)", finding);
    }

    [Fact]
    public async Task A_release_with_tenants_needs_one()
    {
        var release = Release(AddressFamily.IPv6);
        release.Config += "\nmultitenancy_enabled: true";
        await using var server = await release.StartAsync();

        var without = await VerifyRunner.RunAsync(server, "--trace");
        var with = await VerifyRunner.RunAsync(server, "--trace", "--tenant", "team-a");

        Assert.Contains(
            "no span was sent: multitenancy_enabled is true, and no tenant is given",
            Assert.Single(without.Findings("TPF210"))
        );
        Assert.DoesNotContain("RECEIVER", without.Output);
        Assert.Equal(0, with.ExitCode);
        Assert.Equal("team-a", LiveRelease.LastCommand(server, "tempo-backend-scheduler-7")[5]);
    }

    [Theory]
    [InlineData("--reachability", "--no-debug-container", "--reachability connects from debug containers, and --no-debug-container adds")]
    [InlineData("--trace", "--no-debug-container", "--trace sends from debug containers, and --no-debug-container adds none")]
    [InlineData("--tenant", "team-a", "--tenant is for the spans of --trace")]
    [InlineData("--trace", "--tenant=a b", "--tenant is at most 150 letters")]
    public async Task Options_that_contradict_each_other_are_refused(string first, string second, string said)
    {
        var run = await Release(AddressFamily.IPv6).VerifyAsync(first, second);

        Assert.Equal((64, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Error);
    }

    [Fact]
    public async Task No_span_is_sent_to_a_receiver_that_requires_client_certificates()
    {
        var release = Release(AddressFamily.IPv6);
        release.Config = release.Config.Replace(
            "endpoint: '[::]:4317'",
            "endpoint: '[::]:4317', tls: {cert_file: /tls/crt, key_file: /tls/key, client_ca_file: /tls/ca}"
        );

        var run = await release.VerifyAsync("--trace");

        Assert.Equal(0, run.ExitCode);
        run.AssertOneFinding(
            "warning TPF210 Pod/obs/tempo-distributor-0 port 4317 (otlp/grpc): no span was sent to this receiver: it "
                + "asks for a client certificate"
        );
        Assert.DoesNotContain("tempo-distributor.obs.svc:4317", run.Output);
    }

    [Fact]
    public async Task TLS_of_the_receiver_and_of_the_server_is_used()
    {
        var release = Release(AddressFamily.IPv6);
        release.Config = release
            .Config.Replace("endpoint: '[::]:4318'", "endpoint: '[::]:4318', tls: {cert_file: /tls/crt, key_file: /tls/key}")
            .Replace("grpc_listen_port: 9095", "grpc_listen_port: 9095\n  http_tls_config: {cert_file: /tls/crt, key_file: /tls/key}");
        await using var server = await release.StartAsync();

        await VerifyRunner.RunAsync(server, "--trace");

        var command = LiveRelease.LastCommand(server, "tempo-backend-scheduler-7");
        Assert.Contains("https://tempo-distributor.obs.svc:4318/v1/traces", command);
        Assert.Contains("http://tempo-distributor.obs.svc:4317/opentelemetry.proto.collector.trace.v1.TraceService/Export", command);
        Assert.Contains("https://tempo-query-frontend-discovery.obs.svc:3200/api/traces/", command);
    }

    [Fact]
    public async Task An_image_without_curl_is_a_warning()
    {
        var release = Release(AddressFamily.IPv6);
        release.Network.TraceOutput = "== no curl\n== end\n";

        var run = await release.VerifyAsync("--trace");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("could not send a span: the debug image has no curl", Assert.Single(run.Findings("TPF210")));
    }

    [Fact]
    public async Task The_report_as_JSON_has_every_span()
    {
        var release = Release(AddressFamily.IPv6);
        release.Network.Takes = static url => url.Contains(":4317") ? (0, "grpc-status: 14\nresult 200 0.001\n") : null;

        var run = await release.VerifyAsync("--trace", "--format", "json");

        await SchemaAssert.MatchesAsync(run.Output, "verify.schema.json");
        using var json = JsonDocument.Parse(run.Output);
        var spans = json.RootElement.GetProperty("releases")[0].GetProperty("trace").GetProperty("spans").EnumerateArray().ToList();
        Assert.Equal(
            [("otlp/grpc", false, 14), ("otlp/http", true, -1), ("otlp/http", true, -1)],
            spans.Select(static span =>
                (
                    span.GetProperty("receiver").GetString(),
                    span.GetProperty("taken").GetBoolean(),
                    span.GetProperty("grpcStatus").ValueKind == JsonValueKind.Null ? -1 : span.GetProperty("grpcStatus").GetInt32()
                )
            )
        );
    }

    private static LiveRelease Release(AddressFamily family)
    {
        var release = new LiveRelease(family, family.Other(), family) { ReceiverPorts = [4317, 4318] };
        release.Others.Add(LiveOther.Gateway());
        return release;
    }
}
