using System.Runtime.Versioning;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cli;

/// <summary><c>check</c> of a folder: links, pipes, and the reports of earlier runs in it.</summary>
public sealed class CheckFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Links_that_lead_in_a_circle_are_not_entered()
    {
        _folder.Write("d/a/release.yaml", Streams.Helm3);
        Directory.CreateSymbolicLink(_folder.In("d/a/up"), "..");
        Directory.CreateSymbolicLink(_folder.In("d/a/again"), _folder.In("d"));

        await AssertCheckedOnceAsync();
    }

    [Fact]
    public async Task A_mounted_ConfigMap_has_each_file_once()
    {
        _folder.Write("d/..2026/release.yaml", Streams.Helm3);
        Directory.CreateSymbolicLink(_folder.In("d/..data"), "..2026");
        File.CreateSymbolicLink(_folder.In("d/release.yaml"), "..data/release.yaml");

        await AssertCheckedOnceAsync();
    }

    [Fact]
    public async Task A_link_to_a_file_elsewhere_is_followed_and_so_is_a_folder_that_is_named_by_its_link()
    {
        _folder.Write("elsewhere.yaml", Streams.Helm3);
        Directory.CreateDirectory(_folder.In("real"));
        File.CreateSymbolicLink(_folder.In("real/release.yaml"), _folder.In("elsewhere.yaml"));
        Directory.CreateSymbolicLink(_folder.In("d"), "real");

        await AssertCheckedOnceAsync();
    }

    [Fact]
    public async Task A_file_without_content_is_not_taken_for_a_device()
    {
        _folder.Write("d/release.yaml", Streams.Helm3);
        _folder.Write("d/empty.yaml", "");

        await AssertCheckedOnceAsync();
    }

    [LinuxFact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_pipe_or_a_device_is_refused_by_its_name()
    {
        _folder.Write("pipe/release.yaml", Streams.Helm3);
        await CliWrap.Cli.Wrap("mkfifo").WithArguments(_folder.In("pipe/p.yaml")).ExecuteAsync();
        Directory.CreateDirectory(_folder.In("device"));
        File.CreateSymbolicLink(_folder.In("device/p.yaml"), "/dev/zero");

        foreach (var kind in (string[])["pipe", "device"])
        {
            var result = await AppRunner.RunAsync("", "check", _folder.In(kind)).WaitAsync(TimeSpan.FromMinutes(1));

            result.AssertRefused(64, $"{_folder.In(kind)}/p.yaml cannot be read: it is a device or a pipe, not a file");
        }
    }

    [Fact]
    public async Task A_link_that_leads_nowhere_is_refused_by_its_name()
    {
        _folder.Write("d/release.yaml", Streams.Helm3);
        var link = _folder.In("d/nowhere.yaml");
        File.CreateSymbolicLink(link, "none");

        var result = await AppRunner.RunAsync("", "check", _folder.In("d"));

        result.AssertRefused(64, $"{link} cannot be read: it is a link to a file that does not exist");
    }

    [Theory]
    [InlineData("kustomize-patches=", "patches.yaml")]
    [InlineData("json=", "report.yml")]
    [InlineData("sarif=", "findings.json")]
    [InlineData("", "report.json")]
    public async Task A_report_of_an_earlier_run_is_replaced_and_not_checked(string format, string name)
    {
        _folder.Write("d/release.yaml", Streams.Helm3);
        var report = _folder.In($"d/{name}");
        string[] run = ["check", _folder.In("d"), "--address-family", "IPv6", "--output", $"{format}{report}"];

        var first = await AppRunner.RunAsync("", run);
        var written = _folder.Read($"d/{name}");
        File.AppendAllText(report, "\n");
        var second = await AppRunner.RunAsync("", run);

        Assert.Equal((2, first.Output, first.Error), (second.ExitCode, second.Output, second.Error));
        Assert.Equal(written, _folder.Read($"d/{name}"));
        await AssertCheckedOnceAsync();
    }

    [Theory]
    [InlineData("text")]
    [InlineData("github")]
    [InlineData("markdown")]
    public async Task A_report_that_is_no_YAML_does_not_get_the_name_of_a_manifest(string format)
    {
        var file = _folder.In("report.yaml");

        var result = await AppRunner.RunAsync(Streams.Helm3, "check", "--output", $"{format}={file}");

        result.AssertRefused(64, $"--output: {file} would be read as a manifest, and {format} is neither YAML nor JSON");
        Assert.Empty(_folder.Files);
    }

    private async Task AssertCheckedOnceAsync()
    {
        var result = await AppRunner.RunAsync("", "check", _folder.In("d"), "--address-family", "IPv6");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("tempo-postrender: 6 documents checked; ", result.Output);
    }
}
