using System.Formats.Tar;
using System.IO.Compression;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Usage;

/// <summary>The packed chart, and the clusters it goes to.</summary>
public class PackageTests
{
    private static readonly string[] Everything = ["-f", "chart/ci/microservices-full-ipv6-values.yaml"];

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_package_has_all_files_of_a_release_and_renders_the_same(int helm)
    {
        using var folder = new TemporaryFolder();
        var packed = await HelmRunner.RunAsync(HelmVersions.Of(helm), "package", "chart", "-d", folder.Path);
        Assert.True(packed.ExitCode == 0, packed.Error);
        var package = Directory.GetFiles(folder.Path).Single();

        Assert.Equal(
            [".helmignore", "Chart.yaml", "README.md", .. Under("files"), .. Under("templates"), "values.schema.json", "values.yaml"],
            Entries(package).Order()
        );
        Assert.Equal(await RenderAsync(helm, "chart"), await RenderAsync(helm, package));
        var refused = await HelmRunner.RunAsync(HelmVersions.Of(helm), "template", "tempo", package, "--set", "adressFamily=IPv4");
        Assert.Contains("adressFamily", refused.Error);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Helm_shows_the_values_and_the_commands_of_the_chart(int helm)
    {
        var shown = await HelmRunner.RunAsync(HelmVersions.Of(helm), "show", "readme", "chart");

        Assert.True(shown.ExitCode == 0, shown.Error);
        Assert.Contains("| `addressFamily` |", shown.Output);
        Assert.Contains("helm install tempo", shown.Output);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task It_renders_alike_for_every_Kubernetes_from_1_25_on(int helm)
    {
        var output = await RenderAsync(helm, "chart", "--kube-version", "1.25.0");

        foreach (var version in (string[])["1.27.3", "1.31.0-eks-7f9249a", "v1.33.4-gke.1036000", "1.36.0"])
        {
            Assert.Equal(
                output,
                await RenderAsync(helm, "chart", "--kube-version", version, "--api-versions", "monitoring.coreos.com/v1/ServiceMonitor")
            );
        }

        var older = await HelmRunner.RunAsync(HelmVersions.Of(helm), "template", "tempo", "chart", "--kube-version", "1.24.17");
        Assert.NotEqual(0, older.ExitCode);
        Assert.Contains(">=1.25", older.Error);
    }

    private static IEnumerable<string> Under(string folder) =>
        Directory
            .EnumerateFiles(Repository.Path("chart", folder), "*", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Repository.Path("chart"), file).Replace('\\', '/'))
            .Order();

    private static IEnumerable<string> Entries(string package)
    {
        using var stream = new GZipStream(File.OpenRead(package), CompressionMode.Decompress);
        using var archive = new TarReader(stream);
        while (archive.GetNextEntry() is { } entry)
        {
            yield return entry.Name["tempo/".Length..];
        }
    }

    private static async Task<string> RenderAsync(int helm, string chart, params string[] arguments)
    {
        var result = await HelmRunner.RunAsync(HelmVersions.Of(helm), ["template", "tempo", chart, .. Everything, .. arguments]);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }
}
