using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>A Service that has to be deleted before the upgrade.</summary>
/// <param name="Reference">The Service: <c>Service/tempo/tempo-distributor</c>.</param>
/// <param name="Command">The command that deletes it.</param>
/// <param name="Outage">What does not work until the upgrade has made it again, as a clause.</param>
public sealed record ServiceDeletion(string Reference, string Command, string Outage);

/// <summary>What stands between a stream and a cluster.</summary>
/// <param name="Server">The server in a user's terms.</param>
/// <param name="Namespace">The namespace of the release.</param>
/// <param name="Families">What the cluster has.</param>
/// <param name="PodSecurityLevel">The level that the namespace enforces, or null where it names none.</param>
/// <param name="IsNamespaceNew">Whether the namespace does not exist yet.</param>
/// <param name="Stream">What the rules say of the stream by itself.</param>
/// <param name="Findings">What the cluster adds to it.</param>
/// <param name="Services">What happens to each Service of the stream.</param>
/// <param name="Deletions">What has to be deleted first, in this order.</param>
public sealed record PreflightReport(
    string Server,
    string Namespace,
    ClusterFamilies Families,
    string? PodSecurityLevel,
    bool IsNamespaceNew,
    Report Stream,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<ServiceChange> Services,
    IReadOnlyList<ServiceDeletion> Deletions
)
{
    /// <summary>How many findings there are at a level, those of the stream included.</summary>
    /// <param name="level">The level.</param>
    public int Count(ReportedLevel level) => Stream.Count(level) + Findings.Count(finding => Stream.LevelOf(finding) == level);

    /// <summary>Whether the upgrade should not be made.</summary>
    /// <param name="failOn">What stands in its way.</param>
    public bool IsRefused(FailOn failOn) =>
        failOn switch
        {
            FailOn.Never => false,
            FailOn.Warning => Count(ReportedLevel.Error) + Count(ReportedLevel.Warning) > 0,
            _ => Count(ReportedLevel.Error) > 0,
        };
}
