using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tempo.Helm.Tests.Cluster.Server;

/// <summary>Pods that are created by a request: the kubelet's part, from the start to the end of their one container.</summary>
internal sealed class CreatedPods(ApiStore store)
{
    /// <summary>The outcome of a pod's container.</summary>
    public Func<JsonObject, ContainerOutcome> Outcome { get; set; } = static _ => new ContainerOutcome("");

    /// <summary>How long each state of a pod lasts.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The pods as they were asked for.</summary>
    public List<JsonObject> Asked { get; } = [];

    public async Task CreateAsync(HttpContext http, ApiRequest request)
    {
        var pod = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        pod["metadata"]!["namespace"] = request.Namespace;
        lock (Asked)
        {
            Asked.Add(pod.DeepClone().AsObject());
        }

        // The typed model validates the pod: an unknown field fails.
        store.AddOne(pod.ToJsonString());
        _ = RunAsync(request with { Name = pod["metadata"]!["name"]!.GetValue<string>() });
        http.Response.StatusCode = 201;
        await ApiJson.WriteAsync(http, pod);
    }

    public async Task DeleteAsync(HttpContext http, ApiRequest request)
    {
        if (!store.Remove(request))
        {
            await ApiStatus.NotFoundAsync(http, request);
            return;
        }

        await ApiJson.WriteAsync(
            http,
            new JsonObject
            {
                ["kind"] = "Status",
                ["apiVersion"] = "v1",
                ["status"] = "Success",
            }
        );
    }

    /// <summary>The log of a pod, or null if it has not ended.</summary>
    public string? Log(JsonObject pod) => pod["status"]?["phase"]?.GetValue<string>() is "Succeeded" or "Failed" ? Outcome(pod).Log : null;

    private async Task RunAsync(ApiRequest request)
    {
        await Task.Delay(Delay);
        if (store.Find(request) is not { } pod)
        {
            return;
        }

        var outcome = Outcome(pod);
        foreach (var status in outcome.Statuses(pod["spec"]!["containers"]![0]!["name"]!.GetValue<string>()))
        {
            var state = status["state"]!.AsObject();
            var phase =
                state.ContainsKey("waiting") ? "Pending"
                : state.ContainsKey("running") ? "Running"
                : outcome.ExitCode == 0 ? "Succeeded"
                : "Failed";
            // A pod that was deleted meanwhile stays deleted.
            store.Change(
                request,
                found => found["status"] = new JsonObject { ["phase"] = phase, ["containerStatuses"] = new JsonArray(status) }
            );
            await Task.Delay(Delay);
        }
    }
}
