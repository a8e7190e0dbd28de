using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>Whether the Pod Security levels of the namespaces admit the pods of the manifests.</summary>
internal static class PodSecurityCheck
{
    private const int ViolationsShown = 4;

    /// <summary>The finding about the pods of a workload, or null.</summary>
    /// <param name="level">The level that the namespace enforces, or null.</param>
    public static Finding? Check(Workload workload, string ns, string? level)
    {
        var violations = PodSecurity.Violations(level, workload.Template);
        if (violations.Count == 0)
        {
            return null;
        }

        var more = violations.Count > ViolationsShown ? $" and {violations.Count - ViolationsShown} more" : "";
        return PreflightChecks.PodSecurityLevel.Error(
            Place.In(workload.Object, workload.TemplatePath.Key("spec")),
            $"does not meet the level {level}: {string.Join(", ", violations.Take(ViolationsShown))}{more}",
            $"the namespace {ns} enforces {level}, so Kubernetes would refuse the pods, and the debug container of verify as well",
            "Set the securityContext of the pods and their containers, or lower the level of the namespace"
        );
    }
}
