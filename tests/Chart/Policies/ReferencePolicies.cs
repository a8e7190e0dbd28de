using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Chart.Releases;

namespace Tempo.Helm.Tests.Chart.Policies;

/// <summary>References between objects are correct, or the values say that the other object exists already.</summary>
internal static class ReferencePolicies
{
    public static IReadOnlyList<Policy> All { get; } =
    [
        new("ConfigMaps_Secrets_claims_and_accounts_that_pods_name_exist", Objects),
        new("Keys_that_pods_name_exist", Keys),
        new("Ports_that_probes_name_exist", Probes),
        new("Mounts_have_volumes_and_volumes_have_mounts", Mounts),
        new("Backends_of_Ingresses_and_routes_exist", Backends),
    ];

    /// <summary>Kind, name and, where one is named, key of what a pod needs; optional ones are left out.</summary>
    private static IEnumerable<(string Kind, string? Name, string? Key)> Needs(ReleaseObject o)
    {
        var spec = o.PodSpec;
        if (spec.At("serviceAccountName").Text() is { } account and not "default")
        {
            yield return ("ServiceAccount", account, null);
        }

        foreach (var pull in spec.At("imagePullSecrets").Items())
        {
            yield return ("Secret", pull.At("name").Text(), null);
        }

        foreach (var volume in spec.At("volumes").Items())
        {
            foreach (
                var (field, kind, name) in new[]
                {
                    ("configMap", "ConfigMap", "name"),
                    ("secret", "Secret", "secretName"),
                    ("persistentVolumeClaim", "PersistentVolumeClaim", "claimName"),
                }
            )
            {
                if (volume.At(field) is JsonObject source && source.At("optional").Text() != "true")
                {
                    yield return (kind, source.At(name).Text(), null);
                    foreach (var item in source.At("items").Items())
                    {
                        yield return (kind, source.At(name).Text(), item.At("key").Text());
                    }
                }
            }
        }

        foreach (var container in o.Containers)
        {
            foreach (var variable in container.At("env").Items())
            {
                foreach (var (field, kind) in new[] { ("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret") })
                {
                    if (variable.At("valueFrom", field) is { } source && source.At("optional").Text() != "true")
                    {
                        yield return (kind, source.At("name").Text(), source.At("key").Text());
                    }
                }
            }

            foreach (var from in container.At("envFrom").Items())
            {
                foreach (var (field, kind) in new[] { ("configMapRef", "ConfigMap"), ("secretRef", "Secret") })
                {
                    if (from.At(field) is { } source && source.At("optional").Text() != "true")
                    {
                        yield return (kind, source.At("name").Text(), null);
                    }
                }
            }
        }
    }

    private static IEnumerable<string> Objects(RenderedRelease release) =>
        from o in release.WithPods
        from need in Needs(o).Distinct()
        where need.Key is null && release.Find(need.Kind, need.Name) is null && !release.Case.Existing.Contains($"{need.Kind}/{need.Name}")
        select $"{o} needs {need.Kind}/{need.Name}, which is not there";

    private static IEnumerable<string> Keys(RenderedRelease release) =>
        from o in release.WithPods
        from need in Needs(o).Distinct()
        where
            need.Key is not null
            && release.Find(need.Kind, need.Name) is { } named
            && (named.Json.At("data", need.Key) ?? named.Json.At("stringData", need.Key)) is null
        select $"{o} needs the key {need.Key} of {need.Kind}/{need.Name}, which is not there";

    private static IEnumerable<string> Probes(RenderedRelease release)
    {
        foreach (var o in release.WithPods)
        {
            foreach (var container in o.Containers)
            {
                var ports = container.At("ports").Items().ToList();
                foreach (var probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" })
                {
                    var port =
                        container.At(probe, "httpGet", "port")
                        ?? container.At(probe, "tcpSocket", "port")
                        ?? container.At(probe, "grpc", "port");
                    if (
                        port is not null
                        && !ports.Exists(p => (port.IsString() ? p.At("name") : p.At("containerPort")).Text() == port.Text())
                    )
                    {
                        yield return $"{o} {container.At("name").Text()}: {probe} asks port {port.Text()}, which is not there";
                    }
                }
            }
        }
    }

    private static IEnumerable<string> Mounts(RenderedRelease release)
    {
        foreach (var o in release.WithPods)
        {
            var volumes = o
                .PodSpec.At("volumes")
                .Items()
                .Concat(o.Spec.At("volumeClaimTemplates").Items().Select(static claim => claim.At("metadata")))
                .Select(static volume => volume.At("name").Text())
                .ToList();
            var mounts = o
                .Containers.SelectMany(static container => container.At("volumeMounts").Items())
                .Select(static mount => mount.At("name").Text())
                .ToList();
            foreach (var mount in mounts.Except(volumes))
            {
                yield return $"{o} mounts {mount}, which is no volume";
            }

            foreach (var volume in volumes.Except(mounts))
            {
                yield return $"{o} has the volume {volume}, which nobody mounts";
            }

            foreach (var twins in volumes.GroupBy(static name => name).Where(static twins => twins.Count() > 1))
            {
                yield return $"{o} has the volume {twins.Key} {twins.Count()} times";
            }
        }
    }

    private static IEnumerable<string> Backends(RenderedRelease release)
    {
        var ingresses = release
            .OfKind("Ingress")
            .SelectMany(o =>
                o.Json.Scalars()
                    .Where(static scalar => scalar.Path.EndsWith(".backend.service.name"))
                    .Select(scalar => (o, Service: scalar.Value.Text(), Port: PortOf(o, scalar.Path)))
            );
        var routes = release
            .OfKind("HTTPRoute")
            .Concat(release.OfKind("GRPCRoute"))
            .SelectMany(static o =>
                o.Spec.At("rules")
                    .Items()
                    .SelectMany(static rule => rule.At("backendRefs").Items())
                    .Select(backend => (o, Service: backend.At("name").Text(), Port: backend.At("port").Text()))
            );
        foreach (var (o, service, port) in ingresses.Concat(routes))
        {
            var ports = release.Find("Service", service)?.Spec.At("ports").Items() ?? [];
            if (!ports.Any(p => p.At("name").Text() == port || p.At("port").Text() == port))
            {
                yield return $"{o} leads to port {port} of Service/{service}, which is not there";
            }
        }
    }

    private static string? PortOf(ReleaseObject ingress, string path)
    {
        var stem = path[..^".name".Length];
        return ingress
            .Json.Scalars()
            .Where(scalar => scalar.Path.StartsWith($"{stem}.port."))
            .Select(static scalar => scalar.Value.Text())
            .FirstOrDefault();
    }
}
