using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Chart.Releases;

namespace Tempo.Helm.Tests.Chart.Kubernetes;

/// <summary>
/// Fields without which the API server refuses an object, by the API reference of Kubernetes 1.34 and the references named in
/// custom-resources.txt. A table, because the models leave everything optional.
/// </summary>
internal static class RequiredFields
{
    private const string Container = "[].name [].image";

    /// <summary>Paths by kind; <c>a[].b</c> asks for b in every item of a, and asks nothing where there is no a.</summary>
    private static readonly Dictionary<string, string[]> Table = new()
    {
        ["ConfigMap"] = [],
        ["Secret"] = [],
        ["ServiceAccount"] = [],
        ["Service"] = ["spec.ports[].port", "spec.ports[].name", "spec.selector"],
        ["Pod"] = ["spec.containers", .. PodPaths("spec")],
        ["Deployment"] =
        [
            "spec.selector.matchLabels",
            "spec.template.metadata.labels",
            "spec.template.spec.containers",
            .. PodPaths("spec.template.spec"),
        ],
        ["StatefulSet"] =
        [
            "spec.selector.matchLabels",
            "spec.serviceName",
            "spec.template.metadata.labels",
            "spec.template.spec.containers",
            .. PodPaths("spec.template.spec"),
            "spec.volumeClaimTemplates[].metadata.name",
            "spec.volumeClaimTemplates[].spec.accessModes",
            "spec.volumeClaimTemplates[].spec.resources.requests.storage",
        ],
        ["HorizontalPodAutoscaler"] = ["spec.maxReplicas", "spec.scaleTargetRef.kind", "spec.scaleTargetRef.name", "spec.metrics[].type"],
        ["PodDisruptionBudget"] = ["spec.selector"],
        ["NetworkPolicy"] = ["spec.podSelector", "spec.policyTypes"],
        ["Ingress"] =
        [
            "spec.rules[].http.paths",
            "spec.rules[].http.paths[].pathType",
            "spec.rules[].http.paths[].path",
            "spec.rules[].http.paths[].backend.service.name",
            "spec.tls[].hosts",
        ],
        ["ServiceMonitor"] = ["spec.endpoints", "spec.selector"],
        ["PrometheusRule"] = ["spec.groups[].name", "spec.groups[].rules[].expr"],
        ["ScaledObject"] = ["spec.scaleTargetRef.name", "spec.triggers", "spec.triggers[].type", "spec.triggers[].metadata"],
        ["HTTPRoute"] =
        [
            "spec.parentRefs[].name",
            "spec.rules[].backendRefs[].name",
            "spec.rules[].backendRefs[].port",
            "spec.rules[].filters[].type",
        ],
        ["GRPCRoute"] =
        [
            "spec.parentRefs[].name",
            "spec.rules[].backendRefs[].name",
            "spec.rules[].backendRefs[].port",
            "spec.rules[].filters[].type",
        ],
    };

    public static IEnumerable<string> Errors(ReleaseObject o) =>
        Table.TryGetValue(o.Kind, out var paths)
            ? paths.Append("metadata.name").SelectMany(path => Missing(o.Json, path, path))
            : [$"is of the kind {o.Kind}, of which no test knows what it needs"];

    private static IEnumerable<string> Missing(JsonNode? node, string rest, string path)
    {
        var list = rest.IndexOf("[].");
        if (list >= 0)
        {
            return node.At(rest[..list].Split('.')).Items().SelectMany(item => Missing(item, rest[(list + 3)..], path)).Distinct();
        }

        return node.At(rest.Split('.')) switch
        {
            null => [$"has no {path}"],
            JsonObject { Count: 0 } or JsonArray { Count: 0 } => [$"has an empty {path}"],
            JsonValue value when value.IsString() && value.ToString().Length == 0 => [$"has an empty {path}"],
            _ => [],
        };
    }

    private static IEnumerable<string> PodPaths(string pod) =>
        from list in new[] { "containers", "initContainers" }
        from field in Container
            .Split(' ')
            .Concat(["[].ports[].containerPort", "[].env[].name", "[].volumeMounts[].name", "[].volumeMounts[].mountPath"])
        select $"{pod}.{list}{field}";
}
