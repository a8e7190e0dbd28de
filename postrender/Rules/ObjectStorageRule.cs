using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Rules;

/// <summary>TPF018: Amazon S3 is reached over IPv6.</summary>
internal sealed class ObjectStorageRule : ConfigRule
{
    private const string Amazon = ".amazonaws.com";
    private const string AmazonChina = ".amazonaws.com.cn";

    /// <summary>Parts of host names that the S3 client does not replace, or that have no dual-stack form.</summary>
    private static readonly string[] Special = ["s3-fips", "s3express", "s3-outposts", "s3-accelerate", "s3-external-1"];

    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.ObjectStorage,
            Name = "object-storage",
            Requirement =
                "In an IPv6 release, enable_dual_stack is true wherever Tempo 2.6 or later stores its blocks, or user-configurable "
                + "overrides, in Amazon S3",
            Fix = "Sets enable_dual_stack",
            Problem = "Tempo uses a host name of Amazon S3 that has no IPv6 addresses",
            Holds = "Tempo uses a host name of Amazon S3 that has IPv6 addresses",
            Why =
                "The S3 client recognises Amazon's endpoints and replaces their host by s3.REGION.amazonaws.com, which has IPv4 "
                + "addresses only, even if the endpoint is s3.dualstack.REGION. It uses the dual-stack name only with "
                + "enable_dual_stack, or "
                + "always before Tempo 2.6. The token service (STS), which service account roles need, is IPv4 only in any case",
            Source = "The sources of Tempo 3.0.3 and of its minio-go client",
        };

    public override bool Applies(RuleContext context) =>
        context.Release.Configs.Any(static config => TempoSettings.DualStackStorage.Any(setting => IsAmazons(config, setting)));

    private protected override IEnumerable<Finding> Check(TempoConfig config, RuleContext context)
    {
        foreach (var setting in TempoSettings.DualStackStorage)
        {
            if (
                context.Family == AddressFamily.IPv6
                && IsAmazons(config, setting)
                && setting.Versions.ContainsAll(config.Versions)
                && !config.IsTrue(setting.Path)
                && !config.IsUnknown(setting.Path)
            )
            {
                yield return Set(
                    config,
                    setting,
                    config.Text(setting.Path) is { } text ? $"is {Show(config, text)}" : "is not set",
                    "the S3 client then replaces Amazon's endpoint by a host name with IPv4 addresses only",
                    true
                );
            }
        }
    }

    private static bool IsAmazons(TempoConfig config, TempoSetting setting)
    {
        var s3 = setting.Path.Parent;
        if (config.Text(s3.Parent.Key("backend")) != "s3" || config.Text(s3.Key("endpoint")) is not { } endpoint)
        {
            return false;
        }

        var host = PeerAddress.Parse(endpoint).Endpoint.Host.Text;
        return host.StartsWith("s3", StringComparison.Ordinal)
            && (host.EndsWith(Amazon, StringComparison.Ordinal) || host.EndsWith(AmazonChina, StringComparison.Ordinal))
            && !Array.Exists(Special, name => host.StartsWith(name, StringComparison.Ordinal));
    }
}
