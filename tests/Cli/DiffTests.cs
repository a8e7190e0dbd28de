using System.Text;
using Tempo.Helm.Tests.Rules;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Reporting;

namespace Tempo.Helm.Tests.Cli;

/// <summary><c>--diff</c>: what changes, in a form that people read and git applies, and that shows nothing secret.</summary>
public sealed partial class DiffTests : IDisposable
{
    private const string Password = "hunter2-very-secret";

    private static readonly string[] IPv6 = ["--address-family", "IPv6"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<RuleFixture> Fixtures => [.. RuleFixture.All.Where(static fixture => fixture.Fixed is not null)];

    [Theory]
    [InlineData("as it is")]
    [InlineData("CRLF")]
    [InlineData("no last line break")]
    [InlineData("byte order mark")]
    [InlineData("a name with \"quotes\" and \u00fc")]
    public async Task Git_applies_the_diff_and_gets_the_output_of_the_post_renderer(string form)
    {
        var input = form switch
        {
            "CRLF" => Streams.Helm3.Replace("\n", "\r\n"),
            "no last line break" => WithChangeInLastLine,
            "byte order mark" => '\uFEFF' + Streams.Helm3,
            _ => Streams.Helm3,
        };
        var name = form.StartsWith("a name") ? $"{form}.yaml" : "release.yaml";
        _folder.Write($"in/{name}", input);
        var expected = await AppRunner.RunAsync(Encoding.UTF8.GetBytes(input), IPv6);

        var result = await AppRunner.RunAsync("", ["check", Path.Combine(_folder.Path, "in", name), "--diff", .. IPv6]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("fixable TPF001 Service/obs/traces-gossip-ring", result.Error);
        await ApplyAsync(result.OutputBytes);
        Assert.Equal(expected.OutputBytes, await File.ReadAllBytesAsync(Path.Combine(_folder.Path, "in", name)));
    }

    [Theory]
    [InlineData("ipFamilies")]
    [InlineData("metadata")]
    public async Task A_byte_order_mark_stays_where_the_first_line_changes(string change)
    {
        var input = change switch
        {
            // A Service on one line, which changes.
            "ipFamilies" => '\uFEFF'
                + "{kind: Service, apiVersion: v1, metadata: {name: last, namespace: obs}, spec: {ipFamilies: [IPv4], "
                + "ipFamilyPolicy: SingleStack, clusterIP: None, selector: {app.kubernetes.io/component: distributor}}}\n---\n"
                + Streams.Helm3,
            _ => '\uFEFF'
                + "spec: {ipFamilies: [IPv4], ipFamilyPolicy: SingleStack, clusterIP: None, selector: {app.kubernetes.io/component: "
                + "distributor}}\nkind: Service\napiVersion: v1\nmetadata: {name: last, namespace: obs}\n---\n"
                + Streams.Helm3,
        };
        _folder.Write("release.yaml", input);
        var expected = await AppRunner.RunAsync(Encoding.UTF8.GetBytes(input), IPv6);

        var result = await AppRunner.RunAsync("", ["check", _folder.In("release.yaml"), "--diff", .. IPv6]);

        Assert.Contains("@@ -1,", result.Output);
        await ApplyAsync(result.OutputBytes);
        Assert.Equal(expected.OutputBytes, await File.ReadAllBytesAsync(_folder.In("release.yaml")));
    }

    [Theory]
    [InlineData("a.yaml", "a/a.yaml")]
    [InlineData("./sub//x/../a.yaml", "a/sub/a.yaml")]
    [InlineData("a\\b.yaml", "\"a/a\\\\b.yaml\"")]
    [InlineData("..a.yaml", "a/..a.yaml")]
    public async Task A_name_is_the_path_from_the_current_directory(string name, string header)
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, ["check", "--stdin-name", name, "--diff", .. IPv6]);

        Assert.StartsWith($"--- {header}\n", result.Output);
    }

    [Fact]
    public async Task A_file_outside_the_current_directory_has_its_whole_path()
    {
        var parent = Path.GetDirectoryName(Path.GetFullPath("."))!.Replace('\\', '/').TrimStart('/');

        var result = await AppRunner.RunAsync(Streams.Helm3, ["check", "--stdin-name", "../a.yaml", "--diff", .. IPv6]);

        Assert.StartsWith($"--- a/{parent}/a.yaml\n", result.Output);
    }

