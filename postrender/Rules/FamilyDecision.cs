using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Tempo;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>A setting that shows which family a release should have.</summary>
/// <param name="Place">Where the setting is.</param>
public sealed record FamilyEvidence(AddressFamily Family, Place Place);

/// <summary>
/// The family of a release and what decided it. The first of these that has a family decides: the option, the annotation that the
/// chart sets on its config, the configs, the Services.
/// </summary>
/// <param name="Family">The family, or null if no setting shows one or settings contradict each other.</param>
/// <param name="Basis">What decided the family, or why it is unknown.</param>
/// <param name="Place">The setting that decided, or the first one to look at if the family is unknown; null if the user set it.</param>
public sealed record FamilyDecision(AddressFamily? Family, string Basis, Place? Place)
{
    /// <summary>The annotation of the ConfigMap or Secret with Tempo's config by which a chart states its family.</summary>
    public const string Marker = "tempo-postrender/address-family";

    /// <summary>The rule that is reported if the family is unknown.</summary>
    public static RuleDescription Rule { get; } =
        new()
        {
            Id = RuleIds.FamilyDecided,
            Name = "family-decided",
            Requirement = "The family of the release is known, from --address-family or from its manifests, and nothing contradicts it",
            Fix = "By hand, because only the user knows which family the release should have",
            Problem = "The family of the release is not decided",
            Holds = "The family of the release is known",
            Why =
                "A release that mixes the families does not fail: its pods gossip on one family and serve on the other. The program does "
                + "not guess the family of a release that contradicts itself or states none",
            Source =
                "Measured on Tempo 3.0.3 in pods with both families: with only the rings or only memberlist set to IPv6, the ring works "
                + "over mixed families without any error",
        };

    /// <summary>Decides the family of a release.</summary>
    /// <param name="stated">The family that the user sets, or null.</param>
    /// <param name="statedBy">Where the user set it: the option or the environment variable.</param>
    public static FamilyDecision Of(Release release, AddressFamily? stated, string statedBy)
    {
        if (stated is not null)
        {
            return new FamilyDecision(stated, statedBy, Place: null);
        }

        foreach (var config in release.Configs)
        {
            if (config.File.Owner.Annotation(Marker) is { } marker && AddressFamilies.Parse(marker) is null)
            {
                return new FamilyDecision(
                    null,
                    $"the annotation {Marker} is {Printable.OneLine(marker)}, neither IPv4 nor IPv6",
                    MarkerPlace(config)
                );
            }
        }

        return Agreed(Markers(release), "the annotation")
            ?? Agreed(ConfigEvidence(release).Where(static found => found.IsUsed).Select(static found => found.Evidence), "the config")
            ?? Agreed(WithRemovedKeys(ServiceEvidence(release).ToList(), release), "the Services")
            ?? Agreed(ConfigEvidence(release).Select(static found => found.Evidence), "the config, in settings that nothing uses")
            ?? new FamilyDecision(null, "neither the Tempo config nor any of its Services states a family", AnyPlace(release));
    }

    /// <summary>Decides the family of the objects that many releases share: it is the family of these releases.</summary>
    /// <param name="shared">The shared objects; see <see cref="Release.IsShared"/>.</param>
    /// <param name="releases">The decisions for the releases.</param>
    public static FamilyDecision OfShared(Release shared, IReadOnlyList<FamilyDecision> releases)
    {
        var decided = releases.Where(static release => release.Family is not null).ToList();
        return decided.Select(static release => release.Family).Distinct().Count() switch
        {
            0 => new FamilyDecision(null, "the families of the releases that share it are unknown", AnyPlace(shared)),
            1 => new FamilyDecision(decided[0].Family, decided[0].Basis, Place: null),
            _ => new FamilyDecision(null, "releases of both families share it", AnyPlace(shared)),
        };
    }

    /// <summary>The place of the annotation <see cref="Marker"/> of a config, whether it is set or not.</summary>
    internal static Place MarkerPlace(TempoConfig config) =>
        Place.In(config.File.Owner, config.File.Owner.Path.Key("metadata", "annotations", Marker));

