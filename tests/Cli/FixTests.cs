using Tempo.Helm.Tests.Support;
using Tempo.PostRender;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cli;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Cli;

/// <summary><c>check --fix</c>: the files become what the post-renderer would write, all of them or none.</summary>
public sealed class FixTests : IDisposable
{
    private static readonly string[] IPv6 = ["--address-family", "IPv6"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_becomes_what_the_post_renderer_writes()
    {
        var input = '\uFEFF' + Streams.Helm3.Replace("\n", "\r\n");
        _folder.Write("release.yaml", input);
        var expected = await AppRunner.RunAsync(input, IPv6);

        var result = await FixAsync("release.yaml");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("fixed TPF001 Service/obs/traces-gossip-ring", result.Output);
        Assert.Equal(expected.OutputBytes, await File.ReadAllBytesAsync(_folder.In("release.yaml")));
        Assert.Single(_folder.Files);
    }

    [Fact]
    public async Task Every_format_says_what_was_done_to_a_value_and_not_what_to_do()
    {
        foreach (var (word, format) in ReportFormats.All)
        {
            _folder.Write("release.yaml", Streams.Helm3);

            var result = await FixAsync("release.yaml", $"--format={word}");

            Assert.True(result.ExitCode == 0, result.Error);
            Assert.DoesNotMatch("Set it to|Add ::/0|Remove it", format == ReportFormat.Sarif ? WithoutRules(result.Output) : result.Output);
        }

        _folder.Write("release.yaml", Streams.Helm3);
        Assert.Contains("; its default depends on the cluster. Set to SingleStack. (", (await FixAsync("release.yaml")).Output);
    }

    /// <summary>The descriptions of the rules say what a fix does, whether it was made or not.</summary>
    private static string WithoutRules(string sarif) => sarif[sarif.IndexOf("\"results\"")..];

    [Fact]
    public async Task A_file_without_findings_is_not_written_again()
    {
        _folder.Write("release.yaml", Streams.Helm3);
        await FixAsync("release.yaml");
        File.SetLastWriteTimeUtc(_folder.In("release.yaml"), DateTime.UnixEpoch);

        var result = await FixAsync("release.yaml");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(_folder.In("release.yaml")));
    }

    [Fact]
    public async Task A_fault_on_the_same_line_of_two_files_is_repaired_in_both()
    {
        foreach (var environment in (string[])["dev", "prod"])
        {
            _folder.Write($"all/{environment}/release.yaml", Streams.Helm3);
        }

        var alone = await AppRunner.RunAsync("", "check", _folder.In("all/dev"), "--address-family", "IPv6", "--format", "json");
        var both = await AppRunner.RunAsync("", "check", _folder.In("all"), "--address-family", "IPv6", "--format", "json");
        await FixAsync("all");
        var after = await AppRunner.RunAsync("", "check", _folder.In("all"), "--address-family", "IPv6", "--format", "json");

        Assert.NotEqual(0, CountFixable(alone.Output));
        Assert.Equal(2 * CountFixable(alone.Output), CountFixable(both.Output));
        Assert.Equal(0, CountFixable(after.Output));

        static int CountFixable(string report) => report.Split("\"level\": \"fixable\"").Length - 1;
    }

    [Fact]
    public async Task The_files_of_a_folder_are_repaired_as_one_release()
    {
        foreach (var (index, document) in Streams.Helm3.Split("---\n", StringSplitOptions.RemoveEmptyEntries).Index())
        {
            _folder.Write($"release/{index}.yaml", document);
        }

        _folder.Write("release/notes.txt", "ipFamilies: [IPv4]");

        var result = await FixAsync("release");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("tempo-gossip-member: \"true\"", _folder.Read("release/4.yaml"));
        Assert.Contains("bind_addr: [\"::\"]", _folder.Read("release/1.yaml"));
        Assert.Equal("ipFamilies: [IPv4]", _folder.Read("release/notes.txt"));
        Assert.Equal(0, (await AppRunner.RunAsync("", ["check", _folder.In("release"), .. IPv6])).ExitCode);
    }

    [Fact]
    public async Task Permissions_stay_and_a_link_stays_one()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        _folder.Write("real.yaml", Streams.Helm3);
        File.SetUnixFileMode(_folder.In("real.yaml"), Mode);
        File.CreateSymbolicLink(_folder.In("link.yaml"), "real.yaml");

        Assert.Equal(0, (await FixAsync("link.yaml")).ExitCode);

