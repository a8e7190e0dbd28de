using System.Globalization;
using System.Text.RegularExpressions;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Reachability;

/// <summary>An address that a Tempo process dials.</summary>
/// <param name="Host">A name, or a literal without brackets.</param>
/// <param name="StatedBy">What says so: a setting, or the pod that is a peer.</param>
/// <param name="IsOwn">
/// Whether it belongs to the release (a component, a member, a cache), which has one family; else it comes from elsewhere.
/// </param>
internal sealed partial record Destination(string Host, int Port, string StatedBy, bool IsOwn)
{
    private const string S3 = "storage.trace.s3.endpoint";
    private const string DualStack = "Set storage.trace.s3.enable_dual_stack to true";

    private static readonly string[] KafkaClients = ["distributor", "live-store", "block-builder", "metrics-generator"];

    /// <summary>The components that open the object storage and its caches (read in the modules of 2.10.8 and 3.x).</summary>
    private static readonly HashSet<string> Storage =
    [
        "querier",
        "query-frontend",
        "block-builder",
        "backend-scheduler",
        "backend-worker",
        "ingester",
        "compactor",
    ];

    /// <summary>What it requires if it is a Kafka, else null.</summary>
    public KafkaSecurity? Kafka { get; init; }

    /// <summary>Whether a broker of Kafka advertises it, and no setting names it.</summary>
    public bool IsAdvertised { get; init; }

    /// <summary>What to do if it has no address of the family; null for the general advice.</summary>
    public string? Remedy { get; init; }

    /// <summary>Whether a host may be handed to a shell as an argument.</summary>
    public static bool IsSafe(string host) => Safe().IsMatch(host);

    /// <summary>
    /// What a process dials by its settings. Loopback, variables, and names that are looked up as SRV records are left out.
    /// </summary>
    public static IReadOnlyList<Destination> Of(TempoContainer container, TempoConfig config) =>
        [
            .. (
                from value in config.Peers
                let peer = value.Peer
                where peer.Versions.Contains(container.Version) && Dials(container, config, peer.Pattern.Split('.'))
                from text in value.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                let address = PeerAddress.Parse(text)
                where
                    address.Endpoint.Host.Kind is HostKind.Literal or HostKind.Name
                    && IsSafe(address.Endpoint.Host.Text)
                    && !address.Prefix.Contains("srv", StringComparison.Ordinal)
                let port = PortOf(address, DefaultPortOf(peer, config))
                where port is not null
                select new Destination(HostOf(address, peer, config), port.Value, value.Path.ToString(), peer.Kind != PeerKind.Outside)
                {
                    Kafka = KafkaBrokers.SecurityOf(peer, value.Path, config),
                    Remedy = peer.Pattern == S3 && AmazonS3().IsMatch(address.Endpoint.Host.Text) ? DualStack : null,
                }
            ).Distinct(),
        ];

    /// <summary>Whether a process opens the object storage.</summary>
    public static bool OpensStorage(TempoContainer container) => container.Components.Any(Storage.Contains);

    /// <inheritdoc/>
    public override string ToString() => Endpoint.Join(Host, Port.ToString(CultureInfo.InvariantCulture));

    private static bool Dials(TempoContainer container, TempoConfig config, string[] setting)
    {
        bool Runs(params IEnumerable<string> components) => components.Any(container.Components.Contains);
        return setting switch
        {
            ["memberlist", ..] => container.JoinsMemberlist,
            ["querier", ..] => Runs("querier"),
            ["backend_worker", "backend_scheduler_addr"] => Runs("backend-worker"),
            ["distributor", "receivers" or "forwarders[]", ..] => Runs("distributor"),
            ["metrics_generator", "storage", ..] => Runs("metrics-generator"),
            ["ingest", ..] => !container.Targets.Any(TempoTarget.IsSingleBinary)
                && Runs(KafkaClients)
                && config.Boolean(NodePath.Of("ingest", "enabled")) != false,
            ["cache", ..] or ["storage", "trace", "memcached" or "redis", ..] => OpensStorage(container),
            ["storage", "trace", var backend, ..] => OpensStorage(container)
                && config.Text(NodePath.Of("storage", "trace", "backend")) == backend
                && backend is "s3" or "gcs",
            _ => false,
        };
    }

    /// <summary>The port of an address: as stated, or that of its scheme.</summary>
    /// <param name="otherwise">The port of an address with neither, or null if it is unknown.</param>
    public static int? PortOf(PeerAddress address, int? otherwise) =>
        address.Endpoint.Port is { } stated ? PortNumber.Parse(stated)
        : address.Prefix.StartsWith("https://", StringComparison.Ordinal) ? 443
        : address.Prefix.StartsWith("http://", StringComparison.Ordinal) ? 80
        : otherwise;

    private static int? DefaultPortOf(TempoPeer peer, TempoConfig config) =>
        peer.Kind == PeerKind.GossipRing ? TempoPort.Memberlist.Default
        : peer.Pattern.Contains(".memcached.", StringComparison.Ordinal) ? 11_211
        : peer.Pattern.Contains(".redis.", StringComparison.Ordinal) ? 6_379
        : peer.Pattern != S3 ? null
        : config.IsTrue(NodePath.Of("storage", "trace", "s3", "insecure")) ? 80
        : 443;

    /// <summary>
    /// The S3 client replaces Amazon's names by its own, which have AAAA records only where the dual-stack ones are asked for.
    /// </summary>
    private static string HostOf(PeerAddress address, TempoPeer peer, TempoConfig config)
    {
        var host = address.Endpoint.Host.Text;
        var amazon = peer.Pattern == S3 ? AmazonS3().Match(host) : Match.Empty;
        var kind = config.IsTrue(NodePath.Of("storage", "trace", "s3", "enable_dual_stack")) ? "dualstack." : "";
        return amazon.Success ? $"s3.{kind}{amazon.Groups["region"].Value}.amazonaws.com" : host;
    }

    /// <summary>Nothing else is handed to a shell, not even as an argument.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_.:-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Safe();

    [GeneratedRegex(@"^s3[.-](dualstack\.)?(?<region>[a-z0-9-]+)\.amazonaws\.com$", RegexOptions.CultureInvariant)]
    private static partial Regex AmazonS3();
}
