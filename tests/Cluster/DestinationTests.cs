using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.Helm.Tests.Cluster;

/// <summary>What a process dials, by what it runs and by its settings.</summary>
public class DestinationTests
{
    private const string Config = """
        memberlist: {join_members: ['dns+ring.obs.svc:7946', 'dnssrv+_gossip._tcp.ring.obs.svc']}
        querier: {frontend_worker: {frontend_address: 'dns:///frontend.obs.svc:9095'}}
        backend_worker: {backend_scheduler_addr: 'scheduler.obs.svc:9095'}
        ingest: {kafka: {address: 'kafka-0:9092,[fd00::7]:9092'}}
        metrics_generator:
          storage: {remote_write: [{url: 'https://me:secret@mimir.obs.svc/api/v1/push'}, {url: 'http://prometheus:9090/write'}]}
        cache: {caches: [{memcached: {host: memcached.obs.svc, service: client}}, {redis: {endpoint: 'redis:6379'}}]}
        """;

    [Theory]
    [InlineData("distributor", "ring.obs.svc:7946 kafka-0:9092 [fd00::7]:9092")]
    [InlineData("querier", "ring.obs.svc:7946 frontend.obs.svc:9095 memcached.obs.svc:11211 redis:6379 s3.eu-west-1.amazonaws.com:443")]
    [InlineData("query-frontend", "memcached.obs.svc:11211 redis:6379 s3.eu-west-1.amazonaws.com:443")]
    [InlineData("backend-worker", "scheduler.obs.svc:9095 memcached.obs.svc:11211 redis:6379 s3.eu-west-1.amazonaws.com:443")]
    [InlineData("live-store", "ring.obs.svc:7946 kafka-0:9092 [fd00::7]:9092")]
    [InlineData("metrics-generator", "ring.obs.svc:7946 kafka-0:9092 [fd00::7]:9092 mimir.obs.svc:443 prometheus:9090")]
    public void A_component_dials_the_addresses_of_its_settings(string target, string expected) =>
        Assert.Equal(
            expected.Split(' ').Order(),
            Of(target, Config + "\nstorage: {trace: {backend: s3, s3: {endpoint: s3.eu-west-1.amazonaws.com}}}")
                .Select(static to => to.ToString())
                .Order()
        );

    /// <summary>The single binary dials itself, and no Kafka, though its settings show both.</summary>
    [Fact]
    public void A_single_binary_dials_its_storage_alone() =>
        Assert.Equal(
            ["minio:9000"],
            Of(
                    "all",
                    """
                    querier: {frontend_worker: {frontend_address: '127.0.0.1:9095'}}
                    backend_worker: {backend_scheduler_addr: '127.0.0.1:9095'}
                    ingest: {kafka: {address: 'kafka:9092'}}
                    storage: {trace: {backend: s3, s3: {endpoint: 'minio:9000', insecure: true}, gcs: {endpoint: 'https://gcs.example'}}}
                    """
                )
                .Select(static to => to.ToString())
        );

    [Theory]
    [InlineData("endpoint: s3.eu-west-1.amazonaws.com, enable_dual_stack: true", "s3.dualstack.eu-west-1.amazonaws.com:443")]
    [InlineData("endpoint: s3.dualstack.eu-west-1.amazonaws.com", "s3.eu-west-1.amazonaws.com:443")]
    [InlineData("endpoint: minio.obs.svc, insecure: true", "minio.obs.svc:80")]
    public void The_host_is_the_one_that_the_S3_client_makes_of_it(string s3, string expected) =>
        Assert.Equal(
            [expected],
            Of("querier", $"storage: {{trace: {{backend: s3, s3: {{{s3}}}}}}}")
                .Where(static to => !to.IsOwn)
                .Select(static to => to.ToString())
        );

    [Theory]
    [InlineData("'$(reboot):9095'")]
    [InlineData("'a b:9095'")]
    [InlineData("'`id`:9095'")]
    [InlineData("'${FRONTEND}:9095'")]
    public void Only_plain_hosts_are_passed_to_a_shell(string address) =>
        Assert.Empty(
            Of("querier", $"querier: {{frontend_worker: {{frontend_address: {address}}}}}\nstorage: {{trace: {{backend: local}}}}")
        );

    private static IReadOnlyList<Destination> Of(string target, string config)
    {
        var container = TempoPods.Container(target, config);
        return Destination.Of(container, container.Configs.Single());
    }
}
