using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Rules;

/// <summary>TPF018: Amazon S3 is reached over IPv6.</summary>
internal sealed class ObjectStorageRule : ConfigRule
{
    private const string Amazon = ".amazonaws.com";
    private const string AmazonChina = ".amazonaws.com.cn";

    /// <summary>Names that the S3 client leaves as they are, or that have no dual-stack form.</summary>
    private static readonly string[] Special = ["s3-fips", "s3express", "s3-outposts", "s3-accelerate", "s3-external-1"];

    public override RuleDescription Description { get; } = new()
    {
        Id = RuleIds.ObjectStorage,
        Name = "object-storage",
        Requirement = "In an IPv6 context, enable_dual_stack is true wherever Tempo 2.6 or later keeps its blocks, or the overrides that "
            + "users set, in Amazon S3",
        Fix = "Sets enable_dual_stack",
        Holds = "Amazon S3 is asked under names that have IPv6 addresses",
        Why = "The S3 client recognises Amazon's endpoints and replaces their host by s3.REGION.amazonaws.com, which has IPv4 "
            + "addresses only, even where the endpoint says s3.dualstack.REGION. Only enable_dual_stack makes it use the "
            + "dual-stack name. Before 2.6 it always did. The token service (STS) that roles of service accounts need is IPv4 only "
            + "in any case",
        Source = "Read in Tempo 3.0.3 and the minio-go client it is built with",
    };

    private protected override IEnumerable<Finding> Check(TempoConfig config, RuleContext context) => context.Family == AddressFamily.IPv6
        ? TempoSettings.DualStackStorage.Where(setting => IsAmazons(config, setting) && setting.Versions.ContainsAll(config.Versions))
            .Where(setting => !config.IsTrue(setting.Path) && !config.IsUnknown(setting.Path))
            .Select(setting => Set(
                config, setting, config.Text(setting.Path) is { } text ? $"is {Show(config, text)}" : "is not set",
                "the S3 client then replaces Amazon's endpoint by a name with IPv4 addresses only", true))
        : [];

    private static bool IsAmazons(TempoConfig config, TempoSetting setting)
    {
        var s3 = setting.Path.Parent;
        if (config.Text(s3.Parent.Key("backend")) != "s3" || config.Text(s3.Key("endpoint")) is not { } endpoint)
        {
            return false;
        }

        var host = PeerAddress.Parse(endpoint).Endpoint.Host.Text;
        return host.StartsWith("s3", StringComparison.Ordinal) && (host.EndsWith(Amazon, StringComparison.Ordinal) || host.EndsWith(AmazonChina, StringComparison.Ordinal))
            && !Array.Exists(Special, name => host.StartsWith(name, StringComparison.Ordinal));
    }
}
