extern alias typed;

using System.Text.Json;
using System.Text.Json.Serialization;
using Tempo.Helm.Tests.Chart.Releases;
using typed::k8s.Models;

namespace Tempo.Helm.Tests.Chart.Kubernetes;

/// <summary>
/// Reads objects into the typed models of the Kubernetes API: a field that does not exist, or a value of another type, is an
/// error. Kinds of resource definitions go by <see cref="CustomResources"/>.
/// </summary>
internal static class KubernetesTypes
{
    private static readonly JsonSerializerOptions Strict = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static readonly Dictionary<string, Type> Models = new()
    {
        ["v1 ConfigMap"] = typeof(V1ConfigMap),
        ["v1 Pod"] = typeof(V1Pod),
        ["v1 Secret"] = typeof(V1Secret),
        ["v1 Service"] = typeof(V1Service),
        ["v1 ServiceAccount"] = typeof(V1ServiceAccount),
        ["apps/v1 Deployment"] = typeof(V1Deployment),
        ["apps/v1 StatefulSet"] = typeof(V1StatefulSet),
        ["autoscaling/v2 HorizontalPodAutoscaler"] = typeof(V2HorizontalPodAutoscaler),
        ["networking.k8s.io/v1 Ingress"] = typeof(V1Ingress),
        ["networking.k8s.io/v1 NetworkPolicy"] = typeof(V1NetworkPolicy),
        ["policy/v1 PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
    };

    public static IEnumerable<string> Errors(ReleaseObject o)
    {
        if (!Models.TryGetValue($"{o.ApiVersion} {o.Kind}", out var model))
        {
            return CustomResources.Errors(o);
        }

        try
        {
            _ = JsonSerializer.Deserialize(o.Json, model, Strict);
            return [];
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return [$"does not read as {model.Name}: {exception.Message}"];
        }
    }
}
