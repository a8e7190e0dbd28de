using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Chart.Releases;

namespace Tempo.Helm.Tests.Chart.Kubernetes;

/// <summary>
/// Values that have the right type but that the API server refuses: enumerations, ranges, names, quantities, lists
/// whose items must be unique. From the API reference of Kubernetes 1.34.
/// </summary>
internal static partial class FieldValues
{
    /// <summary>Path, without the numbers of list items, to the values that are allowed there.</summary>
    private static readonly (string Kinds, string Path, string[] Allowed)[] Enumerations =
    [
        ("Service", "spec.type", ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"]),
        ("Service", "spec.ipFamilies[]", ["IPv4", "IPv6"]),
        ("Service", "spec.ipFamilyPolicy", ["SingleStack", "PreferDualStack", "RequireDualStack"]),
        ("Service", "spec.externalTrafficPolicy", ["Cluster", "Local"]),
        ("Service", "spec.internalTrafficPolicy", ["Cluster", "Local"]),
        ("Service", "spec.trafficDistribution", ["PreferClose", "PreferSameZone", "PreferSameNode"]),
        ("Service", "spec.sessionAffinity", ["None", "ClientIP"]),
        ("Service", "spec.ports[].protocol", ["TCP", "UDP", "SCTP"]),
        ("Deployment", "spec.strategy.type", ["RollingUpdate", "Recreate"]),
        ("StatefulSet", "spec.updateStrategy.type", ["RollingUpdate", "OnDelete"]),
        ("StatefulSet", "spec.podManagementPolicy", ["OrderedReady", "Parallel"]),
        ("StatefulSet", "spec.persistentVolumeClaimRetentionPolicy.whenDeleted", ["Retain", "Delete"]),
        ("StatefulSet", "spec.persistentVolumeClaimRetentionPolicy.whenScaled", ["Retain", "Delete"]),
        (
            "StatefulSet",
            "spec.volumeClaimTemplates[].spec.accessModes[]",
            ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]
        ),
        ("Pod", "spec.restartPolicy", ["Always", "OnFailure", "Never"]),
        ("*", "imagePullPolicy", ["Always", "IfNotPresent", "Never"]),
        ("*", "whenUnsatisfiable", ["DoNotSchedule", "ScheduleAnyway"]),
        ("*", "fsGroupChangePolicy", ["OnRootMismatch", "Always"]),
        ("*", "seccompProfile.type", ["RuntimeDefault", "Localhost", "Unconfined"]),
        ("*", "httpGet.scheme", ["HTTP", "HTTPS"]),
        ("NetworkPolicy", "spec.policyTypes[]", ["Ingress", "Egress"]),
        ("Ingress", "spec.rules[].http.paths[].pathType", ["Prefix", "Exact", "ImplementationSpecific"]),
        ("PodDisruptionBudget", "spec.unhealthyPodEvictionPolicy", ["IfHealthyBudget", "AlwaysAllow"]),
        ("HorizontalPodAutoscaler", "spec.metrics[].type", ["Resource", "Pods", "Object", "External", "ContainerResource"]),
    ];

    public static IEnumerable<string> Errors(ReleaseObject o) =>
        [
            .. Values(o),
            .. o.Containers.SelectMany(Container),
            .. o.Kind switch
            {
                "Service" => Service(o.Spec),
                "PodDisruptionBudget" => o.Spec.At("minAvailable") is not null && o.Spec.At("maxUnavailable") is not null
                    ? ["has both minAvailable and maxUnavailable"]
                    : [],
                "HorizontalPodAutoscaler" => Range(o.Spec.At("minReplicas"), o.Spec.At("maxReplicas"))
                    .Concat(o.Spec.At("metrics").Items().Any() ? [] : ["has no metric"]),
                "ScaledObject" => Range(o.Spec.At("minReplicaCount"), o.Spec.At("maxReplicaCount")),
                "Ingress" => o
                    .Spec.At("rules")
                    .Items()
                    .Select(static rule => rule.At("host").Text())
                    .Where(static host => !string.IsNullOrEmpty(host) && !HostName().IsMatch(host))
                    .Select(static host => $"has the host '{host}'"),
                "ConfigMap" or "Secret" => o
                    .Json.At("data")
                    .Entries()
                    .Concat(o.Json.At("stringData").Entries())
                    .Where(static entry => !FileName().IsMatch(entry.Key))
                    .Select(static entry => $"has the key '{entry.Key}'"),
                "Deployment" or "StatefulSet" => Workload(o),
                _ => [],
            },
        ];

