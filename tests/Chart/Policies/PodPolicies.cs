using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Chart.Releases;

namespace Tempo.Helm.Tests.Chart.Policies;

/// <summary>
/// Every pod, those of <c>helm test</c> included, by the restricted profile of the Pod Security Standards
/// (https://kubernetes.io/docs/concepts/security/pod-security-standards/), and what the chart promises beyond it.
/// </summary>
internal static class PodPolicies
{
    /// <summary>Volume types of the restricted profile.</summary>
    private static readonly string[] Volumes =
    [
        "configMap",
        "csi",
        "downwardAPI",
        "emptyDir",
        "ephemeral",
        "persistentVolumeClaim",
        "projected",
        "secret",
    ];

    public static IReadOnlyList<Policy> All { get; } =
    [
        new("Pods_meet_the_restricted_Pod_Security_Standard", Restricted),
        new("Root_file_systems_are_read_only", ReadOnlyRoot),
        new("Pods_have_no_token_of_the_API_server", NoToken),
        new("Liveness_is_not_readiness", Probes),
    ];

    private static IEnumerable<string> Restricted(RenderedRelease release) =>
        release.WithPods.SelectMany(static o => RestrictedPod(o).Select(what => $"{o} {what}"));

    private static IEnumerable<string> RestrictedPod(ReleaseObject o)
    {
        var spec = o.PodSpec;
        foreach (var field in new[] { "hostNetwork", "hostPID", "hostIPC" }.Where(field => spec.At(field).Text() is not (null or "false")))
        {
            yield return $"sets {field}";
        }

        foreach (
            var volume in spec.At("volumes").Items().Where(static volume => !Volumes.Any(type => ((JsonObject)volume!).ContainsKey(type)))
        )
        {
            yield return $"has the volume {volume.At("name").Text()} of a type that is not allowed";
        }

        var pod = spec.At("securityContext");
        foreach (var container in o.Containers)
        {
            var (name, own) = (container.At("name").Text(), container.At("securityContext"));
            if ((own.At("runAsNonRoot") ?? pod.At("runAsNonRoot")).Text() != "true")
            {
                yield return $"{name}: may run as root";
            }

            if ((own.At("runAsUser") ?? pod.At("runAsUser")).Text() is null or "0")
            {
                yield return $"{name}: runs as the image's user, which may be root";
            }

            if ((own.At("seccompProfile", "type") ?? pod.At("seccompProfile", "type")).Text() is not ("RuntimeDefault" or "Localhost"))
            {
                yield return $"{name}: has no seccomp profile";
            }

            if (own.At("allowPrivilegeEscalation").Text() != "false" || own.At("privileged").Text() == "true")
            {
                yield return $"{name}: may gain privileges";
            }

            if (
                !own.At("capabilities", "drop").Items().Any(static item => item.Text() == "ALL")
                || own.At("capabilities", "add").Items().Any(static item => item.Text() != "NET_BIND_SERVICE")
            )
            {
                yield return $"{name}: keeps capabilities";
            }

            foreach (var port in container.At("ports").Items().Where(static port => port.At("hostPort") is not null))
            {
                yield return $"{name}: takes port {port.At("hostPort").Text()} of the node";
            }
        }
    }

    private static IEnumerable<string> ReadOnlyRoot(RenderedRelease release) =>
        release.WithPods.SelectMany(static o =>
            o.Containers.Where(static container => container.At("securityContext", "readOnlyRootFilesystem").Text() != "true")
                .Select(container => $"{o} {container.At("name").Text()} writes to its image")
        );

    private static IEnumerable<string> NoToken(RenderedRelease release) =>
        release
            .WithPods.Where(static o => o.PodSpec.At("automountServiceAccountToken").Text() != "false")
            .Select(static o => $"{o} has a token");

    /// <summary>/ready answers 503 while Kafka, a ring or a querier is missing; a restart fixes none of these.</summary>
    private static IEnumerable<string> Probes(RenderedRelease release) =>
        release.Workloads.SelectMany(static o =>
            o.PodSpec.At("containers")
                .Items()
                .SelectMany(container =>
                    new[] { "livenessProbe", "startupProbe" }
                        .Where(probe => container.At(probe, "httpGet", "path").Text() == "/ready")
                        .Select(probe => $"{o} {container.At("name").Text()}: {probe} asks for /ready")
                )
        );
}