    private static FamilyDecision? Agreed(IEnumerable<FamilyEvidence> evidence, string source)
    {
        var settings = evidence.ToList();
        if (settings.Count == 0)
        {
            return null;
        }

        var first = settings[0];
        return settings.Find(setting => setting.Family != first.Family) is { } other
            ? new FamilyDecision(null, $"{Describe(first)}, but {Describe(other)}", other.Place)
            : new FamilyDecision(first.Family, $"{source} ({Where(first)})", first.Place);

        static string Describe(FamilyEvidence setting) => $"{Where(setting)} means {setting.Family}";

        static string Where(FamilyEvidence setting) => $"{Printable.OneLine(setting.Place.Object)} {setting.Place.FullPath}";
    }

    private static IEnumerable<FamilyEvidence> Markers(Release release) =>
        from config in release.Configs
        let family = AddressFamilies.Parse(config.File.Owner.Annotation(Marker))
        where family is not null
        select new FamilyEvidence(family.Value, MarkerPlace(config));

    /// <summary>
    /// Reads the settings that are never a default, so that their author chose a family: <c>::</c>, <c>enable_inet6: true</c>, and
    /// 0.0.0.0 as a bind address. Settings that no component uses are marked: rules do not change them, so after a fix they may still have
    /// the other family, and must not override the Services.
    /// </summary>
    private static IEnumerable<(FamilyEvidence Evidence, bool IsUsed)> ConfigEvidence(Release release)
    {
        foreach (var config in release.Configs)
        {
            foreach (var text in config.Texts(TempoSettings.MemberlistBindAddress.Path))
            {
                if (Host.Parse(text) is { Kind: HostKind.Wildcard or HostKind.Literal, Family: { } family })
                {
                    yield return (
                        new FamilyEvidence(family, Place.In(config.File, TempoSettings.MemberlistBindAddress.Path)),
                        config.HasGossipMembers
                    );
                }
            }

            foreach (var setting in TempoSettings.ListenAddresses.Concat(TempoSettings.InternalListenAddresses))
            {
                if (config.Text(setting.Path) is { } text && Host.Parse(text) is { Kind: HostKind.Wildcard, Family: AddressFamily.IPv6 })
                {
                    yield return (
                        new FamilyEvidence(AddressFamily.IPv6, Place.In(config.File, setting.Path)),
                        TempoSettings.ListenAddresses.Contains(setting) || config.HasInternalServer
                    );
                }
            }

            // A rule removes a key that this version of Tempo does not have, so that key must not decide the family.
            foreach (var ring in TempoRing.Known.Where(ring => HasFamilyKey(ring, config)))
            {
                if (config.IsTrue(ring.FamilyKeyPath))
                {
                    yield return (
                        new FamilyEvidence(AddressFamily.IPv6, Place.In(config.File, ring.FamilyKeyPath)),
                        config.Registers(ring)
                    );
                }
            }
        }
    }

    private static IEnumerable<FamilyEvidence> ServiceEvidence(Release release) =>
        from service in release.Services
        where !service.Service.IsExternalName
        let family = service.Service.PrimaryFamily
        where family is not null
        select new FamilyEvidence(family.Value, Place.In(service.Service.Object, service.Service.Object.Path.Key("spec", "ipFamilies")));

    /// <summary>
    /// The settings of the Services, plus every <c>enable_inet6: true</c> that this version of Tempo does not have: its author meant IPv6,
    /// but used the key of another version. Such a key does not decide the family, because a rule removes it, but it contradicts
    /// Services of the other family.
    /// </summary>
    private static IEnumerable<FamilyEvidence> WithRemovedKeys(List<FamilyEvidence> services, Release release) =>
        services.Count == 0
            ? []
            : services.Concat(
                from config in release.Configs
                from ring in TempoRing.Known.Where(ring => !HasFamilyKey(ring, config))
                where config.IsTrue(ring.FamilyKeyPath)
                select new FamilyEvidence(AddressFamily.IPv6, Place.In(config.File, ring.FamilyKeyPath))
            );

    private static bool HasFamilyKey(TempoRing ring, TempoConfig config) =>
        ring.FamilyKeyVersions is { } versions && config.Versions.Any(versions.Contains);

    private static Place AnyPlace(Release release)
    {
        var first = release
            .Configs.Select(static config => config.File.Owner)
            .Concat(release.Workloads.Select(static workload => workload.Workload.Object))
            .Concat(release.Services.Select(static member => member.Service.Object))
            .Concat(release.NetworkPolicies)
            .Concat(release.Caches.Select(static cache => cache.Object))
            .Concat(release.Gateways.Select(static gateway => gateway.Workload.Object))
            .First();
        return Place.In(first, first.Path);
    }
}
