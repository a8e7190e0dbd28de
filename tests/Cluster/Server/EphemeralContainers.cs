using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tempo.Helm.Tests.Cluster.Server;

/// <summary>The subresource <c>ephemeralcontainers</c> of a pod: containers can be added, never changed, never removed.</summary>
internal sealed class EphemeralContainers(ApiStore store)
{
    private const string StrategicMergePatch = "application/strategic-merge-patch+json";

    /// <summary>The outcome of a container, by the pod and the container.</summary>
    public Func<JsonObject, JsonObject, ContainerOutcome> Outcome { get; set; } = static (_, _) => new ContainerOutcome("");

    /// <summary>What every container waits for before it starts.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>How long a container takes from its creation to its start, and from there to its end.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(30);

    public async Task PatchAsync(HttpContext http, ApiRequest request)
    {
        if (store.Find(request) is not { } pod)
        {
            await ApiStatus.NotFoundAsync(http, request);
            return;
        }

        if (http.Request.ContentType?.Split(';')[0] != StrategicMergePatch)
        {
            await ApiStatus.WriteAsync(
                http,
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: "
                    + "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml, "
                    + $"{StrategicMergePatch}"
            );
            return;
        }

        var patch = (await JsonNode.ParseAsync(http.Request.Body))!;
        var spec = pod["spec"]!.AsObject();
        var there = spec["ephemeralContainers"] as JsonArray ?? [];
        var started = new List<string>();
        foreach (var container in patch["spec"]?["ephemeralContainers"]?.AsArray() ?? [])
        {
            var name = container!["name"]!.GetValue<string>();
            var all = there.Concat(spec["containers"]!.AsArray()).Concat(spec["initContainers"] as JsonArray ?? []);
            if (all.FirstOrDefault(other => other!["name"]!.GetValue<string>() == name) is { } same)
            {
                if (there.Contains(same) && container.AsObject().All(entry => JsonNode.DeepEquals(entry.Value, same[entry.Key])))
                {
                    continue;
                }

                await ApiStatus.WriteAsync(
                    http,
                    422,
                    "Invalid",
                    $"Pod \"{request.Name}\" is invalid: spec.ephemeralContainers: existing ephemeral containers "
                        + $"\"{name}\" may not be changed"
                );
                return;
            }

            if (container["image"] is null)
            {
                await ApiStatus.WriteAsync(
                    http,
                    422,
                    "Invalid",
                    $"Pod \"{request.Name}\" is invalid: spec.ephemeralContainers[{there.Count}].image: Required value"
                );
                return;
            }

            // What the API server fills in.
            var added = container.DeepClone().AsObject();
            added["imagePullPolicy"] ??= "IfNotPresent";
            added["resources"] ??= new JsonObject();
            added["terminationMessagePath"] ??= "/dev/termination-log";
            added["terminationMessagePolicy"] ??= "File";
            there.Add(added);
            started.Add(name);
        }

        // What the containers that run already report meanwhile is kept.
        store.Change(request, found => found["spec"]!["ephemeralContainers"] = there.DeepClone());
        started.ForEach(name => _ = RunAsync(request, name));
        await ApiJson.WriteAsync(http, store.Find(request)!);
    }

    /// <summary>The log of an ephemeral container that has started.</summary>
    public string? Log(JsonObject pod, string container) =>
        Status(pod, container)?["state"] is JsonObject state && (state["running"] ?? state["terminated"]) is not null
            ? Outcome(pod, Spec(pod, container)!).Log
            : null;

    public static JsonObject? Spec(JsonObject pod, string container) => Named(pod["spec"]?["ephemeralContainers"], container);

    private static JsonObject? Status(JsonObject pod, string container) => Named(pod["status"]?["ephemeralContainerStatuses"], container);

    private static JsonObject? Named(JsonNode? list, string name) =>
        (list as JsonArray)?.Select(static item => item!.AsObject()).FirstOrDefault(item => item["name"]?.GetValue<string>() == name);

    /// <summary>The kubelet's part: what it reports after a while.</summary>
    private async Task RunAsync(ApiRequest request, string container)
    {
        await Gate;
        await Task.Delay(Delay);
        if (store.Find(request) is not { } pod)
        {
            return;
        }

        foreach (var status in Outcome(pod, Spec(pod, container)!).Statuses(container))
        {
            store.Change(request, found => Report(found, container, status));
            await Task.Delay(Delay);
        }
    }

    /// <summary>Puts the status of a container into its pod; other containers of the pod report at the same time.</summary>
    private static void Report(JsonObject pod, string container, JsonObject status)
    {
        var all = pod["status"] as JsonObject ?? [];
        var list = all["ephemeralContainerStatuses"] as JsonArray ?? [];
        var others = list.Where(item => item!["name"]!.GetValue<string>() != container).Select(static item => item!.DeepClone());
        all["ephemeralContainerStatuses"] = new JsonArray([.. others, status]);
        pod["status"] ??= all;
    }
}