        Assert.Equal("real.yaml", new FileInfo(_folder.In("link.yaml")).LinkTarget);
        Assert.Equal(Mode, File.GetUnixFileMode(_folder.In("real.yaml")));
        Assert.Contains("bind_addr: [\"::\"]", _folder.Read("real.yaml"));
    }

    [LinuxFact]
    public async Task A_file_in_a_folder_of_devices_is_replaced_as_any_other()
    {
        // The old report is longer than the new one, which would show what is left of it.
        var folder = Directory.CreateDirectory($"/dev/shm/tempo-helm-{Guid.NewGuid():N}");
        var file = Path.Combine(folder.FullName, "release.yaml");
        var report = Path.Combine(folder.FullName, "report.json");
        await File.WriteAllTextAsync(file, Streams.Helm3);
        await File.WriteAllTextAsync(report, new string('x', 1 << 20));

        var result = await AppRunner.RunAsync("", ["check", "--fix", file, "-o", report, .. IPv6]);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal((await AppRunner.RunAsync(Streams.Helm3, IPv6)).Output, await File.ReadAllTextAsync(file));
        Assert.EndsWith("}\n", await File.ReadAllTextAsync(report));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_pipe_cannot_be_repaired()
    {
        await CliWrap.Cli.Wrap("mkfifo").WithArguments(_folder.In("pipe.yaml")).ExecuteAsync();
        _folder.Write("a.yaml", Streams.Helm3);
        var writer = Task.Run(() => File.WriteAllText(_folder.In("pipe.yaml"), Streams.Helm3));

        var result = await FixAsync("a.yaml", "pipe.yaml");

        await writer;
        result.AssertRefused(64, "pipe.yaml cannot be fixed: it is not a regular file. No file was changed.");
        Assert.Equal(Streams.Helm3, _folder.Read("a.yaml"));
    }

    [Fact]
    public async Task A_file_does_not_run_as_its_owner_any_more()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute;
        _folder.Write("a.yaml", Streams.Helm3);
        File.SetUnixFileMode(_folder.In("a.yaml"), Mode | UnixFileMode.SetUser | UnixFileMode.SetGroup);

        Assert.Equal(0, (await FixAsync("a.yaml")).ExitCode);

        Assert.Equal(Mode, File.GetUnixFileMode(_folder.In("a.yaml")));
    }

    [Fact]
    public async Task One_error_that_only_the_user_can_resolve_leaves_every_file_as_it_is()
    {
        _folder.Write("good.yaml", Streams.Helm3);
        _folder.Write("refused.yaml", Streams.Contradiction);

        var result = await FixAsync("good.yaml", "refused.yaml");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error TPF002", result.Output);
        Assert.DoesNotContain("fixed TPF", result.Output);
        Assert.Contains("no file was changed, because not every finding can be fixed", result.Error);
        AssertUnchanged(("good.yaml", Streams.Helm3), ("refused.yaml", Streams.Contradiction));
    }

    [Fact]
    public async Task One_file_that_is_no_YAML_leaves_every_file_as_it_is()
    {
        _folder.Write("good.yaml", Streams.Helm3);
        _folder.Write("broken.yaml", "kind: [");

        var result = await FixAsync("good.yaml", "broken.yaml");

        Assert.Equal(65, result.ExitCode);
        Assert.Contains("No file was changed.\n", result.Error);
        Assert.DoesNotContain("fixed TPF", result.Output);
        AssertUnchanged(("good.yaml", Streams.Helm3), ("broken.yaml", "kind: ["));
    }

    [Fact]
    public async Task A_read_only_file_leaves_every_file_as_it_is()
    {
        _folder.Write("a.yaml", Streams.Helm3);
        _folder.Write("b.yaml", Streams.Helm3);
        new FileInfo(_folder.In("b.yaml")).IsReadOnly = true;

        var result = await FixAsync("a.yaml", "b.yaml");

        result.AssertRefused(1, "b.yaml cannot be fixed: it is read-only. No file was changed.");
        AssertUnchanged(("a.yaml", Streams.Helm3), ("b.yaml", Streams.Helm3));
        new FileInfo(_folder.In("b.yaml")).IsReadOnly = false;
    }

    [Fact]
    public async Task A_file_named_twice_is_not_repaired_twice()
    {
        _folder.Write("a.yaml", Streams.Helm3);
        File.CreateSymbolicLink(_folder.In("b.yaml"), "a.yaml");

        var result = await FixAsync("a.yaml", "b.yaml");

        result.AssertRefused(64, "it is the same file as ");
        Assert.Equal(Streams.Helm3, _folder.Read("a.yaml"));
    }

    [Theory]
    [InlineData("check", "--fix")]
    [InlineData("check", "--fix", "-")]
    public async Task Standard_input_cannot_be_repaired(params string[] arguments)
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, arguments);

        result.AssertRefused(64, "--fix changes files, but standard input is not a file");
    }

    [Fact]
    public async Task The_diff_of_a_repair_is_what_was_repaired()
    {
        _folder.Write("release.yaml", Streams.Helm3);
        var before = await AppRunner.RunAsync("", ["check", _folder.In("release.yaml"), "--diff", .. IPv6]);

        var result = await AppRunner.RunAsync("", ["check", "--fix", "--diff", _folder.In("release.yaml"), .. IPv6]);

        Assert.Equal((0, before.Output), (result.ExitCode, result.Output));
        Assert.NotEqual(Streams.Helm3, _folder.Read("release.yaml"));
    }

    [Fact]
    public void Files_that_were_replaced_get_their_content_back_if_another_one_cannot_be()
    {
        _folder.Write("a.yaml", Streams.Helm3);
        _folder.Write("b.yaml", Streams.Helm3);
        var repair = new FileRepair
        {
            BeforeCommit = path =>
            {
                if (path == _folder.In("b.yaml"))
                {
                    Assert.NotEqual(Streams.Helm3, _folder.Read("a.yaml"));
                    File.Delete(path);
                    Directory.CreateDirectory(path);
                }
            },
        };

        var fault = Assert.Throws<FileWriteException>(() => repair.Write(Inspect("a.yaml", "b.yaml")));

        Assert.EndsWith("No file was changed", fault.Message);
        Assert.Equal(Streams.Helm3, _folder.Read("a.yaml"));
        Assert.Equal([_folder.In("a.yaml")], _folder.Files);
    }

    [Fact]
    public void Files_that_cannot_get_their_content_back_are_named()
    {
        _folder.Write("a.yaml", Streams.Helm3);
        _folder.Write("b.yaml", Streams.Helm3);
        var repair = new FileRepair
        {
            BeforeCommit = path =>
            {
                if (path == _folder.In("b.yaml"))
                {
                    new FileInfo(_folder.In("a.yaml")).IsReadOnly = true;
                    throw new IOException("the disk is gone");
                }
            },
        };

        var fault = Assert.Throws<FileWriteException>(() => repair.Write(Inspect("a.yaml", "b.yaml")));

        Assert.Contains("the disk is gone. These files are already fixed: ", fault.Message);
        Assert.EndsWith("a.yaml", fault.Message);
        new FileInfo(_folder.In("a.yaml")).IsReadOnly = false;
        Assert.Equal(2, _folder.Files.Count);
    }

    [Fact]
    public void A_file_that_changed_in_the_meantime_is_not_replaced()
    {
        _folder.Write("a.yaml", Streams.Helm3);
        _folder.Write("b.yaml", Streams.Helm3);
        var inspected = Inspect("a.yaml", "b.yaml");
        _folder.Write("b.yaml", "kind: New");

        var fault = Assert.Throws<FileWriteException>(() => new FileRepair().Write(inspected));

        Assert.Contains("another program changed it in the meantime. No file was changed", fault.Message);
        AssertUnchanged(("a.yaml", Streams.Helm3), ("b.yaml", "kind: New"));
    }

    private IReadOnlyList<InspectedInput> Inspect(params string[] names)
    {
        var io = AppRunner.NoStreams;
        var rules = new RuleOptions(AddressFamily.IPv6, "", RuleOptions.DefaultGossipLabel, new HashSet<string>());
        return Inspection
            .Of([.. names.Select(_folder.In)], inputName: null, RunMode.Enforce, new PipelineOptions(rules, FailOn.Error, null), io)
            .Inputs;
    }

    private Task<RunResult> FixAsync(params string[] names) =>
        AppRunner.RunAsync("", ["check", "--fix", .. names.Select(name => name.StartsWith('-') ? name : _folder.In(name)), .. IPv6]);

    private void AssertUnchanged(params (string Name, string Text)[] files)
    {
        Assert.All(files, file => Assert.Equal(file.Text, _folder.Read(file.Name)));
        Assert.Equal(files.Length, _folder.Files.Count);
    }
}
