using System.Text.Json;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// What a running Tempo says its settings are (<c>/status/config</c>: file, flags and defaults in one), read as a release of
/// one pod and one config, so that the rules about configs judge it like any other.
/// </summary>
internal sealed class EffectiveConfig
{
    /// <summary>The page.</summary>
    public const string Path = "status/config";

    private const string ObjectName = "effective";
    private const string Folder = "/effective";
    private const string Key = "config.yaml";

    private static readonly HashSet<string> ConfigRules = new(StringComparer.Ordinal)
    {
        RuleIds.ServerListen,
        RuleIds.MemberlistBind,
        RuleIds.RingFamily,
        RuleIds.ReceiverEndpoint,
        RuleIds.PeerAddress,
    };

    private readonly Release _release;

    private EffectiveConfig(Release release) => _release = release;

    /// <summary>The container, with the settings it runs with.</summary>
    public TempoContainer Container => _release.Workloads[0].Containers[0];

    /// <summary>The settings.</summary>
    public TempoConfig Config => _release.Configs[0];

    /// <summary>Reads the page.</summary>
    /// <param name="container">The container, as its pod states it.</param>
    /// <param name="page">The page's text.</param>
    /// <exception cref="UnreadableConfigException">It is no Tempo config.</exception>
    public static EffectiveConfig Read(TempoContainer container, string page)
    {
        try
        {
            var release = ManifestGraph.Build([Pod(container), ConfigMap(WithoutHeading(page))]).Releases;
            return release is [{ Configs: [{ File.Document.Root: MappingNode }] } only]
                ? new EffectiveConfig(only)
                : throw new UnreadableConfigException("it is no Tempo config");
        }
        catch (InvalidInputException exception)
        {
            throw new UnreadableConfigException(exception.Message);
        }
    }

    /// <summary>What the rules find in the settings, by the places of the page.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="file">What the rules find in the config file the pod was given, or null where that is not known.</param>
    /// <param name="options">What the user asks, with the family of the release.</param>
    public IEnumerable<Finding> Judge(LivePod pod, IReadOnlySet<(string Rule, string? Path)>? file, RuleOptions options)
    {
        foreach (
            var finding in RuleEngine
                .Analyze(_release, OnlyConfigRules(options), repairs: false)
                .Findings.Where(finding => !IsFilledIn(finding))
        )
        {
            // What the file says is reported once, where it stands.
            if (file?.Contains((finding.Rule.Id, finding.Place.ConfigPath)) != true)
            {
                yield return finding with
                {
                    Place = finding.Place with
                    {
                        Object = pod.Reference,
                        Path = "/" + Path,
                        Source = null,
                        Location = default,
                        IgnoredRules = pod.IgnoredRules,
                    },
                    Level =
                        pod.IgnoredRules.Contains(finding.Rule.Id) ? FindingLevel.Ignored
                        : finding.Level == FindingLevel.Warning ? FindingLevel.Warning
                        : FindingLevel.Error,
                    Remedy = file is null
                        ? finding.Remedy
                        : "The config file says otherwise: if no flag overrides it, restart the pod, so that it reads the file",
                    Edits = [],
                };
            }
        }
    }

    /// <summary>What the rules find in a config file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">What the user asks, with the family of the release.</param>
    public static IReadOnlySet<(string Rule, string? Path)> InFile(TempoConfig file, RuleOptions options)
    {
        var release = new Release
        {
            Workloads = [],
            Configs = [file],
            Services = [],
            Dialled = [],
            Gateways = [],
            Caches = [],
            FileUsers = [],
            NetworkPolicies = [],
        };
        return RuleEngine
            .Analyze(release, OnlyConfigRules(options), repairs: false)
            .Findings.Select(static finding => (finding.Rule.Id, finding.Place.ConfigPath))
            .ToHashSet();
    }

    /// <summary>Tempo (2.x and 3.x, read) puts the request before the settings, and a document marker in between.</summary>
    private static string WithoutHeading(string page)
    {
        const string marker = "\n---\n";
        var settings = page.StartsWith("GET ", StringComparison.Ordinal) ? page.IndexOf(marker, StringComparison.Ordinal) : -1;
        return settings < 0 ? page : page[(settings + marker.Length)..];
    }

    private static RuleOptions OnlyConfigRules(RuleOptions options) =>
        options with
        {
            Disabled = RuleCatalog
                .Optional.Select(static rule => rule.Id)
                .Except(ConfigRules)
                .Concat(options.Disabled)
                .ToHashSet(StringComparer.Ordinal),
        };

    /// <summary>Whether a ring is kept where no other process sees it: then its addresses concern nobody else.</summary>
    /// <param name="ring">The ring.</param>
    public bool KeepsInMemory(TempoRing ring) =>
        Container.Targets.All(target => TempoRing.IsPrivate(ring.StoreOf(target, Container.Version, Config.Text)));

    /// <summary>
    /// Whether a container runs every component in one process. That process keeps all rings in memory and registers 127.0.0.1 in
    /// them by itself, in either family, whatever its file says (measured on 3.0.3).
    /// </summary>
    /// <param name="container">The container.</param>
    public static bool IsSingleBinary(TempoContainer container) => container.Targets.Any(TempoTarget.IsSingleBinary);

    /// <summary>
    /// The single binary dials itself, and writes 127.0.0.1 into its settings, into its rings always, elsewhere where they state
    /// nothing.
    /// </summary>
    private bool IsFilledIn(Finding finding) =>
        IsSingleBinary(Container)
        && (finding.Rule.Id == RuleIds.RingFamily || (finding.Rule.Id == RuleIds.PeerAddress && finding.Edits.Count > 0));

    private static ManifestStream Pod(TempoContainer container) =>
        Write(json =>
        {
            WriteHead(json, "Pod", container.Container.Workload.Labels);
            json.WriteStartObject("spec");
            json.WriteStartArray("containers");
            json.WriteStartObject();
            json.WriteString("name", container.Container.Name);
            json.WriteString("image", container.Container.Image);
            json.WriteStartArray("args");
            json.WriteStringValue($"-config.file={Folder}/{Key}");
            json.WriteStringValue($"-target={string.Join(',', container.Targets)}");
            json.WriteEndArray();
            json.WriteStartArray("volumeMounts");
            json.WriteStartObject();
            json.WriteString("name", ObjectName);
            json.WriteString("mountPath", Folder);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartArray("volumes");
            json.WriteStartObject();
            json.WriteString("name", ObjectName);
            json.WriteStartObject("configMap");
            json.WriteString("name", ObjectName);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static ManifestStream ConfigMap(string page) =>
        Write(json =>
        {
            WriteHead(json, "ConfigMap", []);
            json.WriteStartObject("data");
            json.WriteString(Key, page);
            json.WriteEndObject();
        });

    private static void WriteHead(Utf8JsonWriter json, string kind, IEnumerable<KeyValuePair<string, string>> labels)
    {
        json.WriteString("apiVersion", "v1");
        json.WriteString("kind", kind);
        json.WriteStartObject("metadata");
        json.WriteString("name", ObjectName);
        // Among them the version of Tempo, where the image's tag does not say it.
        json.WriteStartObject("labels");
        foreach (var (name, value) in labels)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static ManifestStream Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, LiveObjects.Written))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return ManifestStream.OpenLive(buffer.ToArray());
    }
}

/// <summary>Thrown where a page is no Tempo config.</summary>
/// <param name="message">What is wrong with it.</param>
internal sealed class UnreadableConfigException(string message) : Exception(message);
