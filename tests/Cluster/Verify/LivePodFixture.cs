using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>A Tempo pod of a test's cluster: what it is, and what it shows.</summary>
internal sealed class LivePodFixture(int number, string target, AddressFamily family)
{
    /// <summary>The targets whose processes join memberlist.</summary>
    private static readonly string[] Joining =
    [
        "distributor",
        "live-store",
        "querier",
        "block-builder",
        "metrics-generator",
        "scalable-single-binary",
    ];

    public string Target { get; } = target;

    public string Name { get; init; } = $"tempo-{target}-{number}";

    public string IPv4 { get; } = $"10.1.{number / 250}.{(number % 250) + 1}";

    public string IPv6 { get; } = $"fd00:1::{number + 1:x}";

    /// <summary>Whether its process joins memberlist.</summary>
    public bool Joins { get; set; } = Joining.Contains(target);

    /// <summary>Whether it carries the gossip label.</summary>
    public bool IsLabelled { get; set; } = Joining.Contains(target);

    public string AddressOf(AddressFamily wanted) => wanted == AddressFamily.IPv6 ? IPv6 : IPv4;

    /// <summary>The families of the pod's addresses, or null for the cluster's.</summary>
    public IReadOnlyList<AddressFamily>? Families { get; set; }

    /// <summary>The family it gossips on.</summary>
    public AddressFamily Gossip { get; set; } = family;

    /// <summary>The family it registers in its ring.</summary>
    public AddressFamily Ring { get; set; } = family;

    /// <summary>The address it registers in its ring, or null for its own.</summary>
    public string? RingAddress { get; set; }

    /// <summary>The node it runs on.</summary>
    public string Node { get; set; } = "node-a";

    /// <summary>What /ready answers.</summary>
    public (int Status, string Body) Ready { get; set; } = (200, "ready");

    /// <summary>What /status/config answers, or null for the release's config.</summary>
    public string? EffectiveConfig { get; set; }

    /// <summary>The addresses on which it listens, by port; * if a port is not listed.</summary>
    public Dictionary<int, string> ListensOn { get; } = [];

    /// <summary>What kubelet says of the container that runs Tempo.</summary>
    public string State { get; set; } = """{running: {startedAt: "2026-01-02T03:00:00Z"}}""";

    /// <summary>More entries of the pod's status and spec, as lines of YAML.</summary>
    public string MoreStatus { get; set; } = "";

    public string MoreSpec { get; set; } = "";

    public string MoreMetadata { get; set; } = "";

    /// <summary>The probes of the container that runs Tempo, as lines of YAML.</summary>
    public string Probes { get; set; } = "readinessProbe: {httpGet: {path: /ready, port: http-metrics}}";

    /// <summary>The pods that this one does not see, by name.</summary>
    public HashSet<string> DoesNotSee { get; } = [];

    public IReadOnlyList<int> Ports =>
        [
            3200,
            9095,
            .. Joins ? (int[])[7946] : [],
            .. Target is "distributor" or "all" or "scalable-single-binary" ? (int[])[4317, 4318] : [],
        ];

    /// <summary>What ss prints in its network namespace.</summary>
    public string SocketStatistics =>
        "State  Recv-Q Send-Q      Local Address:Port  Peer Address:PortProcess\n"
        + string.Concat(
            Ports
                .Where(port => ListensOn.GetValueOrDefault(port) != "")
                .Select(port =>
                    ListensOn.GetValueOrDefault(port, "*") is var address
                        ? $"LISTEN 0      4096 {address}:{port} {(address.StartsWith('[') ? "[::]" : address == "*" ? "*" : "0.0.0.0")}:*\n"
                        : ""
                )
        );
}
