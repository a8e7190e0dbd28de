using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// The settings that a running Tempo shows (<c>/status/config</c>: file, flags and defaults merged), as a release of one process, so
/// that the rules about configs check them like any other config.
/// </summary>
internal sealed class EffectiveConfig
{
    /// <summary>The path of the page.</summary>
    public const string Path = "status/config";

    private readonly Release _release;

    private EffectiveConfig(Release release) => _release = release;

    /// <summary>The container, with the settings it runs with.</summary>
    public TempoContainer Container => _release.Workloads[0].Containers[0];

    public TempoConfig Config => _release.Configs[0];

    /// <summary>Reads the page.</summary>
    /// <exception cref="UnreadableException">It is no Tempo config.</exception>
    public static EffectiveConfig Read(TempoContainer container, string page)
    {
        var settings = LiveDocument.OfYaml(WithoutHeading(page));
        try
        {
            return settings.Root is MappingNode
                ? new EffectiveConfig(Release.OfProcess(container, settings))
                : throw new UnreadableException("it is not a Tempo config");
        }
        catch (InvalidInputException exception)
        {
            throw new UnreadableException($"it is not YAML: {exception.Message}");
        }
    }

    /// <summary>What the rules find in the settings, with places on the page.</summary>
    /// <param name="file">What the rules find in the config file of the pod, or null if the file is unknown.</param>
    public IEnumerable<Finding> Check(LivePod pod, IReadOnlySet<(string Rule, string? Path)>? file, RuleOptions options)
    {
        foreach (var finding in RuleEngine.Analyze(_release, OnlyRulesOfSettings(options)).Findings.Where(finding => !IsFilledIn(finding)))
        {
            // A finding in the file is reported there, once.
            if (file?.Contains((finding.Rule.Id, finding.Place.ConfigPath)) != true)
            {
                yield return finding with
                {
                    Place = pod.At("/" + Path) with { ConfigPath = finding.Place.ConfigPath },
                    Level = finding.Level == FindingLevel.Warning ? FindingLevel.Warning : FindingLevel.Error,
                    Remedy = file is null
                        ? finding.Remedy
                        : "The config file has another value: unless a flag overrides it, restart the pod so that it reads the file",
                    Edits = [],
                };
            }
        }
    }

    /// <summary>What the rules find in a config file.</summary>
    public static IReadOnlySet<(string Rule, string? Path)> InFile(TempoConfig file, RuleOptions options) =>
        RuleEngine
            .Analyze(Release.OfConfig(file), OnlyRulesOfSettings(options))
            .Findings.Select(static finding => (finding.Rule.Id, finding.Place.ConfigPath))
            .ToHashSet();

    /// <summary>Tempo (2.x and 3.x, read) writes the request, a document marker, and the settings.</summary>
    private static string WithoutHeading(string page)
    {
        const string marker = "\n---\n";
        var settings = page.StartsWith("GET ", StringComparison.Ordinal) ? page.IndexOf(marker, StringComparison.Ordinal) : -1;
        return settings < 0 ? page : page[(settings + marker.Length)..];
    }

    private static RuleOptions OnlyRulesOfSettings(RuleOptions options) =>
        options with
        {
            Disabled = RuleCatalog
                .Optional.Where(static rule => !rule.ChecksRunningSettings)
                .Select(static rule => rule.Id)
                .Concat(options.Disabled)
                .ToHashSet(),
        };

    /// <summary>Whether a ring is kept where no other process sees it, so that no other process dials its addresses.</summary>
    public bool KeepsInMemory(TempoRing ring) =>
        Container.Targets.All(target => TempoRing.IsPrivate(ring.StoreOf(target, Container.Version, Config.Text)));

    /// <summary>
    /// Whether a container runs every component in one process. That process keeps all rings in memory and registers 127.0.0.1 in
    /// them by itself, in either family, whatever its file says (measured on 3.0.3).
    /// </summary>
    public static bool IsSingleBinary(TempoContainer container) => container.Targets.Any(TempoTarget.IsSingleBinary);

    /// <summary>
    /// The single binary dials itself and sets 127.0.0.1 in its settings: always in its rings, elsewhere if nothing is set.
    /// </summary>
    private bool IsFilledIn(Finding finding) =>
        IsSingleBinary(Container)
        && (finding.Rule.Id == RuleIds.RingFamily || (finding.Rule.Id == RuleIds.PeerAddress && finding.Edits.Count > 0));
}
