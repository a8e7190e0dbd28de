using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tempo.Helm.Tests.Cluster.Server;

/// <summary>Answers in JSON, compressed where an API server compresses them: beyond 128 KB, when the client can read it.</summary>
internal static class ApiJson
{
    private const int CompressedFrom = 128 << 10;

    public static async Task WriteAsync(HttpContext http, JsonNode json)
    {
        var bytes = Encoding.UTF8.GetBytes(json.ToJsonString());
        http.Response.ContentType = "application/json";
        if (bytes.Length < CompressedFrom || !http.Request.Headers.AcceptEncoding.ToString().Contains("gzip"))
        {
            await http.Response.Body.WriteAsync(bytes);
            return;
        }

        http.Response.Headers.ContentEncoding = "gzip";
        await using var zip = new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await zip.WriteAsync(bytes);
    }
}