    private static IEnumerable<string> Values(ReleaseObject o)
    {
        foreach (var (path, value) in o.Json.Scalars())
        {
            var general = Index().Replace(path, "[]");
            foreach (var (kinds, place, allowed) in Enumerations)
            {
                if ((kinds == o.Kind ? general == place : kinds == "*" && general.EndsWith($".{place}")) && !allowed.Contains(value.Text()))
                {
                    yield return $"{path} is '{value.Text()}', none of {string.Join(", ", allowed)}";
                }
            }

            if (value is null && !general.StartsWith("data"))
            {
                yield return $"{path} is null";
            }

            if (Quantity().IsMatch(general) && !QuantityValue().IsMatch(value.Text() ?? ""))
            {
                yield return $"{path} is '{value.Text()}', which is no quantity";
            }

            var (lowest, highest) = general.EndsWith(".nodePort") ? (30000, 32767) : (1, 65535);
            if (Port().IsMatch(general) && value.IsNumber() && !(Number(value) >= lowest && Number(value) <= highest))
            {
                yield return $"{path} is {value.Text()}, which is no port";
            }

            if (general.EndsWith(".cidr") && !System.Net.IPNetwork.TryParse(value.Text(), out _))
            {
                yield return $"{path} is '{value.Text()}', which is no network";
            }
        }
    }

