using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>Releases of other shapes than microservices on memberlist, each healthy and as the real one answers.</summary>
internal static class LiveShapes
{
    /// <summary>
    /// Single binaries of 3.0.3: whatever the file says, the process keeps its rings in memory, registers 127.0.0.1 there and
    /// dials itself, in either family.
    /// </summary>
    /// <param name="family">The family of the release.</param>
    /// <param name="workerStore">The store of the backend-worker's ring that the process shows.</param>
    /// <param name="count">How many pods.</param>
    /// <param name="cluster">The families of the cluster, the primary first.</param>
    public static LiveRelease SingleBinary(AddressFamily family, string workerStore, int count, params IReadOnlyList<AddressFamily> cluster)
    {
        var release = new LiveRelease(family, cluster) { Ring = ("live-store", ["all"], ["all"]) };
        release.Config = $$$"""
            server: {http_listen_address: '{{{family.Wildcard()}}}', grpc_listen_address: '{{{family.Wildcard()}}}'}
            distributor: {{{Receivers(family)}}}
            live_store: {ring: {enable_inet6: {{{Flag(family)}}} }}
            metrics_generator: {ring: {enable_inet6: {{{Flag(family)}}} }}
            storage: {trace: {backend: local}}
            """;
        var effective = $$$"""
            target: all
            server:
              http_listen_network: tcp
              http_listen_address: '{{{family.Wildcard()}}}'
              http_listen_port: 3200
              grpc_listen_network: tcp
              grpc_listen_address: '{{{family.Wildcard()}}}'
              grpc_listen_port: 9095
            internal_server: {http_listen_address: '', http_listen_port: 3101, enable: false}
            distributor:
              ring: {kvstore: {store: inmemory}, instance_addr: 127.0.0.1, enable_inet6: false}
              receivers: {{{Otlp(family)}}}
            querier: {frontend_worker: {frontend_address: '127.0.0.1:9095'}}
            metrics_generator: {ring: {kvstore: {store: inmemory}, instance_addr: 127.0.0.1, enable_inet6: {{{Flag(family)}}} }}
            live_store:
              ring: {kvstore: {store: inmemory}, instance_addr: 127.0.0.1, instance_port: 0, enable_inet6: {{{Flag(family)}}}}
              partition_ring: {kvstore: {store: inmemory}}
            backend_worker:
              backend_scheduler_addr: '127.0.0.1:9095'
              ring: {kvstore: {store: '{{{workerStore}}}'}, instance_addr: 127.0.0.1, enable_inet6: false}
            ingest: {kafka: {address: 'localhost:9092'}}
            memberlist: {bind_addr: [], bind_port: 7946, advertise_addr: '', join_members: []}
            storage: {trace: {backend: local}}
            """;
        release.Pods.Clear();
        release.Pods.AddRange(
            Enumerable
                .Range(0, count)
                .Select(number => new LivePodFixture(number, "all", family) { EffectiveConfig = effective, RingAddress = "127.0.0.1" })
        );
        return release;
    }

    /// <summary>2.x as several equal processes that gossip.</summary>
    /// <param name="family">The family of the release.</param>
    public static LiveRelease ScalableSingleBinary(AddressFamily family)
    {
        var release = new LiveRelease(family)
        {
            Image = "docker.io/grafana/tempo:2.8.1",
            Ring = ("ingester", ["scalable-single-binary"], ["scalable-single-binary"]),
        };
        release.Config = $$$"""
            server: {http_listen_address: '{{{family.Wildcard()}}}', grpc_listen_address: '{{{family.Wildcard()}}}', http_listen_port: 3200}
            memberlist: {bind_addr: ['{{{family.Wildcard()}}}'], join_members: ['dns+tempo-gossip-ring.obs.svc:7946']}
            distributor: {{{Receivers(family)}}}
            compactor: {ring: {enable_inet6: {{{Flag(family)}}} }}
            ingester: {lifecycler: {enable_inet6: {{{Flag(family)}}} }}
            metrics_generator: {ring: {enable_inet6: {{{Flag(family)}}} }}
            storage: {trace: {backend: s3}}
            """;
        release.Pods.Clear();
        release.Pods.AddRange(Enumerable.Range(0, 3).Select(number => new LivePodFixture(number, "scalable-single-binary", family)));
        return release;
    }

    /// <summary>
    /// Microservices whose rings are all in etcd: nobody opens the gossip port, and nobody needs a gossip Service or label.
    /// </summary>
    /// <param name="family">The family of the release.</param>
    public static LiveRelease OnEtcd(AddressFamily family)
    {
        var release = new LiveRelease(family);
        var etcd = $"{{store: etcd, etcd: {{endpoints: ['etcd.obs.svc:2379']}}}}";
        release.Config = string.Join(
                '\n',
                release.Config.Split('\n').Where(static line => !line.Contains("bind_addr") && !line.Contains("join_members"))
            )
            .Replace(
                $"live_store:\n  ring: {{enable_inet6: {Flag(family)}}}",
                $"live_store:\n  ring: {{enable_inet6: {Flag(family)}, kvstore: {etcd}}}\n  partition_ring: {{kvstore: {etcd}}}"
            );
        release.Pods.ForEach(static pod => (pod.Joins, pod.IsLabelled) = (false, false));
        return release;
    }

    private static string Receivers(AddressFamily family) => $"{{receivers: {Otlp(family)}}}";

    private static string Otlp(AddressFamily family) =>
        $"{{otlp: {{protocols: {{grpc: {{endpoint: '{family.WildcardHost()}:4317'}}, "
        + $"http: {{endpoint: '{family.WildcardHost()}:4318'}}}}}}}}";

    private static string Flag(AddressFamily family) => family == AddressFamily.IPv6 ? "true" : "false";
}
