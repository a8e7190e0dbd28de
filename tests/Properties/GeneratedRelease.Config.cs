using Map = Tempo.Helm.Tests.Properties.YamlText.Map;

namespace Tempo.Helm.Tests.Properties;

/// <summary>The configuration of Tempo in a generated release.</summary>
internal sealed partial class GeneratedRelease
{
    private Map TempoConfig()
    {
        var config = new Map();
        foreach (
            var ring in _isTwo
                ? (string[])["compactor", "metrics_generator", "distributor"]
                : ["live_store", "backend_worker", "metrics_generator", "distributor"]
        )
        {
            if (_random.Next(3) > 0)
            {
                config.Add(ring, Section(ring));
            }
        }

        if (_isTwo)
        {
            var lifecycler = Map.Of("ring", Map.Of("replication_factor", new YamlText.Raw("3")));
            Maybe(lifecycler, "enable_inet6", new YamlText.Raw("true"), new YamlText.Raw("false"));
            config.Add("ingester", Map.Of("lifecycler", lifecycler));
        }

        var memberlist = Map.Of("join_members", List($"dns+{_name}-gossip-ring:7946"));
        Maybe(memberlist, "bind_addr", List("::"), List("0.0.0.0"), new List<object?>(), null, List("0.0.0.0", "::"));
        config.Add("memberlist", memberlist);
        var server = Map.Of("http_listen_port", new YamlText.Raw("3200"));
        Maybe(server, "http_listen_address", "::", "::0", "0.0.0.0", "[::0]", "");
        Maybe(server, "grpc_listen_address", "::0", "0.0.0.0");
        config.Add("server", server);
        config.Add("storage", Map.Of("trace", Map.Of("backend", "s3")));
        if (_random.Next(4) == 0)
        {
            config.Add("overrides", Map.Of("defaults", Map.Of("ingestion", Map.Of("rate_strategy", "global"))));
        }

        return Shuffle(config);
    }

    private Map Section(string name)
    {
        var ring = Map.Of("kvstore", Map.Of("store", "memberlist"));
        Maybe(ring, "enable_inet6", new YamlText.Raw("true"), new YamlText.Raw("false"));
        var section = Map.Of("ring", Pick<object?>(ring, ring, null));
        if (name == "live_store")
        {
            section.Add(
                "partition_ring",
                _random.Next(4) == 0 ? Map.Of("enable_inet6", new YamlText.Raw("true")) : Map.Of("delete_inactive_partition_after", "1h")
            );
        }

        if (name == "distributor")
        {
            var grpc = new Map();
            Maybe(grpc, "endpoint", "0.0.0.0:4317", "[::]:4317", ":4317", "localhost:4317", "");
            section.Add(
                "receivers",
                new Map
                {
                    {
                        "otlp",
                        new Map
                        {
                            {
                                "protocols",
                                new Map { { "grpc", grpc.Count == 0 ? null : grpc }, { "http", null } }
                            },
                        }
                    },
                }
            );
        }

        return section;
    }
}