    private static IEnumerable<string> Container(JsonNode? container)
    {
        var name = container.At("name").Text();
        foreach (
            var port in container
                .At("ports")
                .Items()
                .Select(static port => port.At("name").Text())
                .Where(static port => port is not null && !PortName().IsMatch(port))
        )
        {
            yield return $"{name}: '{port}' is no name of a port; it has at most 15 characters";
        }

        foreach (var (list, key) in new[] { ("env", "name"), ("volumeMounts", "mountPath"), ("ports", "name") })
        {
            foreach (
                var twins in container
                    .At(list)
                    .Items()
                    .CountBy(item => item.At(key).Text() ?? "")
                    .Where(static twins => twins is { Key.Length: > 0, Value: > 1 })
            )
            {
                yield return $"{name}: {list} has {twins.Key} {twins.Value} times";
            }
        }

        foreach (
            var twins in container
                .At("ports")
                .Items()
                .CountBy(static port => $"{port.At("containerPort").Text()}/{port.At("protocol").Text() ?? "TCP"}")
                .Where(static twins => twins.Value > 1)
        )
        {
            yield return $"{name}: has the port {twins.Key} {twins.Value} times";
        }

        foreach (
            var variable in container
                .At("env")
                .Items()
                .Where(static variable => variable.At("value") is not null && variable.At("valueFrom") is not null)
        )
        {
            yield return $"{name}: {variable.At("name").Text()} has both value and valueFrom";
        }

        foreach (var probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" }.Where(probe => container.At(probe) is not null))
        {
            var handlers = new[] { "httpGet", "tcpSocket", "exec", "grpc" }.Count(handler => container.At(probe, handler) is not null);
            if (handlers != 1 || (probe != "readinessProbe" && container.At(probe, "successThreshold").Text() is not (null or "1")))
            {
                yield return $"{name}: {probe} has {handlers} handlers, or a successThreshold other than 1";
            }
        }

        foreach (var (resource, request) in container.At("resources", "requests").Entries())
        {
            if (container.At("resources", "limits", resource) is { } limit && Amount(request.Text()!) > Amount(limit.Text()!))
            {
                yield return $"{name}: asks for more {resource} than its limit";
            }
        }
    }

    private static IEnumerable<string> Service(JsonNode? spec)
    {
        var type = spec.At("type").Text() ?? "ClusterIP";
        var headless = spec.At("clusterIP").Text() == "None";
        foreach (
            var port in spec.At("ports")
                .Items()
                .Select(static port => port.At("name").Text()!)
                .Where(static port => !DnsLabel().IsMatch(port))
        )
        {
            yield return $"'{port}' is no name of a port";
        }

        string[] external =
        [
            "externalTrafficPolicy",
            "loadBalancerIP",
            "loadBalancerClass",
            "loadBalancerSourceRanges",
            "allocateLoadBalancerNodePorts",
        ];
        foreach (
            var field in external.Where(field =>
                spec.At(field) is not null && (field == "externalTrafficPolicy" ? type == "ClusterIP" : type != "LoadBalancer")
            )
        )
        {
            yield return $"has {field} with the type {type}";
        }

        if (type == "ClusterIP" && spec.At("ports").Items().Any(static port => port.At("nodePort") is not null))
        {
            yield return "has a nodePort with the type ClusterIP";
        }

        if (headless && type != "ClusterIP")
        {
            yield return $"has no address with the type {type}";
        }

        var families = spec.At("ipFamilies").Items().Count();
        if (
            spec.At("ipFamilyPolicy").Text() == "SingleStack"
                ? families != 1
                : families > 2 || spec.At("ipFamilies").Items().DistinctBy(static family => family.Text()).Count() != families
        )
        {
            yield return $"has {families} families with the policy {spec.At("ipFamilyPolicy").Text()}";
        }
    }

    private static IEnumerable<string> Workload(ReleaseObject o)
    {
        if (
            o.Kind == "StatefulSet"
            && o.Spec.At("updateStrategy", "type").Text() == "OnDelete"
            && o.Spec.At("updateStrategy", "rollingUpdate") is not null
        )
        {
            yield return "has settings of a rolling update with the strategy OnDelete";
        }

        if (
            o.Kind == "Deployment"
            && o.Spec.At("strategy", "type").Text() == "Recreate"
            && o.Spec.At("strategy", "rollingUpdate") is not null
        )
        {
            yield return "has settings of a rolling update with the strategy Recreate";
        }

        if (o.PodSpec.At("restartPolicy").Text() is not (null or "Always"))
        {
            yield return "has a restartPolicy other than Always";
        }

        foreach (
            var constraint in o
                .PodSpec.At("topologySpreadConstraints")
                .Items()
                .Where(static constraint =>
                    constraint.At("labelSelector") is null
                    || constraint.At("topologyKey") is null
                    || Number(constraint.At("maxSkew")) is not > 0
                )
        )
        {
            yield return $"has a topology spread constraint that says nothing: {constraint!.ToJsonString()}";
        }

        foreach (
            var name in o
                .PodSpec.At("containers")
                .Items()
                .Concat(o.PodSpec.At("initContainers").Items())
                .CountBy(static container => container.At("name").Text() ?? "")
                .Where(static name => name.Value > 1)
        )
        {
            yield return $"has {name.Value} containers named {name.Key}";
        }
    }

    private static IEnumerable<string> Range(JsonNode? min, JsonNode? max) =>
        Number(max) is not > 0 || Number(min) > Number(max) || Number(min) < 0 ? [$"scales from {min.Text()} to {max.Text()}"] : [];

    private static long? Number(JsonNode? node) =>
        node.IsNumber() && long.TryParse(node.Text(), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double Amount(string quantity)
    {
        var digits = quantity.TakeWhile(static c => char.IsAsciiDigit(c) || c == '.').Count();
        var factor = quantity[digits..] switch
        {
            "m" => 1e-3,
            "k" => 1e3,
            "M" => 1e6,
            "G" => 1e9,
            "Ki" => 1024,
            "Mi" => 1024 * 1024,
            "Gi" => 1024.0 * 1024 * 1024,
            _ => 1,
        };
        return double.Parse(quantity[..digits], CultureInfo.InvariantCulture) * factor;
    }

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex Index();

    [GeneratedRegex(@"resources\.(requests|limits)\.[^.]+$|\.sizeLimit$")]
    private static partial Regex Quantity();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?([numkMGTPE]|[KMGTPE]i|e[0-9]+)?$")]
    private static partial Regex QuantityValue();

    [GeneratedRegex(@"\.(containerPort|port|targetPort|nodePort|number)$")]
    private static partial Regex Port();

    [GeneratedRegex("^(?=.*[a-z])[a-z0-9]([a-z0-9]|-(?!-)){0,13}[a-z0-9]$")]
    private static partial Regex PortName();

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")]
    private static partial Regex DnsLabel();

    [GeneratedRegex(@"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex HostName();

    [GeneratedRegex("^[-._a-zA-Z0-9]{1,253}$")]
    private static partial Regex FileName();
}
