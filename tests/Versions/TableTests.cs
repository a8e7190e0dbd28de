using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Tempo;

namespace Tempo.Helm.Tests.Versions;

/// <summary>Compares the tables of postrender/Tempo with the configuration reference of every version since 2.0.</summary>
public partial class TableTests
{
    /// <summary>Keys whose name sounds like an address, and why no table has them.</summary>
    private static readonly Dictionary<string, string> NoAddress = new()
    {
        ["tls_server_name"] = "the name on a certificate, not dialled",
        ["node_name"] = "a name of a member, not dialled",
        ["gossip_nodes"] = "a number",
        ["listen_address"] = "where a server listens: TPF003",
        ["listen_network"] = "what a server listens on: TPF003",
        ["bind_addr"] = "where memberlist binds: TPF004",
        ["advertise_addr"] = "what memberlist tells its peers: TPF004",
        ["instance_addr"] = "what a ring registers: TPF005",
        ["ingester.lifecycler.address"] = "what a ring registers: TPF005",
        ["host_info"] = "a processor of metrics",
        ["host_identifiers"] = "names of attributes",
        ["proxy_protocol_enabled"] = "a boolean",
        ["abort_if_cluster_fast_join_fails_min_nodes"] = "a number",
    };

    /// <summary>Sections that Tempo had before the reference listed them, or still has after it stopped.</summary>
    private static readonly string[] Undocumented = ["autocomplete_filtering_enabled", "metrics_generator_client"];

    [Fact]
    public void Every_key_that_rules_write_is_in_the_reference_of_just_the_versions_its_row_says() =>
        Assert.All(
            TempoSettings.Written,
            static setting =>
            {
                Assert.True(ConfigReference.HasEver(setting.Path.ToString()), setting.Path.ToString());
                Assert.All(
                    ConfigReference.Versions,
                    version =>
                        Assert.Equal(
                            (setting.Path, version, ConfigReference.Has(setting.Path.ToString(), version)),
                            (setting.Path, version, setting.Versions.Contains(version))
                        )
                );
            }
        );

    [Fact]
    public void Every_ring_and_its_store_are_in_the_reference_of_just_the_versions_its_row_says() =>
        Assert.All(
            TempoRing.Known,
            static ring =>
                Assert.All(
                    ConfigReference.Versions,
                    version =>
                    {
                        Assert.Equal(
                            (ring.Path, version, ConfigReference.Has(ring.Path.ToString(), version)),
                            (ring.Path, version, ring.Versions.Contains(version))
                        );
                        Assert.Equal(
                            (ring.Store, version, ConfigReference.Has($"{ring.Store}.store", version)),
                            (ring.Store, version, ring.Versions.Contains(version))
                        );
                        Assert.Equal(
                            (ring.Path, version, ConfigReference.Has($"{ring.Path}.{ring.AddressKey}", version)),
                            (ring.Path, version, ring.AddressKey is not null && ring.Versions.Contains(version))
                        );
                    }
                )
        );

    [Fact]
    public void No_ring_of_the_reference_is_missing() =>
        Assert.Equal(
            ConfigReference.Keys.Where(static key => key.EndsWith(".kvstore")).Order(),
            TempoRing.Known.Select(static ring => ring.Store.ToString()).Order()
        );

    /// <summary>The reference omits a few settings of Tempo; a version must have the ones it lists.</summary>
    [Fact]
    public void Every_section_of_the_reference_has_a_row_with_its_versions()
    {
        var sections = ConfigReference.Keys.Select(static key => key.Split('.')[0]).ToHashSet();

        Assert.All(
            sections,
            static section =>
                Assert.All(
                    ConfigReference.Versions.Where(version => ConfigReference.Has(section, version)),
                    version => Assert.True(TempoSection.Find(section)?.Versions.Contains(version) == true, $"{section} {version}")
                )
        );
        Assert.All(
            TempoSection.Known.Where(section => sections.Contains(section.Name) && !Undocumented.Contains(section.Name)),
            static section =>
                Assert.All(
                    ConfigReference.Versions,
                    version =>
                        Assert.Equal(
                            (section.Name, version, ConfigReference.Has(section.Name, version)),
                            (section.Name, version, section.Versions.Contains(version))
                        )
                )
        );
    }

