using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Migration;

/// <summary>
/// Migrated values keep their settings: tempo.yaml is compared with the one that the old chart renders from the old values.
/// Its settings for its default values are in the folder Effective, and each case has what differs from them.
/// </summary>
public partial class EffectiveConfigTests
{
    /// <summary>Settings that this chart derives: addresses and families, and folders.</summary>
    private static readonly string[] Derived =
    [
        "backend_worker.backend_scheduler_addr",
        "querier.frontend_worker.frontend_address",
        "memberlist.join_members",
        "memberlist.bind_addr",
        "memberlist.cluster_label",
        "server.http_listen_address",
        "server.grpc_listen_address",
        "distributor.ring.enable_inet6",
        "live_store.ring.enable_inet6",
        "backend_worker.ring.enable_inet6",
        "metrics_generator.ring.enable_inet6",
        "metrics_generator.storage.path",
        "storage.trace.s3.enable_dual_stack",
        "overrides.per_tenant_override_config",
    ];

    public static TheoryData<string> Cases =>
        [
            .. Directory
                .EnumerateFiles(Repository.Path("tests", "Migration", "Cases"), "*.yaml")
                .Select(Path.GetFileNameWithoutExtension)
                .Order()
                .OfType<string>(),
        ];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Migrated_values_render_check_clean_and_hold_the_same_settings(string name)
    {
        var @case = StrictYaml.Read(File.ReadAllText(Repository.Path("tests", "Migration", "Cases", $"{name}.yaml")))!;
        var from = @case.At("from").Text()!;
        var old = TemporaryValues.Write(@case.At("values") ?? new JsonObject());

        var migrated = await AppRunner.RunAsync("", "migrate", "--from", from, "--fail-on", "never", old);

        Assert.True(migrated.ExitCode == 0, migrated.Error);
        using var values = new TemporaryFile(migrated.Output);
        var rendered = await HelmRunner.RunAsync(HelmVersions.Four, Renders.Template("tempo", "chart", "-f", values.Path));
        Assert.True(rendered.ExitCode == 0, $"{rendered.Error}\n{migrated.Output}");
        var check = await AppRunner.RunAsync(rendered.Output, "check", "--fail-on", "warning");
        Assert.True(check.ExitCode == 0, check.Output);
        var config = StrictYaml.Read(ConfigOf(rendered.Output))!;
        var expected = StrictYaml.Read(File.ReadAllText(Repository.Path("tests", "Migration", "Effective", $"{from}.yaml")))!;
        AssertNone.Of(Differences(Merged(expected, @case.At("settings")), config));
    }

    [Fact]
    public void A_setting_that_is_lost_or_added_is_a_difference()
    {
        var old = JsonNode.Parse("""{"querier": {"max_concurrent_queries": 7}, "compactor": {"x": 1}}""")!;
        var here = JsonNode.Parse("""{"querier": {"max_concurrent_queries": 20}, "server": {"log_level": "debug"}}""")!;

        Assert.Equal(
            [
                "compactor.x: 1 there, nothing here",
                "querier.max_concurrent_queries: 7 there, 20 here",
                "server.log_level: info there, debug here",
            ],
            Differences(old, here)
        );
    }

    private static IEnumerable<string> Differences(JsonNode there, JsonNode here)
    {
        var (old, now) = (Settings(there), Settings(here));
        return old
            .Keys.Union(now.Keys)
            .Except(Derived)
            .Order()
            .Select(path =>
                (
                    Path: path,
                    Old: old.GetValueOrDefault(path) ?? TempoDefaults.Of(path),
                    Now: now.GetValueOrDefault(path) ?? TempoDefaults.Of(path)
                )
            )
            .Where(static setting => setting.Old != setting.Now)
            .Select(static setting => $"{setting.Path}: {setting.Old ?? "nothing"} there, {setting.Now ?? "nothing"} here");
    }

    /// <summary>Every setting by its path. The order of a list of words and the address of a receiver have no meaning.</summary>
    private static Dictionary<string, string> Settings(JsonNode config)
    {
        var settings = new Dictionary<string, string>();
        foreach (var (path, value) in config.Scalars().Where(static scalar => scalar.Value is not null))
        {
            var key = Index().Replace(path, "");
            if (key.StartsWith("cache.caches") && key != "cache.caches.roles")
            {
                continue;
            }

            var text = TempoDefaults.Normal(Wildcard().Replace(value!.ToString(), ":"));
            settings[key] = settings.TryGetValue(key, out var others) ? string.Join(", ", others.Split(", ").Append(text).Order()) : text;
        }

        return settings;
    }

    private static JsonNode Merged(JsonNode below, JsonNode? above)
    {
        if (below is not JsonObject map || above is not JsonObject over)
        {
            return above?.DeepClone() ?? below;
        }

        foreach (var (key, value) in over)
        {
            map[key] = map[key] is { } known && value is not null ? Merged(known.DeepClone(), value) : value?.DeepClone();
        }

        return map;
    }

    private static string ConfigOf(string release) =>
        new RenderedRelease(new ReleaseCase("migrated"), release).TempoConfigText
        ?? throw new Xunit.Sdk.XunitException("the release has no tempo.yaml");

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex Index();

    [GeneratedRegex(@"^(0\.0\.0\.0|\[::\]):")]
    private static partial Regex Wildcard();
}
