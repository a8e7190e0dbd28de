using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cli;

/// <summary>Where a report goes: to files and the terminal, in several formats in one run, or nowhere.</summary>
public sealed class ReportOptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly string[] IPv6 = ["--address-family", "IPv6"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_run_writes_the_report_in_every_form_that_is_asked()
    {
        var alone = await AppRunner.RunAsync(Streams.Helm3, ["check", "--format", "github", .. IPv6]);
        var json = await AppRunner.RunAsync(Streams.Helm3, ["check", "--format", "json", .. IPv6]);
        var sarif = await AppRunner.RunAsync(Streams.Helm3, ["check", "--format", "sarif", .. IPv6]);

        var result = await AppRunner.RunAsync(
            Streams.Helm3,
            [
                "check",
                "--format",
                "github",
                .. IPv6,
                "--output",
                _folder.In("report.json"),
                "-o",
                _folder.In("report.sarif"),
                "-o",
                $"lines={_folder.In("report")}",
                "-o",
                $"Mermaid={_folder.In("picture.txt")}",
            ]
        );

        Assert.Equal(alone with { OutputBytes = result.OutputBytes }, result);
        Assert.Equal(json.Output, _folder.Read("report.json"));
        Assert.Equal(sarif.Output, _folder.Read("report.sarif"));
        Assert.StartsWith("tempo-postrender: obs/traces-distributor should be IPv6", _folder.Read("report"));
        Assert.StartsWith("flowchart ", _folder.Read("picture.txt"));
        Assert.Equal(4, _folder.Files.Count);
    }

    [Theory]
    [InlineData("report.docx", "the file name does not tell the format. Write FORMAT=FILE, where FORMAT is one of text, ", 64)]
    [InlineData("sarf=report", "(did you mean sarif?)", 64)]
    [InlineData("none/report.json", "the folder ", 1)]
    [InlineData("folder.json", "it is a folder", 1)]
    [InlineData("release.yaml.json", "it is an input, or the file of another report", 64)]
    [InlineData("json=", "--output is json=, which names no file. If a script passes a variable there, it may be empty or not set", 64)]
    [InlineData("locked.json", "it is read-only", 1)]
    public async Task A_report_that_cannot_be_written_ends_the_run_before_it_starts(string output, string reason, int exitCode)
    {
        Directory.CreateDirectory(_folder.In("folder.json"));
        _folder.Write("release.yaml.json", Streams.Helm3);
        _folder.Write("locked.json", "old");
        new FileInfo(_folder.In("locked.json")).IsReadOnly = true;
        var before = _folder.Files;

        var result = await AppRunner.RunAsync(
            "",
            [
                "check",
                _folder.In("release.yaml.json"),
                "-o",
                _folder.In("first.json"),
                "-o",
                output.Contains('=') ? output : _folder.In(output),
            ]
        );

        result.AssertRefused(exitCode, reason);
        Assert.Equal(before, _folder.Files);
        Assert.Equal("old", _folder.Read("locked.json"));
        new FileInfo(_folder.In("locked.json")).IsReadOnly = false;
    }

    [Fact]
    public async Task The_post_renderer_writes_manifests_to_standard_output_and_reports_to_files()
    {
        var alone = await AppRunner.RunAsync(Streams.Helm3, IPv6);

        var result = await AppRunner.RunAsync(Streams.Helm3, [.. IPv6, "-o", _folder.In("report.txt"), "-o", _folder.In("report.json")]);

        Assert.Equal(alone with { OutputBytes = result.OutputBytes }, result);
        Assert.Equal(alone.Error, _folder.Read("report.txt"));
        Assert.Contains("\"level\": \"fixed\"", _folder.Read("report.json"));
    }

    [Fact]
    public async Task A_refused_release_has_a_report_and_no_manifests()
    {
        var result = await AppRunner.RunAsync(Streams.Contradiction, [.. IPv6, "-o", _folder.In("report.json")]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("TPF002", _folder.Read("report.json"));
    }

    [Fact]
    public async Task An_input_that_cannot_be_read_leaves_the_last_report_as_it_is()
    {
        _folder.Write("report.json", "old");

        var result = await AppRunner.RunAsync("kind: [", "check", "-o", _folder.In("report.json"), "-o", _folder.In("report.sarif"));

        Assert.Equal((65, ""), (result.ExitCode, result.Output));
        Assert.Equal("old", _folder.Read("report.json"));
        Assert.Single(_folder.Files);
    }

    [Fact]
    public async Task A_file_keeps_its_permissions_and_a_link_stays_one()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        _folder.Write("real.json", "old");
        File.SetUnixFileMode(_folder.In("real.json"), Mode);
        File.CreateSymbolicLink(_folder.In("link.json"), "real.json");

        var result = await AppRunner.RunAsync(Streams.Helm3, ["check", .. IPv6, "-o", _folder.In("link.json")]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("real.json", new FileInfo(_folder.In("link.json")).LinkTarget);
        Assert.StartsWith("{", _folder.Read("real.json"));
        Assert.Equal(Mode, File.GetUnixFileMode(_folder.In("real.json")));
        Assert.Equal(2, _folder.Files.Count);
    }

    [Fact]
    public async Task A_device_is_written_and_stays_one()
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, ["check", .. IPv6, "-o", "json=/dev/null"]);

        Assert.Equal(2, result.ExitCode);
        Assert.False(File.GetAttributes("/dev/null").HasFlag(FileAttributes.Archive));
        await File.WriteAllTextAsync("/dev/null", "x");
        Assert.Equal("", await File.ReadAllTextAsync("/dev/null"));
    }

    [Theory]
    [InlineData("in/a.json", "in/a.json")]
    [InlineData("in/a.json", "link/a.json")]
    [InlineData("in/a.json", "a.json")]
    [InlineData("link/a.json", "in/a.json")]
    [InlineData("a.json", "in/../in/a.json")]
    [InlineData("in", "in/a.json")]
    [InlineData("in", "a.json")]
    [InlineData("link", "in/deep/b.json")]
    [InlineData("other.json", "in/new.json", "link/new.json")]
    [InlineData("other.json", "in/a.json", "a.json")]
    public async Task No_report_replaces_an_input_or_another_report(string input, params string[] outputs)
    {
        _folder.Write("other.json", "{}");
        _folder.Write("in/a.json", "{\"kind\": \"List\"}");
        _folder.Write("in/deep/b.json", "{}");
        Directory.CreateSymbolicLink(_folder.In("link"), "in");
        File.CreateSymbolicLink(_folder.In("a.json"), "in/a.json");

        var result = await AppRunner.RunAsync(
            "",
            ["check", _folder.In(input), .. outputs.SelectMany(output => new[] { "-o", _folder.In(output) })]
        );

        result.AssertRefused(64, "it is an input, or the file of another report. Nothing was written");
        Assert.Equal(("{\"kind\": \"List\"}", "{}"), (_folder.Read("in/a.json"), _folder.Read("in/deep/b.json")));
        Assert.False(File.Exists(_folder.In("in/new.json")));
    }

    [Fact]
    public async Task An_input_whose_links_lead_in_a_circle_cannot_be_read()
    {
        File.CreateSymbolicLink(_folder.In("a.yaml"), "b.yaml");
        File.CreateSymbolicLink(_folder.In("b.yaml"), "a.yaml");

        var result = await AppRunner.RunAsync("", "check", _folder.In("a.yaml"), "-o", _folder.In("report.json"));

        result.AssertRefused(64, "a.yaml cannot be read: its links lead in a circle");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("sarif")]
    public async Task A_report_in_the_folder_that_is_checked_is_not_checked_itself(string format)
    {
        _folder.Write("release.yaml", Streams.Helm3);
        string[] check = ["check", _folder.Path, .. IPv6, "-o", $"{format}={_folder.In("report.json")}"];
        var first = await AppRunner.RunAsync("", check);
        var report = _folder.Read("report.json");

        var second = await AppRunner.RunAsync("", check);

        Assert.Equal((2, first.Output), (second.ExitCode, second.Output));
        Assert.Equal(report, _folder.Read("report.json"));
    }

    [Fact]
    public async Task A_report_does_not_replace_the_values_that_a_chart_is_rendered_with()
    {
        _folder.Write("values.txt", "a: b");

        foreach (var values in new[] { new[] { "-f", _folder.In("values.txt") }, [$"--values={_folder.In("values.txt")}"] })
        {
            var result = await AppRunner.RunAsync("", ["template", "chart", .. values, "-o", _folder.In("values.txt")]);

            Assert.Equal((64, "a: b"), (result.ExitCode, _folder.Read("values.txt")));
        }
    }

    [Fact]
    public async Task A_pipe_is_written_and_stays_one()
    {
        await CliWrap.Cli.Wrap("mkfifo").WithArguments(_folder.In("pipe.json")).ExecuteAsync();
        var reader = Task.Run(() => File.ReadAllText(_folder.In("pipe.json")));

        var result = await AppRunner.RunAsync(Streams.Helm3, ["check", .. IPv6, "-o", _folder.In("pipe.json")]);

        Assert.Equal(2, result.ExitCode);
        Assert.EndsWith("}\n", await reader);
        Assert.Equal([_folder.In("pipe.json")], _folder.Files);
    }

    [LinuxTheory]
    [InlineData()]
    [InlineData("check")]
    public async Task A_disk_that_is_full_leaves_standard_output_empty(params string[] command)
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, [.. command, .. IPv6, "-o", "json=/dev/full"]);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Matches(@"^tempo-postrender: /dev/full could not be written: [^\n]+\.\n$", result.Error);
    }

    [Fact]
    public async Task A_quiet_run_prints_a_report_only_if_it_fails()
    {
        var fixedRelease = await AppRunner.RunAsync(Streams.Helm3, [.. IPv6, "--quiet"]);
        var refused = await AppRunner.RunAsync(Streams.Contradiction, [.. IPv6, "--quiet"]);
        var clean = await AppRunner.RunAsync(fixedRelease.Output, ["check", .. IPv6, "-q", "-o", _folder.In("report.json")]);
        var findings = await AppRunner.RunAsync(Streams.Helm3, ["check", .. IPv6, "--quiet"]);

        Assert.Equal((0, ""), (fixedRelease.ExitCode, fixedRelease.Error));
        Assert.NotEqual("", fixedRelease.Output);
        Assert.Equal((0, "", ""), (clean.ExitCode, clean.Output, clean.Error));
        Assert.Contains("\"errors\": 0", _folder.Read("report.json"));
        refused.AssertRefused(2, "error TPF002");
        Assert.Equal(2, findings.ExitCode);
        Assert.Contains("TPF001", findings.Output);
    }
}
