using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Releasing;

/// <summary>The files of a release, as a user downloads them.</summary>
[Collection(ReleaseCollection.Name)]
public class ReleaseFileTests(ReleaseArtifacts release)
{
    [Fact]
    public void A_release_is_chart_plugins_program_tool_bill_of_materials_and_checksums()
    {
        var version = Versions.OfTheProgram;

        Assert.Equal(
            [
                "SHA256SUMS",
                $"Tempo.PostRender.{version}.nupkg",
                "preflight.schema.json",
                "report.schema.json",
                "rules.schema.json",
                $"tempo-{Versions.OfTheChart}.tgz",
                $"tempo-family-{version}.tgz",
                $"tempo-family-helm3-{version}.tgz",
                $"tempo-postrender-{version}-{release.Platform}.tar.gz",
                $"tempo-postrender-{version}.cdx.json",
                $"tempo-postrender-{version}.tgz",
                "verify.schema.json",
            ],
            release.FileNames()
        );
    }

    [Fact]
    public void Every_file_has_its_checksum()
    {
        var stated = File.ReadAllLines(release.PathOf("SHA256SUMS"))
            .Select(static line => line.Split("  "))
            .ToDictionary(static line => line[1], static line => line[0]);

        var files = release.FileNames().Where(static name => name != "SHA256SUMS");

        Assert.Equal(
            files.ToDictionary(
                static name => name,
                name => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(release.PathOf(name))))
            ),
            stated
        );
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_packaged_chart_renders_as_the_folder_does(int helm)
    {
        string[] Arguments(string chart) => ["template", "tempo", chart, "-n", "observability", "-f", "chart/clusters/ipv6-only.yaml"];

        var packaged = await HelmRunner.RunAsync(HelmVersions.Of(helm), Arguments(release.PathOf($"tempo-{Versions.OfTheChart}.tgz")));

        Assert.True(packaged.ExitCode == 0, packaged.Error);
        Assert.Equal((await HelmRunner.RunAsync(HelmVersions.Of(helm), Arguments("chart"))).Output, packaged.Output);
    }

    [Fact]
    public async Task The_packaged_chart_names_the_repository_that_it_was_made_from()
    {
        var shown = await HelmRunner.RunAsync(HelmVersions.Four, "show", "chart", release.PathOf($"tempo-{Versions.OfTheChart}.tgz"));

        Assert.Contains($"home: https://github.com/{ReleaseArtifacts.GitRepository}\n", shown.Output);
        Assert.Contains($"- https://github.com/{ReleaseArtifacts.GitRepository}\n", shown.Output);
        Assert.DoesNotContain("OWNER", shown.Output);
    }

    [Fact]
    public async Task The_page_of_the_tool_package_names_the_repository_and_its_registry()
    {
        using var package = ZipFile.OpenRead(release.PathOf($"Tempo.PostRender.{Versions.OfTheProgram}.nupkg"));
        using var reader = new StreamReader(package.GetEntry("README.md")!.Open());

        var page = await reader.ReadToEndAsync();

        Assert.Contains($"https://github.com/{ReleaseArtifacts.GitRepository}/releases/download/", page);
        Assert.Contains("oci://ghcr.io/example/charts/tempo", page);
    }

    [Fact]
    public async Task The_tool_package_installs_with_dotnet_and_runs()
    {
        using var folder = new TemporaryFolder();
        var source = Path.GetDirectoryName(release.PathOf("SHA256SUMS"));
        var configuration = folder.Write(
            "nuget.config",
            $"<configuration><packageSources><clear/><add key=\"release\" value=\"{source}\"/></packageSources></configuration>"
        );
        string[] package = ["Tempo.PostRender", "--version", Versions.OfTheProgram];
        var installed = await Script.RunAsync(
            "dotnet",
            ["tool", "install", .. package, "--tool-path", folder.Path, "--configfile", configuration]
        );
        var run = await Script.RunAsync(folder.In("tempo-postrender"), ["--version"]);

        Assert.True(installed.ExitCode == 0, installed.Output);
        Assert.StartsWith(Versions.OfTheProgram, run.Output);
    }

    [Fact]
    public void The_bill_of_materials_names_every_assembly_of_the_program_with_hash_and_license()
    {
        using var bom = BillOfMaterials();
        var components = bom.RootElement.GetProperty("components").EnumerateArray().ToList();
        var names = components.ConvertAll(static component => component.GetProperty("name").GetString()!);

        Assert.Equal(
            ("CycloneDX", "1.6"),
            (bom.RootElement.GetProperty("bomFormat").GetString(), bom.RootElement.GetProperty("specVersion").GetString())
        );
        var assemblies = typeof(PostRender.Cli.App).Assembly.GetReferencedAssemblies().Select(static assembly => assembly.Name!);
        foreach (var assembly in assemblies.Where(static name => File.Exists(Path.Combine(AppContext.BaseDirectory, name + ".dll"))))
        {
            Assert.Contains(names, name => name == assembly || name.StartsWith(assembly + "."));
        }

        Assert.DoesNotContain(names, static name => name.Contains("Analyzer"));
        Assert.All(
            components,
            static component => Assert.Equal(128, component.GetProperty("hashes")[0].GetProperty("content").GetString()!.Length)
        );
        Assert.All(components, static component => Assert.NotEqual(0, component.GetProperty("licenses").GetArrayLength()));
    }

    [Fact]
    public void The_bill_of_materials_names_the_program_and_the_runtime_inside()
    {
        using var bom = BillOfMaterials();
        var program = bom.RootElement.GetProperty("metadata").GetProperty("component");
        var runtime = program.GetProperty("components")[0];

        Assert.Equal(
            ("tempo-postrender", Versions.OfTheProgram),
            (program.GetProperty("name").GetString(), program.GetProperty("version").GetString())
        );
        Assert.Matches(
            $@"^pkg:nuget/Microsoft\.NETCore\.App\.Runtime\.NativeAOT\.{release.Platform}@10\.0\.\d+$",
            runtime.GetProperty("purl").GetString()
        );
    }

    [Fact]
    public void A_release_links_the_packages_of_the_lock_file_and_no_other()
    {
        using var bom = BillOfMaterials();
        using var locked = JsonDocument.Parse(File.ReadAllBytes(Repository.Path("postrender", "packages.lock.json")));
        var packages = locked.RootElement.GetProperty("dependencies").GetProperty("net10.0");

        Assert.All(
            bom.RootElement.GetProperty("components").EnumerateArray(),
            component =>
            {
                var package = packages.GetProperty(component.GetProperty("name").GetString()!);
                Assert.Equal(package.GetProperty("resolved").GetString(), component.GetProperty("version").GetString());
            }
        );
    }

    private JsonDocument BillOfMaterials() =>
        JsonDocument.Parse(File.ReadAllBytes(release.PathOf($"tempo-postrender-{Versions.OfTheProgram}.cdx.json")));
}
