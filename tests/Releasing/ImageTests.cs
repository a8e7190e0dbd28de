using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Releasing;

/// <summary>
/// The container image, built by the SDK on a base image of a test registry: the real base image cannot be downloaded without
/// the internet, so its contents are not tested here.
/// </summary>
[Collection(ReleaseCollection.Name)]
public class ImageTests(ReleaseArtifacts release)
{
    [Fact]
    public async Task The_image_starts_the_program_as_a_user_without_privileges()
    {
        var files = await BuildAsync();
        using var manifest = JsonDocument.Parse(files["manifest.json"]);
        var image = Assert.Single(manifest.RootElement.EnumerateArray());
        using var configuration = JsonDocument.Parse(files[image.GetProperty("Config").GetString()!]);
        var config = configuration.RootElement.GetProperty("config");
        var labels = config.GetProperty("Labels");

        Assert.Equal(
            [$"tempo-postrender:{Versions.OfTheProgram}"],
            image.GetProperty("RepoTags").EnumerateArray().Select(static tag => tag.GetString()!)
        );
        Assert.Equal("1654", config.GetProperty("User").GetString());
        Assert.Equal(["/app/tempo-postrender"], config.GetProperty("Entrypoint").EnumerateArray().Select(static part => part.GetString()!));
        Assert.False(config.TryGetProperty("Cmd", out _));
        Assert.Equal(Versions.OfTheProgram, labels.GetProperty("org.opencontainers.image.version").GetString());
        Assert.All(
            new[] { "title", "description", "licenses", "authors", "created", "base.name", "base.digest" },
            label => Assert.NotEqual("", labels.GetProperty($"org.opencontainers.image.{label}").GetString())
        );

        // The base has one layer; the second layer contains only the program, which the user of the image cannot change.
        var layers = image.GetProperty("Layers").EnumerateArray().Select(layer => files[layer.GetString()!]).ToList();
        var entries = Entries(layers[1]);
        Assert.Equal(2, layers.Count);
        Assert.All(
            entries,
            static entry =>
                Assert.Equal((0, UnixFileMode.None), (entry.Uid, entry.Mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)))
        );
        Assert.Contains(entries, static entry => entry.Name == "app/tempo-postrender");
        if (release.IsNative)
        {
            Assert.Equal(
                ["app", "app/plugin.yaml", "app/tempo-postrender"],
                entries.Select(static entry => entry.Name.TrimEnd('/')).Order()
            );
            Assert.True(
                entries.Sum(static entry => entry.Length) < 20_000_000,
                "a program of this size leaves too little of 40 MB for the base"
            );
        }
    }

    [Fact]
    public async Task Chart_image_and_files_are_published_and_signed()
    {
        await BuildAsync();
        var output = await Script.SucceedAsync(
            "publish.sh",
            ["oci://Registry.example/Owner"],
            ("ARTIFACTS", Root),
            ("TAG", $"v{Versions.OfTheProgram}"),
            ("DRY_RUN", "true")
        );
        var image = $"registry.example/owner/tempo-postrender:{Versions.OfTheProgram}";
        var platform = $"{image}-{release.Platform}";

        Assert.Equal(
            [
                $"helm push {Root}/release/tempo-{Versions.OfTheChart}.tgz oci://registry.example/owner/charts",
                $"docker load --input {Root}/images/{release.Platform}.tar.gz",
                $"docker tag tempo-postrender:{Versions.OfTheProgram} {platform}",
                $"docker push {platform}",
                $"docker buildx imagetools create --tag {image} {platform}",
                $"cosign sign --yes registry.example/owner/tempo-postrender@docker buildx imagetools inspect {image} "
                    + "--format {{.Manifest.Digest}}",
                $"cosign sign-blob --yes --bundle {Root}/release/SHA256SUMS.sigstore.json {Root}/release/SHA256SUMS",
            ],
            output.Split('\n')[..^2]
        );
        Assert.StartsWith($"gh release create v{Versions.OfTheProgram} --verify-tag ", output.Split('\n')[^2]);
    }

    [Fact]
    public void The_base_image_has_no_shell()
    {
        var project = XDocument.Load(Repository.Path("postrender", "Tempo.PostRender.csproj"));

        Assert.EndsWith("-chiseled", project.Descendants("ContainerBaseImage").Single().Value);
    }

    private string Root => Path.GetDirectoryName(Path.GetDirectoryName(release.ProgramFolder))!;

    private async Task<Dictionary<string, byte[]>> BuildAsync()
    {
        await using var registry = await ImageRegistry.StartAsync(release.Platform.EndsWith("arm64") ? "arm64" : "amd64");
        await Script.SucceedAsync(
            "release.sh",
            ["image"],
            ("ARTIFACTS", Root),
            ("PUBLISH_AOT", release.IsNative ? "true" : "false"),
            ("BASE_IMAGE", $"localhost:{registry.Port}/base:1")
        );

        var archive = await File.ReadAllBytesAsync(Path.Combine(Root, "images", $"{release.Platform}.tar.gz"));
        return Entries(archive)
            .Where(static entry => entry.DataStream is not null)
            .ToDictionary(static entry => entry.Name, static entry => Bytes(entry.DataStream!));
    }

    private static List<TarEntry> Entries(byte[] archive)
    {
        using var packed = new MemoryStream(archive);
        using Stream stream = archive is [0x1f, 0x8b, ..] ? new GZipStream(packed, CompressionMode.Decompress) : packed;
        using var reader = new TarReader(stream);
        var entries = new List<TarEntry>();
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static byte[] Bytes(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
