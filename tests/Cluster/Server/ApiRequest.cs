using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Tempo.Helm.Tests.Cluster.Server;

/// <summary>A request in the terms of RBAC, as an API server reads it out of a path.</summary>
internal sealed partial record ApiRequest(
    string Verb,
    string Group,
    string Version,
    string Resource,
    string? Subresource,
    string? Namespace,
    string? Name,
    string? Rest
)
{
    /// <summary>What RBAC calls the resource: <c>pods/proxy</c>.</summary>
    public string RbacResource => Subresource is null ? Resource : $"{Resource}/{Subresource}";

    /// <summary>The name without the scheme and the port that proxy paths add to it.</summary>
    public string? ObjectName =>
        Subresource == "proxy"
            ? Name?.Split(':') switch
            {
                [var name] => name,
                [var name, _] => name,
                [_, var name, _] => name,
                _ => Name,
            }
            : Name;

    public static ApiRequest? Parse(HttpRequest request)
    {
        var match = Paths().Match(request.Path.Value ?? "");
        if (!match.Success)
        {
            return null;
        }

        string? Part(string name) => match.Groups[name] is { Success: true, Value.Length: > 0 } group ? group.Value : null;
        var name = Part("name");
        var verb = request.Method switch
        {
            "GET" => name is null ? "list" : "get",
            "PATCH" => "patch",
            "POST" => "create",
            "PUT" => "update",
            "DELETE" => "delete",
            _ => "",
        };
        // Namespaces are both a resource and a part of others' paths.
        return Part("resource") is null && Part("ns") is { } ns
            ? new ApiRequest(verb is "list" ? "get" : verb, "", "v1", "namespaces", null, null, ns, null)
            : new ApiRequest(
                verb,
                Part("group") ?? "",
                match.Groups["version"].Value,
                Part("resource")!,
                Part("sub"),
                Part("ns"),
                name,
                Part("rest")
            );
    }

    [GeneratedRegex(
        "^/(api|apis/(?<group>[^/]+))/(?<version>[^/]+)(/namespaces/(?<ns>[^/]+))?"
            + "(/(?<resource>[a-z]+)(/(?<name>[^/]+)(/(?<sub>[^/]+)(/(?<rest>.*))?)?)?)?$"
    )]
    private static partial Regex Paths();
}
