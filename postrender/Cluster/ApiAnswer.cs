using System.Net;
using System.Text.Json;

namespace Tempo.PostRender.Cluster;

/// <summary>A request in the terms of RBAC, for messages.</summary>
internal sealed record ApiCall
{
    /// <summary>The verb: <c>list</c>.</summary>
    public required string Verb { get; init; }

    /// <summary>The resource.</summary>
    public required ApiResource Resource { get; init; }

    /// <summary>The namespace; null for all of them, or for a resource that has none.</summary>
    public string? Namespace { get; init; }

    /// <summary>The object, or null for the collection.</summary>
    public string? Name { get; init; }

    /// <summary>The subresource, or null.</summary>
    public string? Subresource { get; init; }

    public string RbacResource =>
        (Subresource is null ? Resource.Plural : $"{Resource.Plural}/{Subresource}")
        + (Resource.Group.Length == 0 ? "" : $" of the API group {Resource.Group}");

    public string InNamespace =>
        Resource.IsNamespaced
            ? Namespace is null
                ? " in all namespaces"
                : $" in the namespace {Namespace}"
            : "";

    public string Method => $"{Verb} {Resource.Plural}";

    public override string ToString() => $"{Verb} {RbacResource}{(Name is null ? "" : $" {Name}")}{InNamespace}";
}

/// <summary>A complete answer of the API server.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
/// <param name="StatusMessage">The message of the Status object in the body, or null if there is none.</param>
internal sealed record ApiAnswer(HttpStatusCode Status, byte[] Body, string? StatusMessage)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        using var buffer = new MemoryStream();
        var part = new byte[64 << 10];
        for (int length; (length = await stream.ReadAsync(part, cancellationToken).ConfigureAwait(false)) > 0; )
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
            return root.ValueKind == JsonValueKind.Object && Text(root, "kind") == "Status" && Text(root, "apiVersion") == "v1"
                ? (Text(root, "message") ?? "").TrimEnd('.')
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
