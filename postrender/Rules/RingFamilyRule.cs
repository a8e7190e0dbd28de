using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Rules;

/// <summary>TPF005: the rings register addresses of the family.</summary>
internal sealed class RingFamilyRule : ConfigRule
{
    public override RuleDescription Description { get; } = new(
        RuleIds.RingFamily,
        "ring-family",
        "enable_inet6 is what the family asks in every ring that is in use, and stands nowhere else; a ring's instance_addr is unset or of the family, and never ::",
        "Sets enable_inet6; removes a misplaced one, which would stop Tempo; a pinned address is an error, and so is a section that Tempo does not have",
        "Every ring registers addresses of the family",
        "The ring picks the address that the other components dial. Without enable_inet6 it looks for IPv4 only, and the component exits where there is none (no useable address found for interfaces). Tempo parses its config strictly: the key in live_store.partition_ring, or anywhere else it does not belong, stops it",
        "Measured on Tempo 3.0.3; the rings of 2.x were read from the sources of 2.10.8. metrics_generator.ring.enable_inet6 is inert in 3.0.3 and documented",
        ReleaseParts.Configs);

    private protected override IEnumerable<Finding> Check(TempoConfig config, RuleContext release) =>
        CheckRings(config, release).Concat(FindMisplaced(config));

    private IEnumerable<Finding> CheckRings(TempoConfig config, RuleContext release)
    {
        foreach (var ring in TempoRing.Known.Where(config.Uses))
        {
            var path = ring.Path.Key(TempoRing.FamilyKey);
            var node = config.Find(path);
            var isSet = node is ScalarNode { IsNull: false };
            if (release.Family == AddressFamily.IPv6 ? config.Boolean(path) != true : isSet && config.Boolean(path) != false)
            {
                var found = isSet ? $"is {Show(config, node.AsText()!)}" : "is not set";
                var why = release.Family == AddressFamily.IPv6
                    ? $"the {ring.Component} would register an IPv4 address, or exit where it has none"
                    : $"the {ring.Component} would register an IPv6 address";
                yield return Set(config, path, found, why, release.Family == AddressFamily.IPv6);
            }

            if (CheckAddress(config, ring, release) is { } pinned)
            {
                yield return pinned;
            }
        }
    }

    private Finding? CheckAddress(TempoConfig config, TempoRing ring, RuleContext release)
    {
        var path = ring.Path.Key(ring.AddressKey);
        var text = config.Text(path) ?? "";
        return Host.Parse(text) switch
        {
            { Kind: HostKind.Wildcard } =>
                Error(config, path, $"is {Show(config, text)}", "it is what the others dial, so that each would dial itself", "Remove it"),
            { Kind: HostKind.Literal or HostKind.Loopback, Family: var family } when family == release.Other =>
                Error(config, path, $"is {Show(config, text)}", "it is registered in the ring as it is, and the others dial it", $"Remove it, or set the pod's {release.Family} address"),
            _ => null,
        };
    }

    private IEnumerable<Finding> FindMisplaced(TempoConfig config)
    {
        var allowed = TempoRing.Known.Where(ring => ring.Generations.Contains(config.Generation)).Select(static ring => ring.Path.Key(TempoRing.FamilyKey)).ToHashSet();
        return Misplaced(config.File.Document.Root, NodePath.Root, section: null);

        IEnumerable<Finding> Misplaced(YamlNode? node, NodePath path, string? section)
        {
            foreach (var entry in (node as MappingNode)?.Entries ?? [])
            {
                if (entry.Name is not { } key || path.Key(key) is var here && here.Equals(TempoSettings.Receivers))
                {
                    continue;
                }

                if (key == TempoRing.FamilyKey && section is not null && !TempoSettings.HasSection(section, config.Generation))
                {
                    // Without the key, Tempo would stop at the section.
                    yield return Error(
                        config, path.Key(key), $"stands in the section {Printable.OneLine(section)}, which Tempo {(int)config.Generation} does not have", "Tempo refuses to start on unknown keys",
                        "Correct the section's name, or remove the section");
                }
                else if (key == TempoRing.FamilyKey && !allowed.Contains(path.Key(key)))
                {
                    yield return Fixable(
                        Place.In(config.File, path.Key(key)), "stands where Tempo has no such key", "Tempo refuses to start on unknown keys", "Remove it",
                        Edit.Remove(config.File.Document, path.Key(key)));
                }

                foreach (var finding in Misplaced(entry.Value, path.Key(key), section ?? key))
                {
                    yield return finding;
                }
            }
        }
    }
}
