using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Rules;

/// <summary>Something in the stream that says which family a release is meant to have.</summary>
/// <param name="Family">The family.</param>
/// <param name="Place">Where it says so.</param>
public sealed record FamilyEvidence(AddressFamily Family, Place Place);

/// <summary>
/// The family of a release and what decided it. Asked in this order, and the first that speaks decides: the option, the
/// marker that the chart puts on its config, the configs, the Services.
/// </summary>
/// <param name="Family">The family, or null where nothing spoke or the voices disagree.</param>
/// <param name="Basis">What decided, or why nothing could.</param>
/// <param name="Place">Where a reader looks first when nothing could decide.</param>
public sealed record FamilyDecision(AddressFamily? Family, string Basis, Place? Place)
{
    /// <summary>The annotation of the ConfigMap or Secret with Tempo's config by which a chart states its family.</summary>
    public const string Marker = "tempo-postrender/address-family";

    /// <summary>What is reported where no family can be decided.</summary>
    public static RuleDescription Rule { get; } = new()
    {
        Id = RuleIds.FamilyDecided,
        Name = "family-decided",
        Requirement = "The family of the release is stated, by --address-family or by what it already consists of, without contradiction",
        Fix = "None: only the user knows which family is meant",
        Holds = "The family of the release is known",
        Why = "Half-set, nothing fails: pods form a gossip ring on one family and serve on the other. No default says which family "
            + "is meant, so nothing is guessed where the release contradicts itself or says nothing",
        Source = "Measured on Tempo 3.0.3 in pods with both families: only the rings or only memberlist set gives a working, mixed "
            + "ring without any error",
    };

    /// <summary>Decides the family of a release.</summary>
    /// <param name="release">The release.</param>
    /// <param name="stated">The family the user states, or null.</param>
    /// <param name="statedBy">Where the user stated it: the option or the variable.</param>
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
                return new FamilyDecision(null, $"the annotation {Marker} is {Printable.OneLine(marker)}, neither IPv4 nor IPv6", MarkerPlace(config));
            }
        }

        return Agreed(Markers(release), "the annotation")
            ?? Agreed(ConfigEvidence(release).Where(static found => found.IsUsed).Select(static found => found.Evidence), "the config")
            ?? Agreed(WithStrays(ServiceEvidence(release).ToList(), release), "the Services")
            ?? Agreed(ConfigEvidence(release).Select(static found => found.Evidence), "the config, in settings that nothing uses")
            ?? new FamilyDecision(null, "neither the Tempo config nor any of its Services states a family", AnyPlace(release));
    }

    /// <summary>Where the marker of a config stands, or would stand.</summary>
    internal static Place MarkerPlace(TempoConfig config) =>
        Place.In(config.File.Owner, config.File.Owner.Path.Key("metadata", "annotations", Marker));

    private static FamilyDecision? Agreed(IEnumerable<FamilyEvidence> evidence, string source)
    {
        var voices = evidence.ToList();
        if (voices.Count == 0)
        {
            return null;
        }

        var first = voices[0];
        return voices.Find(voice => voice.Family != first.Family) is { } dissent
            ? new FamilyDecision(null, $"{Say(first)}, but {Say(dissent)}", dissent.Place)
            : new FamilyDecision(first.Family, $"{source} ({first.Place.Object} {first.Place.FullPath})", first.Place);

        static string Say(FamilyEvidence voice) => $"{voice.Place.Object} {voice.Place.FullPath} says {voice.Family}";
    }

    private static IEnumerable<FamilyEvidence> Markers(Release release) =>
        from config in release.Configs
        let family = AddressFamilies.Parse(config.File.Owner.Annotation(Marker))
        where family is not null
        select new FamilyEvidence(family.Value, MarkerPlace(config));

    /// <summary>
    /// <c>::</c> and <c>enable_inet6: true</c> are never a default; neither is 0.0.0.0 as a bind address. What no component uses
    /// is left alone by the rules, whatever it says, so it must not outvote the Services of a release that was enforced.
    /// </summary>
    private static IEnumerable<(FamilyEvidence Evidence, bool IsUsed)> ConfigEvidence(Release release)
    {
        foreach (var config in release.Configs)
        {
            foreach (var text in config.Texts(TempoSettings.MemberlistBindAddress.Path))
            {
                if (Host.Parse(text) is { Kind: HostKind.Wildcard or HostKind.Literal, Family: { } family })
                {
                    yield return (new FamilyEvidence(family, Place.In(config.File, TempoSettings.MemberlistBindAddress.Path)), config.HasGossipMembers);
                }
            }

            foreach (var setting in TempoSettings.ListenAddresses.Concat(TempoSettings.InternalListenAddresses))
            {
                if (config.Text(setting.Path) is { } text && Host.Parse(text) is { Kind: HostKind.Wildcard, Family: AddressFamily.IPv6 })
                {
                    yield return (new FamilyEvidence(AddressFamily.IPv6, Place.In(config.File, setting.Path)), TempoSettings.ListenAddresses.Contains(setting) || config.HasInternalServer);
                }
            }

            // What this Tempo does not know is removed, and must not have decided before.
            foreach (var ring in TempoRing.Known.Where(ring => HasFamilyKey(ring, config)))
            {
                if (config.IsTrue(ring.FamilyKeyPath))
                {
                    yield return (new FamilyEvidence(AddressFamily.IPv6, Place.In(config.File, ring.FamilyKeyPath)), config.Registers(ring));
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
    /// <c>enable_inet6: true</c> where this Tempo has no such key: somebody meant IPv6, in the words of another version. It does
    /// not decide, because it is removed; but it contradicts Services of the other family.
    /// </summary>
    private static IEnumerable<FamilyEvidence> WithStrays(List<FamilyEvidence> services, Release release) => services.Count == 0 ? [] : services.Concat(
        from config in release.Configs
        from ring in TempoRing.Known.Where(ring => !HasFamilyKey(ring, config))
        where config.IsTrue(ring.FamilyKeyPath)
        select new FamilyEvidence(AddressFamily.IPv6, Place.In(config.File, ring.FamilyKeyPath)));

    private static bool HasFamilyKey(TempoRing ring, TempoConfig config) => ring.FamilyKeyVersions is { } versions && config.Versions.Any(versions.Contains);

    private static Place AnyPlace(Release release) => release.Configs.Count > 0
        ? Place.In(release.Configs[0].File.Owner, release.Configs[0].File.Owner.Path)
        : Place.In(release.Workloads[0].Workload.Object, release.Workloads[0].Workload.Object.Path);
}
