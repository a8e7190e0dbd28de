using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tempo.Helm.Tests.Cluster.Server;

/// <summary>The Status objects that API servers answer errors with.</summary>
internal static class ApiStatus
{
    public static Task WriteAsync(HttpContext http, int code, string reason, string message, JsonObject? metadata = null)
    {
        http.Response.StatusCode = code;
        return ApiJson.WriteAsync(
            http,
            new JsonObject
            {
                ["kind"] = "Status",
                ["apiVersion"] = "v1",
                ["metadata"] = metadata ?? [],
                ["status"] = "Failure",
                ["message"] = message,
                ["reason"] = reason,
                ["code"] = code,
            }
        );
    }

    public static Task ForbiddenAsync(HttpContext http, ApiRequest request) =>
        WriteAsync(
            http,
            403,
            "Forbidden",
            request.Resource
                + (request.Group.Length > 0 ? $".{request.Group}" : "")
                + (request.Name is null ? "" : $" \"{request.Name}\"")
                + $" is forbidden: User \"tester\" cannot {request.Verb} resource \"{request.RbacResource}\" in API group "
                + $"\"{request.Group}\""
                + (request.Namespace is null ? " at the cluster scope" : $" in the namespace \"{request.Namespace}\"")
        );

    public static Task NotFoundAsync(HttpContext http, ApiRequest request) =>
        WriteAsync(http, 404, "NotFound", $"{request.Resource} \"{request.ObjectName}\" not found");
}
