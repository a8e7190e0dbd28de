using System.Text.Json.Nodes;

namespace Tempo.Helm.Tests.Cluster.Server;

/// <summary>What becomes of a container once it is created.</summary>
/// <param name="Log">What it writes.</param>
/// <param name="ExitCode">Its exit code, or null if it keeps running.</param>
/// <param name="WaitingReason">Why it never starts (<c>ImagePullBackOff</c>), or null.</param>
internal sealed record ContainerOutcome(string Log, int? ExitCode = 0, string? WaitingReason = null)
{
    /// <summary>What kubelet reports of the container, one after the other.</summary>
    /// <param name="name">The container.</param>
    public IEnumerable<JsonObject> Statuses(string name)
    {
        yield return Status(name, "waiting", new JsonObject { ["reason"] = WaitingReason ?? "ContainerCreating" });
        if (WaitingReason is not null)
        {
            yield break;
        }

        yield return Status(name, "running", new JsonObject { ["startedAt"] = "2026-01-02T03:04:06Z" });
        if (ExitCode is not null)
        {
            yield return Status(
                name,
                "terminated",
                new JsonObject
                {
                    ["exitCode"] = ExitCode,
                    ["reason"] = ExitCode == 0 ? "Completed" : "Error",
                    ["startedAt"] = "2026-01-02T03:04:06Z",
                    ["finishedAt"] = "2026-01-02T03:04:07Z",
                }
            );
        }
    }

    private static JsonObject Status(string name, string state, JsonObject details) =>
        new()
        {
            ["name"] = name,
            ["state"] = new JsonObject { [state] = details },
            ["ready"] = false,
            ["restartCount"] = 0,
            ["image"] = "a",
            ["imageID"] = "",
        };
}
