using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Tempo.PostRender.Cluster;

/// <summary>A request in the terms of RBAC.</summary>
/// <param name="Verb">The verb: <c>list</c>.</param>
/// <param name="Namespace">The namespace; null for all of them, or for a resource that has none.</param>
/// <param name="Name">The object, or null for the collection.</param>
internal sealed record ApiCall(string Verb, ApiResource Resource, string? Namespace, string? Name = null)
{
    /// <summary>The subresource, or null.</summary>
    public string? Subresource { get; init; }

    /// <summary>The path and the query, relative to the server's root.</summary>
    public string Path
    {
        get => field ?? Resource.PathTo(Namespace, Name, Subresource);
        init;
    }

    /// <summary>What is sent, or null.</summary>
    public JsonObject? Body { get; init; }

    public HttpMethod Method =>
        Verb switch
        {
            "create" => HttpMethod.Post,
            "patch" => HttpMethod.Patch,
            "delete" => HttpMethod.Delete,
            _ => HttpMethod.Get,
        };

    /// <summary>What it does. Deleting twice does no harm, so a deletion is sent again like a request that reads.</summary>
    public RequestKind Kind =>
        Verb is "create" or "patch" ? RequestKind.Write
        : Subresource == "proxy" ? RequestKind.Pod
        : RequestKind.Read;

    public string RbacResource =>
        (Subresource is null ? Resource.Plural : $"{Resource.Plural}/{Subresource}")
        + (Resource.Group.Length == 0 ? "" : $" of the API group {Resource.Group}");

    public string InNamespace =>
        Resource.IsNamespaced
            ? Namespace is null
                ? " in all namespaces"
                : $" in the namespace {Namespace}"
            : "";

    /// <summary>The body, anew for each attempt. A patch is a strategic merge patch.</summary>
    public HttpContent? Content() =>
        Body is null
            ? null
            : new ByteArrayContent(Encoding.UTF8.GetBytes(Body.ToJsonString()))
            {
                Headers =
                {
                    ContentType = new MediaTypeHeaderValue(Verb == "patch" ? "application/strategic-merge-patch+json" : "application/json"),
                },
            };

    public override string ToString() => $"{Verb} {RbacResource}{(Name is null ? "" : $" {Name}")}{InNamespace}";
}
