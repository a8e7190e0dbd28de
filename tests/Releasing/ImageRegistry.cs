using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Releasing;

/// <summary>A registry with one image: a base of one layer with an empty folder, and with the user that .NET's own bases state.</summary>
internal static class ImageRegistry
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>Starts the registry.</summary>
    /// <param name="architecture">The processor of the image, as Docker names it.</param>
    public static Task<LocalServer> StartAsync(string architecture)
    {
        var blobs = new Dictionary<string, byte[]>();
        using var layer = new MemoryStream();
        using (var tar = new TarWriter(layer, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "tmp/"));
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(layer.ToArray());
        }

        var configuration = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                architecture,
                os = "linux",
                config = new { User = "1654", Env = new[] { "PATH=/usr/bin", "APP_UID=1654" } },
                rootfs = new { type = "layers", diff_ids = new[] { Digest(layer.ToArray()) } },
                history = Array.Empty<object>(),
            }
        );
        var manifest = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                schemaVersion = 2,
                mediaType = ManifestType,
                config = Blob("application/vnd.docker.container.image.v1+json", configuration),
                layers = new[] { Blob("application/vnd.docker.image.rootfs.diff.tar.gzip", packed.ToArray()) },
            }
        );
        return LocalServer.StartAsync(path =>
            path.Contains("/manifests/") ? (ManifestType, manifest)
            : path.Contains("/blobs/") ? ("application/octet-stream", blobs[path.Split('/')[^1]])
            : ("application/json", "{}"u8.ToArray())
        );

        object Blob(string mediaType, byte[] content)
        {
            blobs[Digest(content)] = content;
            return new
            {
                mediaType,
                size = content.Length,
                digest = Digest(content),
            };
        }
    }

    private static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
