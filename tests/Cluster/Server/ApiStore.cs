extern alias typed;

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using typed::k8s;

namespace Tempo.Helm.Tests.Cluster.Server;

/// <summary>The objects of the server, in the order in which an API server lists them: by namespace and name.</summary>
internal sealed class ApiStore
{
    private readonly ConcurrentDictionary<string, SortedDictionary<string, JsonObject>> _collections = new();
    private readonly Lock _lock = new();
    private int _version = 1000;

    public int Version => _version;

    /// <summary>Adds the objects of manifests. The typed model validates the fixtures: an unknown field fails.</summary>
    public void Add(string manifests)
    {
        foreach (
            var document in manifests.Split("\n---", StringSplitOptions.RemoveEmptyEntries).Where(static text => text.Contains("kind:"))
        )
        {
            AddOne(document);
        }
    }

    /// <summary>Adds an object, as YAML or JSON.</summary>
    public void AddOne(string manifest)
    {
        foreach (var found in KubernetesYaml.LoadAllFromString(manifest, strict: true))
        {
            Put(JsonNode.Parse(KubernetesJson.Serialize(found))!.AsObject());
        }
    }

    /// <summary>Stores an object as it is, with what an API server adds to every one.</summary>
    public void Put(JsonObject found)
    {
        lock (_lock)
        {
            var kind = found["kind"]!.GetValue<string>();
            var apiVersion = found["apiVersion"]!.GetValue<string>();
            var metadata = found["metadata"]!.AsObject();
            var isCluster = kind is "Node" or "Namespace" or "ServiceCIDR";
            if (!isCluster && metadata["namespace"] is null)
            {
                metadata["namespace"] = "default";
            }

            var collection = _collections.GetOrAdd($"{apiVersion}/{Plural(kind)}", static _ => new SortedDictionary<string, JsonObject>());
            var key = $"{metadata["namespace"]}/{metadata["name"]}";
            metadata["uid"] ??= Guid.NewGuid().ToString();
            metadata["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
            metadata["creationTimestamp"] ??= "2026-01-02T03:04:05Z";
            collection[key] = found;
        }
    }

    /// <summary>Changes an object that exists, in one step: what another request changes meanwhile is kept.</summary>
    public void Change(ApiRequest request, Action<JsonObject> change)
    {
        lock (_lock)
        {
            if (Find(request) is { } found)
            {
                change(found);
                Put(found);
            }
        }
    }

    /// <summary>Removes an object, and says whether it was there.</summary>
    public bool Remove(ApiRequest request)
    {
        lock (_lock)
        {
            return _collections.TryGetValue(Collection(request), out var found)
                && found.Remove($"{request.Namespace}/{request.ObjectName}");
        }
    }

    public JsonObject? FindPod(string ns, string name) => Find(new ApiRequest("get", "", "v1", "pods", null, ns, name, null));

    public JsonObject? Find(ApiRequest request)
    {
        lock (_lock)
        {
            return
                _collections.TryGetValue(Collection(request), out var found)
                && found.TryGetValue($"{request.Namespace}/{request.ObjectName}", out var one)
                ? one.DeepClone().AsObject()
                : null;
        }
    }

    public IReadOnlyList<JsonObject> List(ApiRequest request, string? labels)
    {
        lock (_lock)
        {
            return !_collections.TryGetValue(Collection(request), out var found)
                ? []
                :
                [
                    .. found
                        .Where(entry => request.Namespace is null || entry.Key.StartsWith($"{request.Namespace}/"))
                        .Select(static entry => entry.Value)
                        .Where(value => Selector.MatchesLabels(value, labels))
                        .Select(static value => value.DeepClone().AsObject()),
                ];
        }
    }

    private static string Collection(ApiRequest request) =>
        request.Group.Length == 0 ? $"{request.Version}/{request.Resource}" : $"{request.Group}/{request.Version}/{request.Resource}";

    private static string Plural(string kind) => kind.ToLowerInvariant() + (kind.EndsWith('s') ? "es" : "s");
}
