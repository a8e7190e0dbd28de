using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Releasing;

/// <summary>A registry with one image: a base of one layer with an empty folder, and with the user that .NET's own bases state.</summary>
internal sealed class ImageRegistry : IDisposable
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly LocalServer _server;
    private readonly Dictionary<string, byte[]> _blobs = [];
    private readonly byte[] _manifest;

    public ImageRegistry(string architecture)
    {
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
        _manifest = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                schemaVersion = 2,
                mediaType = ManifestType,
                config = Blob("application/vnd.docker.container.image.v1+json", configuration),
                layers = new[] { Blob("application/vnd.docker.image.rootfs.diff.tar.gzip", packed.ToArray()) },
            }
        );
        _server = LocalServer.Start(Answer);
    }

    public string Host => $"localhost:{_server.Port}";

    public void Dispose() => _server.Dispose();

    private static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    private object Blob(string mediaType, byte[] content)
    {
        _blobs[Digest(content)] = content;
        return new
        {
            mediaType,
            size = content.Length,
            digest = Digest(content),
        };
    }

    private void Answer(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        var content =
            path.Contains("/manifests/", StringComparison.Ordinal) ? _manifest
            : path.Contains("/blobs/", StringComparison.Ordinal) ? _blobs[path.Split('/')[^1]]
            : Encoding.UTF8.GetBytes("{}");
        context.Response.Headers["Docker-Content-Digest"] = Digest(content);
        LocalServer.Send(context, ReferenceEquals(content, _manifest) ? ManifestType : "application/octet-stream", content);
    }
}
