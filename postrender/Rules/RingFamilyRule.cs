using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>TPF005: the rings register addresses of the family.</summary>
internal sealed class RingFamilyRule : ConfigRule
{
    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.RingFamily,
            Name = "ring-family",
            ChecksRunningSettings = true,
            Requirement =
                "enable_inet6 matches the family in every ring that is in use and has the key in this version of Tempo, and is set "
                + "nowhere else; a ring's instance_addr is unset or an address of the family, and never ::",
            Fix =
                "Sets enable_inet6, and removes it where Tempo has no such key and would not start. An instance_addr of the "
                + "other family is "
                + "an error, and so is a section or a ring setting that this version of Tempo does not have",
            Problem = "Rings do not register addresses of the release's family",
            Holds = "Every ring registers addresses of the family",
            Why =
                "The ring registers the address that the other components dial. Without enable_inet6 it looks for an IPv4 "
                + "address only, and "
                + "the component exits if there is none (no useable address found for interfaces). Tempo parses its config strictly: "
                + "it does not start with the key in live_store.partition_ring, nor in a version that does not have it. The single binary "
                + "keeps its rings in memory and does not need the key",
            Source =
                "Measured on Tempo 3.0.3. The rings of each version: its configuration reference, from 2.0 on. "
                + "metrics_generator.ring.enable_inet6 is documented in 3.0, but has no effect",
        };

    public override bool Applies(RuleContext context) =>
        context.Release.Configs.Any(static config => TempoRing.Known.Any(config.Registers));

    private protected override IEnumerable<Finding> Check(TempoConfig config, RuleContext context) =>
        TempoRing.Known.Where(config.Registers).SelectMany(ring => CheckRing(config, ring, context)).Concat(FindMisplaced(config));

    private IEnumerable<Finding> CheckRing(TempoConfig config, TempoRing ring, RuleContext context)
    {
        if (ring.FamilyKeyVersions is { } versions && CheckFamily(config, ring, versions, context) is { } family)
        {
            yield return family;
        }

        if (ring.AddressKey is { } key && CheckAddress(config, ring.Path.Key(key), context) is { } pinned)
        {
            yield return pinned;
        }
    }

    private Finding? CheckFamily(TempoConfig config, TempoRing ring, VersionRange versions, RuleContext context)
    {
        var path = ring.FamilyKeyPath;
        var isSet = config.Find(path) is ScalarNode { IsNull: false };
        var holds = context.Family == AddressFamily.IPv6 ? config.Boolean(path) == true : !isSet || config.Boolean(path) == false;
        if (holds || config.IsUnknown(path))
        {
            return null;
        }

        var why =
            context.Family == AddressFamily.IPv6
                ? $"the {ring.Component} would register an IPv4 address, or exit if it has none"
                : $"the {ring.Component} would register an IPv6 address";
        return Set(
            config,
            new TempoSetting(path, versions),
            isSet ? $"is {Show(config, config.Text(path) ?? "")}" : "is not set",
            why,
            context.Family == AddressFamily.IPv6
        );
    }

    private Finding? CheckAddress(TempoConfig config, NodePath path, RuleContext context)
    {
        var text = config.Text(path) ?? "";
        return Host.Parse(text) switch
        {
            { Kind: HostKind.Wildcard } => Error(
                config,
                path,
                $"is {Show(config, text)}",
                "the other components connect to this address, so each would reach itself",
                "Remove it"
            ),
            { Kind: HostKind.Literal or HostKind.Loopback, Family: var family } when family == context.Other => Error(
                config,
                path,
                $"is {Show(config, text)}",
                "the ring registers this address, and the other components dial it",
                $"Remove it, or set the pod's {context.Family} address"
            ),
            _ => null,
        };
    }

    private List<Finding> FindMisplaced(TempoConfig config)
    {
        var versions = config.Versions;
        var allowed = new HashSet<NodePath>();
        foreach (var ring in TempoRing.Known)
        {
            if (ring.FamilyKeyVersions is { } having && versions.Any(having.Contains))
            {
                allowed.Add(ring.FamilyKeyPath);
            }
        }

        var found = new List<Finding>();
        Search(config.Root, NodePath.Root);
        return found;

        void Search(YamlNode? node, NodePath path)
        {
            foreach (var entry in (node as MappingNode)?.Entries ?? [])
            {
                if (
                    entry.Name == TempoRing.FamilyKey
                    && CheckPlace(config, path.Key(TempoRing.FamilyKey), versions, allowed) is { } finding
                )
                {
                    found.Add(finding);
                }

                if (
                    entry is { Name: { } key, Value: MappingNode value }
                    && path.Key(key) is var here
                    && !here.Equals(TempoSettings.Receivers)
                )
                {
                    Search(value, here);
                }
            }
        }
    }

    private Finding? CheckPlace(TempoConfig config, NodePath path, IReadOnlyList<TempoVersion> versions, HashSet<NodePath> allowed)
    {
        if (path.Segments is [(var section, _), _, ..])
        {
            var known = TempoSection.Find(section!);
            if (known is null || !versions.Any(known.Versions.Contains))
            {
                // Removing the key would not help: Tempo does not start with the section.
                return Error(
                    config,
                    path,
                    $"is in the section {Printable.OneLine(section!)}, which {NameOf(versions)} does not have",
                    "Tempo does not start with unknown keys",
                    known is null
                        ? "Correct the section's name, or remove the section"
                        : $"Remove the section, or use Tempo {known.Versions}"
                );
            }
        }

        return allowed.Contains(path)
            ? null
            : Change(
                config,
                path,
                $"is set where {NameOf(versions)} has no such key",
                "Tempo does not start with unknown keys",
                Repair.Remove,
                Edit.Remove(config.File.Document, path)
            );
    }

    private static string NameOf(IReadOnlyList<TempoVersion> versions) => versions.Count == 1 ? $"Tempo {versions[0]}" : "Tempo";
}
