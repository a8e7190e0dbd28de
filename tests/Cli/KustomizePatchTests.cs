using Tempo.Helm.Tests.Rules;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cli;

/// <summary><c>check --format kustomize-patches</c>: the repairs of the post-renderer, as patches that Kustomize applies.</summary>
public sealed class KustomizePatchTests : IDisposable
{
    private static readonly string Example = File.ReadAllText(Repository.Path("docs", "examples", "release.yaml"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [KustomizePatchFact]
    public async Task The_patches_give_the_same_release_as_the_post_renderer()
    {
        var release = Example;

        var patched = await PatchAsync(release);

        Assert.Equal(await BuildAsync((await AppRunner.RunAsync(release)).Output, "patches: []\n"), patched);
        Assert.Equal(0, (await AppRunner.RunAsync(patched, "check")).ExitCode);
    }

    [KustomizePatchFact]
    public async Task Every_repair_of_every_rule_can_be_made_by_patches()
    {
        var fixtures = RuleFixture
            .All.Where(static fixture => fixture.Fixed is not null && !fixture.Fixed.Contains("kind: Secret"))
            .ToList();
        Assert.True(fixtures.Count > 20);

        foreach (var rule in fixtures.GroupBy(static fixture => fixture.Rule))
        {
            // One of each family and rule: each is a process.
            foreach (var fixture in rule.DistinctBy(static fixture => fixture.Family))
            {
                string[] family = fixture.Family is { } stated ? ["--address-family", $"{stated}"] : [];
                var patched = await PatchAsync(fixture.Text, family);

                var expected = await BuildAsync(fixture.Fixed!, "patches: []\n");
                Assert.True(expected == patched, $"{fixture}:\n{FirstDifference(expected, patched)}");
            }
        }
    }

    [Fact]
    public async Task A_release_without_findings_needs_no_patch()
    {
        var result = await AppRunner.RunAsync(
            RuleFixture.All.First(static fixture => fixture is { Rule: "TPF001", Kind: "ok" }).Text,
            "check",
            "--format",
            "kustomize-patches"
        );

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.EndsWith("\npatches: []\n", result.Output);
    }

    [Fact]
    public async Task A_finding_that_no_patch_can_fix_is_an_error()
    {
        var release = Example.Replace("clusterIP: None", "clusterIP: 10.0.0.7");

        var result = await AppRunner.RunAsync(release, "check", "--format", "kustomize-patches");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("error TPF002 Service/traces-gossip-ring spec.clusterIP: ", result.Error);
        Assert.Contains("\npatches:\n  - target:\n", result.Output);
    }

    [Fact]
    public async Task A_config_in_a_Secret_is_never_printed()
    {
        const string Secret = "hunter2-of-the-bucket";
        var release = Example
            .Replace("kind: ConfigMap", "kind: Secret")
            .Replace("\ndata:", "\nstringData:")
            .Replace("bucket: traces", $"secret_key: {Secret}")
            .Replace("configMap:", "secret:")
            .Replace("        name: traces-config", "        secretName: traces-config");
        Assert.Contains(Secret, release);

        var result = await AppRunner.RunAsync(release, "check", "--format", "kustomize-patches", "--address-family", "IPv6");

        Assert.Contains("  # Secret/traces-config is not patched here", result.Output);
        Assert.DoesNotContain(Secret, result.Output + result.Error);
    }

    [Fact]
    public async Task A_warning_names_the_config_that_is_copied_with_a_credential()
    {
        var release = Example;
        var open = release.Replace("bucket: traces", "secret_key: hunter2");
        Assert.NotEqual(release, open);
        var file = _folder.In("patches.yaml");
        const string Warning = "tempo-postrender: warning: the patch of ConfigMap/traces-config copies its config, ";

        var harmless = await AppRunner.RunAsync(release, "check", "--format", "kustomize-patches");
        var printed = await AppRunner.RunAsync(open, "check", "--format", "kustomize-patches");
        var written = await AppRunner.RunAsync(open, "check", "--quiet", "--fail-on", "never", "-o", $"kustomize-patches={file}");

        Assert.Equal("", harmless.Error);
        Assert.StartsWith(Warning, printed.Error);
        Assert.StartsWith(Warning, written.Error);
        Assert.DoesNotContain("hunter2", printed.Error + written.Error);
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var line = left.Zip(right).TakeWhile(static pair => pair.First == pair.Second).Count();
        return $"line {line + 1}: expected {left.ElementAtOrDefault(line)}, but was {right.ElementAtOrDefault(line)}";
    }

    private async Task<string> PatchAsync(string release, params string[] options) =>
        await BuildAsync(release, (await AppRunner.RunAsync(release, ["check", "--format", "kustomize-patches", .. options])).Output);

    /// <summary>A release with patches, in Kustomize's own layout.</summary>
    private async Task<string> BuildAsync(string release, string patches)
    {
        var name = Guid.NewGuid().ToString();
        _folder.Write($"{name}/release.yaml", release);
        _folder.Write($"{name}/kustomization.yaml", $"resources: [release.yaml]\n{patches}");
        var folder = Path.Combine(_folder.Path, name);

        var built = await Kustomize.BuildAsync(folder);

        Assert.True(built.ExitCode == 0, built.Error + patches);
        return built.Output;
    }
}