    [Fact]
    public void Every_key_that_can_hold_an_address_is_in_a_table_or_on_the_list_of_those_that_hold_none()
    {
        var dialled = TempoPeer.Known.Select(static peer => peer.Pattern.Replace("[]", "")).ToHashSet();
        var mappings = ConfigReference
            .Keys.Where(static key => key.Contains('.'))
            .Select(static key => key[..key.LastIndexOf('.')])
            .ToHashSet();
        var unknown = ConfigReference
            .Keys.Where(key => !mappings.Contains(key))
            .Where(static key => Address().IsMatch(key.Split('.')[^1]))
            .Where(key => !dialled.Contains(key) && !NoAddress.Keys.Any(part => key == part || key.EndsWith(part)));

        AssertNone.Of(
            unknown,
            "Add a row to TempoPeer for each of these keys that Tempo dials; to NoAddress here for each that holds no address:"
        );
    }

    [Fact]
    public void Every_reason_is_still_needed() =>
        Assert.All(NoAddress.Keys, static part => Assert.Contains(ConfigReference.Keys, key => key.EndsWith(part)));

    [Fact]
    public void Every_address_of_the_reference_is_in_the_reference_of_just_the_versions_its_row_says() =>
        AssertNone.Of(
            from peer in TempoPeer.Known
            let key = peer.Pattern.Replace("[]", "")
            where ConfigReference.HasEver(key)
            from version in ConfigReference.Versions
            where peer.Versions.Contains(version) != ConfigReference.Has(key, version)
            select $"{peer.Pattern} {version}"
        );

    [Fact]
    public void Every_range_begins_and_ends_with_known_versions() =>
        AssertNone.Of(
            from range in Ranges
            from bound in range.Versions.Bounds
            where
                !TempoVersions.Known.Any(version =>
                    version == bound || bound.Patch == int.MaxValue && (version.Major, version.Minor) == (bound.Major, bound.Minor)
                )
            select $"{range.Row}: {range.Versions}"
        );

    /// <summary>Every range in the tables.</summary>
    private static IEnumerable<(string Row, VersionRange Versions)> Ranges =>
        [
            .. TempoSection.Known.Select(static row => (row.Name, row.Versions)),
            .. TempoTarget.Known.Select(static row => ($"target {row.Name}", row.Versions)),
            .. TempoReceiver.Known.Select(static row => ($"{row.Type} {row.Protocol}", row.Versions)),
            .. TempoPeer.Known.Select(static row => (row.Pattern, row.Versions)),
            .. TempoFlag.Known.Select(static row => (row.Name, row.Versions)),
            .. TempoSettings.Written.Select(static row => (row.Path.ToString(), row.Versions)),
            .. TempoRing.Known.Select(static row => (row.Path.ToString(), row.Versions)),
            .. TempoRing.Known.Select(static row => ($"{row.Path} in memory", row.InMemoryInSingleBinary ?? VersionRange.All)),
            .. TempoRing.Known.SelectMany(static row => row.Uses.Select(use => ($"{row.Path} of {use.Component}", use.Versions))),
            ("receivers on the loopback", TempoReceiver.DefaultIsLoopback),
        ];

    [Fact]
    public void Every_known_version_has_each_target_once() =>
        Assert.All(
            TempoVersions.Known,
            static version =>
                Assert.Distinct(TempoTarget.Known.Where(target => target.Versions.Contains(version)).Select(static target => target.Name))
        );

    [Fact]
    public void Components_of_targets_and_rings_are_those_of_the_version() =>
        Assert.All(
            TempoVersions.Known,
            static version =>
            {
                var components = TempoTarget
                    .Known.Where(target => target.Versions.Contains(version) && target.Components is [var only] && only == target.Name)
                    .Select(static target => target.Name)
                    .ToHashSet();
                Assert.All(
                    TempoTarget.Known.Where(target => target.Versions.Contains(version)),
                    target => Assert.Subset(components, target.Components.ToHashSet())
                );
            }
        );

    [Fact]
    public void Known_versions_are_in_order_and_contain_those_of_the_reference()
    {
        Assert.Equal(TempoVersions.Known.Order(), TempoVersions.Known);
        Assert.Distinct(TempoVersions.Known);
        Assert.Contains(TempoVersions.NewestRelease, TempoVersions.Known);
        Assert.Equal(TempoVersions.Development, TempoVersions.Known[^1]);
        Assert.All(ConfigReference.Versions, static version => Assert.Contains(version, TempoVersions.Known));
    }

    [GeneratedRegex(
        "^(.*_)?(address|addresses|addr|addrs|endpoint|endpoints|endpoint_suffix|external_endpoints|host|hosts|url|uri|"
            + "brokers?|servers?|proxy_url|join_members|nodes?|node_name|seed_nodes|listen_network|server_name|"
            + "host_info|host_identifiers|proxy_protocol_enabled|min_nodes|gossip_nodes)$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Address();
}
