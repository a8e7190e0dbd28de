using System.Text.Json.Nodes;

namespace Tempo.PostRender.Cluster.Pods;

/// <summary>A container that runs one command without any privilege: the Pod Security level restricted admits it.</summary>
internal static class RestrictedContainer
{
    /// <summary>A user and group that no file in the image needs to know.</summary>
    private const int User = 10001;

    public static JsonObject Create(string name, string image, IReadOnlyList<string> command) =>
        new()
        {
            ["name"] = name,
            ["image"] = image,
            ["imagePullPolicy"] = "IfNotPresent",
            ["command"] = new JsonArray([.. command.Select(static word => (JsonNode)word)]),
            ["terminationMessagePolicy"] = "File",
            ["securityContext"] = new JsonObject
            {
                ["runAsNonRoot"] = true,
                ["runAsUser"] = User,
                ["runAsGroup"] = User,
                ["allowPrivilegeEscalation"] = false,
                ["readOnlyRootFilesystem"] = true,
                ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") },
                ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
            },
        };
}