    [Fact]
    public async Task A_file_that_is_named_twice_has_one_diff()
    {
        _folder.Write("sub/a.yaml", Streams.Helm3);
        var file = Path.Combine(_folder.Path, "sub", "a.yaml");
        var once = await AppRunner.RunAsync("", ["check", file, "--diff", .. IPv6]);

        var twice = await AppRunner.RunAsync(
            "",
            ["check", file, Path.Combine(_folder.Path, "sub", "..", "sub", "a.yaml"), "--diff", .. IPv6]
        );

        Assert.Equal(once.Output, twice.Output);
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Every_fix_is_in_the_diff_and_nothing_else(RuleFixture fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        var outcome = fixture.Run(RunMode.Enforce);

        var diffs = UnifiedDiff.Of(outcome.Report);

        var diff = Assert.Single(diffs);
        if (diff.Withheld.Count == 0 && diff.HiddenLines == 0)
        {
            Assert.Equal(Yaml.Concat(outcome.Output!), Apply(fixture.Text, diff));
        }

        Assert.All(diff.Hunks, static hunk => Assert.Contains(hunk.Lines, static line => line.Kind != DiffLineKind.Context));
    }

    [Fact]
    public async Task The_post_renderer_prints_it_beside_the_manifests()
    {
        var alone = await AppRunner.RunAsync(Streams.Helm3, IPv6);

        var result = await AppRunner.RunAsync(Streams.Helm3, [.. IPv6, "--diff"]);

        Assert.Equal(alone.Output, result.Output);
        Assert.StartsWith(alone.Error + "--- a/stdin\n+++ b/stdin\n@@ -", result.Error);
        SnapshotAssert.Match(Checksums().Replace(result.Error[alone.Error.Length..], "CHECKSUM"), "Cli", "diff");
    }

    [Fact]
    public async Task A_refused_release_changes_nothing()
    {
        var alone = await AppRunner.RunAsync(Streams.Contradiction, IPv6);

        Assert.Equal(alone.Error, (await AppRunner.RunAsync(Streams.Contradiction, [.. IPv6, "--diff"])).Error);
    }

    [Fact]
    public async Task A_release_without_findings_has_no_diff()
    {
        var input = (await AppRunner.RunAsync(Streams.Helm3, IPv6)).Output;

        var result = await AppRunner.RunAsync(input, ["check", "--diff", .. IPv6]);

        Assert.Equal((0, ""), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task It_can_be_a_file_beside_another_report()
    {
        var file = _folder.In("fix.patch");

        var result = await AppRunner.RunAsync(Streams.Helm3, ["check", "--format", "json", "-o", file, .. IPv6]);

        Assert.StartsWith("{", result.Output);
        Assert.StartsWith("--- a/stdin\n", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Standard_output_carries_one_report()
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, ["check", "--format", "json", "--diff", .. IPv6]);

        result.AssertRefused(64, "--diff and --format json would both be written to standard output");
    }

    [Theory]
    [InlineData("data", true)]
    [InlineData("stringData", false)]
    public async Task No_line_of_a_Secret_is_shown_and_the_rest_can_be_applied(string key, bool isBase64)
    {
        var secret = Streams
            .Helm3[Streams.Helm3.IndexOf("  tempo.yaml: |")..Streams.Helm3.IndexOf("---\n# Source: traces/templates/gossip-ring")]
            .Replace("trace:\n", $"trace:\n        s3: {{secret_key: {Password}}}\n");
        var config = string.Concat(secret.Split('\n')[1..].Select(static line => (line.Length > 4 ? line[4..] : "") + "\n"));
        secret = isBase64 ? $"  tempo.yaml: {Convert.ToBase64String(Encoding.UTF8.GetBytes(config))}\n" : secret;
        var start = Streams.Helm3.IndexOf("apiVersion: v1\nkind: ConfigMap");
        var end = Streams.Helm3.IndexOf("---\n# Source: traces/templates/gossip-ring");
        var input =
            $"{Streams.Helm3[..start]}apiVersion: v1\nkind: Secret # {Password}\nmetadata:\n  name: traces-config\n"
            + $"  namespace: obs\n{key}:\n{secret}"
            + Streams.Helm3[end..].Replace("configMap:\n          name:", "secret:\n          secretName:");
        _folder.Write("release.yaml", input);
        var expected = (await AppRunner.RunAsync(input, IPv6)).Output;

        var result = await AppRunner.RunAsync("", ["check", _folder.In("release.yaml"), "--diff", .. IPv6]);

        Assert.DoesNotContain(Password, result.Output + result.Error);
        Assert.DoesNotContain("tempo.yaml", result.Output);
        Assert.Contains("Secret/obs/traces-config changes too; no line of a Secret is shown.\n", result.Output);
        await ApplyAsync(result.OutputBytes);
        var applied = _folder.Read("release.yaml");
        Assert.Equal(After(expected, "gossip-ring"), After(applied, "gossip-ring"));
        Assert.Equal(
            input[..input.IndexOf("---\n# Source: traces/templates/gossip-ring")],
            applied[..applied.IndexOf("---\n# Source: traces/templates/gossip-ring")]
        );

        static string After(string text, string source) => text[text.IndexOf(source)..];
    }

    [Theory]
    [InlineData("      bind_addr: []\n      secret_key: VALUE\n", "bind_addr")]
    [InlineData("      basic_auth:\n        username: VALUE\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      private_key: |\n        VALUE\n        VALUE\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      url: http://user:VALUE@example.com\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      tokens:\n      - VALUE\n      - VALUE\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      passwords:\n      -\n        VALUE\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      ? password\n      : VALUE\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      ? >-\n        password\n      : - VALUE\n        - VALUE\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      pwd: VALUE\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      Cookie: session=VALUE\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      s: ${PW:-VALUE}\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      s: ${DB_PW:-VALUE}\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      s: eyJhbGciOiJIUzI1NiJ9.VALUE.c2ln\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      s: AKIAVALUE\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      s: ghp_VALUE\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      url: https://hooks.slack.com/services/VALUE\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      key: VALUE.yaml9\n      bind_addr: []\n", "bind_addr")]
    [InlineData("      proxy_pass: VALUE\n      bind_addr: []\n", "bind_addr")]
    public async Task A_line_that_may_hold_a_credential_is_not_shown(string lines, string shown)
    {
        var input = Streams.Helm3.Replace("      bind_addr: []\n", lines.Replace("VALUE", Password));

        var result = await AppRunner.RunAsync(input, ["check", "--diff", .. IPv6]);

        Assert.DoesNotContain(Password, result.Output + result.Error);
        Assert.Contains($"+      {shown}: [\"::\"]\n", result.Output);
        Assert.Contains("not shown: it may hold a credential", result.Output);
        Assert.Matches(
            "# stdin: (1 line is not shown, because it|([2-9]|[1-9][0-9]+) lines are not shown, because they) may hold a credential; "
                + "this diff cannot be applied, but check --fix changes the file\\.\n",
            result.Output
        );
    }

    [Fact]
    public async Task A_changed_line_with_a_credential_is_not_shown_either()
    {
        var input = Streams.Helm3.Replace(
            "    storage:\n",
            $"    metrics_generator: {{storage: {{remote_write: [{{url: \"http://user:{Password}@fd00::1:9090/api\"}}]}}}}\n    storage:\n"
        );

        var result = await AppRunner.RunAsync(input, ["check", "--diff", .. IPv6]);

        Assert.DoesNotContain(Password, result.Output + result.Error);
        Assert.Contains("+    (not shown: it may hold a credential)\n", result.Output);
    }

    [Fact]
    public async Task On_a_terminal_it_is_coloured_and_cannot_write_to_it()
    {
        var input = Streams.Helm3.Replace("# all of them", "# \u202e31m");

        var text = (await AppRunner.OnTerminalAsync(input, new TerminalSettings(80, Colours: true), ["check", "--diff", .. IPv6])).Output;

        Assert.Contains("\e[32m+  ipFamilies: [IPv6]\e[0m\n", text);
        Assert.Contains("\e[31m-  ipFamilies: [IPv4]\e[0m\n", text);
        Assert.DoesNotContain('\u202e', text);
    }

    /// <summary>The last line of the file is one that changes.</summary>
    private static string WithChangeInLastLine { get; } =
        (
            Streams.Helm3
            + "---\nkind: Service\napiVersion: v1\nmetadata: {name: last, namespace: obs}\n"
            + "spec: {clusterIP: None, selector: {app.kubernetes.io/component: distributor}}"
        );

    [System.Text.RegularExpressions.GeneratedRegex("[0-9a-f]{64}")]
    private static partial System.Text.RegularExpressions.Regex Checksums();

    private async Task ApplyAsync(byte[] diff)
    {
        await File.WriteAllBytesAsync(_folder.In("fix.patch"), diff);
        // The names in the diff are relative to the folder of the run; -p removes the path to this folder.
        var strip = Encoding.UTF8.GetString(diff).Split('\n').First(static line => line.StartsWith("--- "));
        var depth = strip[..strip.IndexOf(Path.GetFileName(_folder.Path))].Count(static c => c == '/') + 1;
        await CliWrap.Cli.Wrap("git").WithArguments(["apply", $"-p{depth}", "fix.patch"]).WithWorkingDirectory(_folder.Path).ExecuteAsync();
    }

    /// <summary>Applies hunks exactly at the lines that they state.</summary>
    private static string Apply(string text, FileDiff diff)
    {
        var lines = text.Split('\n').Select(static line => line + "\n").ToList();
        lines[^1] = lines[^1][..^1];
        var result = new List<string>();
        var position = 0;
        foreach (var hunk in diff.Hunks)
        {
            result.AddRange(lines[position..(hunk.OldStart - 1)]);
            position = hunk.OldStart - 1;
            Assert.Equal(hunk.NewStart - 1, result.Count);
            foreach (var line in hunk.Lines)
            {
                if (line.Kind != DiffLineKind.Added)
                {
                    Assert.Equal(lines[position++], line.Text + line.Ending);
                }

                if (line.Kind != DiffLineKind.Removed)
                {
                    result.Add(line.Text + line.Ending);
                }
            }
        }

        return string.Concat(result.Concat(lines[position..]));
    }
}
