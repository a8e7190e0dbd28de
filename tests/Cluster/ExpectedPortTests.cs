using Tempo.PostRender.Cluster.Listeners;

namespace Tempo.Helm.Tests.Cluster;

/// <summary>Which ports a pod must serve, by what it runs and by its config.</summary>
public class ExpectedPortTests
{
    private const string Receivers = """
        distributor:
          receivers:
            otlp:
              protocols:
                grpc:
                  endpoint: '[::]:14317'
                http:
            jaeger:
              protocols:
                thrift_http: {endpoint: "[::]:14268"}
                thrift_compact:
            zipkin:
        """;

    [Theory]
    [InlineData("distributor", "http:3200 grpc:9095 memberlist:7946 otlp/grpc:14317 otlp/http:4318 jaeger/thrift_http:14268 zipkin:9411")]
    [InlineData("live-store", "http:3200 grpc:9095 memberlist:7946")]
    [InlineData("query-frontend", "http:3200 grpc:9095")]
    [InlineData("backend-worker", "http:3200 grpc:9095")]
    [InlineData("all", "http:3200 grpc:9095 otlp/grpc:14317 otlp/http:4318 jaeger/thrift_http:14268 zipkin:9411")]
    public void A_component_serves_the_ports_of_its_target(string target, string expected) =>
        Assert.Equal(expected, PortsOf(target, Receivers));

    [Fact]
    public void The_config_moves_ports_and_adds_some()
    {
        const string config = """
            server: {http_listen_port: 8080, grpc_listen_port: 9096}
            internal_server: {enable: true, http_listen_port: 3101}
            memberlist: {bind_port: 7947}
            backend_worker: {ring: {kvstore: {store: memberlist}}}
            """;

        Assert.Equal("http:8080 grpc:9096 memberlist:7947 internal-http:3101", PortsOf("backend-worker", config));
    }

    /// <summary>
    /// The gossip port is open while any store that the component opens is memberlist, and memberlist is what says nothing else.
    /// </summary>
    [Theory]
    [InlineData("querier", "live_store: {ring: {kvstore: {store: etcd}}, partition_ring: {kvstore: {store: consul}}}", false)]
    [InlineData("querier", "live_store: {ring: {kvstore: {store: inmemory}}, partition_ring: {kvstore: {store: memberlist}}}", true)]
    [InlineData("querier", "live_store: {ring: {kvstore: {store: etcd}}}", true)]
    [InlineData(
        "querier",
        "live_store: {ring: {kvstore: {store: multi, multi: {primary: etcd, secondary: memberlist}}}, partition_ring: "
            + "{kvstore: {store: etcd}}}",
        true
    )]
    [InlineData(
        "querier",
        "live_store: {ring: {kvstore: {store: multi, multi: {primary: etcd, secondary: consul}}}, partition_ring: "
            + "{kvstore: {store: etcd}}}",
        false
    )]
    [InlineData("distributor", "live_store: {ring: {kvstore: {store: etcd}}, partition_ring: {kvstore: {store: etcd}}}", false)]
    [InlineData(
        "distributor",
        "live_store: {ring: {kvstore: {store: etcd}}, partition_ring: {kvstore: {store: etcd}}}\n"
            + "overrides: {defaults: {ingestion: {rate_strategy: global}}}",
        true
    )]
    [InlineData("backend-worker", "live_store: {ring: {kvstore: {store: memberlist}}}", false)]
    [InlineData("all", "live_store: {ring: {kvstore: {store: memberlist}}}", false)]
    public void The_gossip_port_follows_from_the_stores(string target, string config, bool gossips) =>
        Assert.Equal(gossips, PortsOf(target, config).Contains("memberlist:7946"));

    private static string PortsOf(string target, string config)
    {
        var container = TempoPods.Container(target, "storage: {trace: {backend: local}}\n" + config);
        return string.Join(' ', ExpectedPort.Of(container, container.Configs.Single()).Select(static port => $"{port.Name}:{port.Port}"));
    }
}
