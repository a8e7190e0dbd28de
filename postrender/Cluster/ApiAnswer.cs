using System.Net;
using System.Text.Json;

namespace Tempo.PostRender.Cluster;

/// <summary>A complete answer of the API server.</summary>
/// <param name="StatusMessage">The message of the Status object in the body, or null if there is none.</param>
internal sealed record ApiAnswer(HttpStatusCode Status, byte[] Body, string? StatusMessage)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new MemoryStream();
        var part = new byte[64 << 10];
        for (int length; (length = await stream.ReadAsync(part, cancellationToken)) > 0; )
        {
            if (buffer.Length + length > maxBytes)
            {
                throw new ClusterException(
                    $"{response.RequestMessage?.RequestUri} answers with more than {maxBytes >> 20} MB, which is not read"
                );
            }

            buffer.Write(part, 0, length);
        }

        var body = buffer.ToArray();
        return new ApiAnswer(response.StatusCode, body, response.IsSuccessStatusCode ? null : ReadStatus(body));
    }

    /// <summary>
    /// Errors of the API server itself are objects of the kind Status; other errors come from a pod, or from a proxy in between.
    /// </summary>
    private static string? ReadStatus(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            return root.Text("kind") == "Status" && root.Text("apiVersion") == "v1" ? (root.Text("message") ?? "").TrimEnd('.') : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Reads JSON.</summary>
internal static class JsonReading
{
    /// <summary>The text of a member, or null if it is no text or its owner no object.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
