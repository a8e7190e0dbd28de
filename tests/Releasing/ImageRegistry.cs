using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tempo.Helm.Tests.Releasing;

/// <summary>A registry with one image: a base of one layer with an empty folder, and with the user that .NET's own bases state.</summary>
internal sealed class ImageRegistry : IDisposable
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly HttpListener _listener = new();
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
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Host = $"localhost:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add($"http://{Host}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Host { get; }

    public void Dispose() => _listener.Close();

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

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        var content =
            path.Contains("/manifests/", StringComparison.Ordinal) ? _manifest
            : path.Contains("/blobs/", StringComparison.Ordinal) ? _blobs[path.Split('/')[^1]]
            : Encoding.UTF8.GetBytes("{}");
        context.Response.ContentType = ReferenceEquals(content, _manifest) ? ManifestType : "application/octet-stream";
        context.Response.Headers["Docker-Content-Digest"] = Digest(content);
        context.Response.ContentLength64 = content.Length;
        if (context.Request.HttpMethod == "GET")
        {
            await context.Response.OutputStream.WriteAsync(content);
        }

        context.Response.Close();
    }
}
