using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>A Service that has to be deleted before the upgrade.</summary>
/// <param name="Reference">The Service: <c>Service/tempo/tempo-distributor</c>.</param>
/// <param name="Command">The command that deletes it.</param>
/// <param name="Outage">What does not work until the upgrade has made it again, as a clause.</param>
public sealed record ServiceDeletion(string Reference, string Command, string Outage);

/// <summary>What stands between a stream and a cluster.</summary>
public sealed record PreflightReport
{
    /// <summary>The server in a user's terms.</summary>
    public required string Server { get; init; }

    /// <summary>The namespace of the release.</summary>
    public required string Namespace { get; init; }

    /// <summary>What the cluster has.</summary>
    public required ClusterFamilies Families { get; init; }

    /// <summary>The level that the namespace enforces, or null where it names none.</summary>
    public required string? PodSecurityLevel { get; init; }

    /// <summary>Whether the namespace does not exist yet.</summary>
    public required bool IsNamespaceNew { get; init; }

    /// <summary>What the rules say of the stream by itself.</summary>
    public required Report Stream { get; init; }

    /// <summary>What the cluster adds to it.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What happens to each Service of the stream.</summary>
    public required IReadOnlyList<ServiceChange> Services { get; init; }

    /// <summary>What has to be deleted first, in this order.</summary>
    public required IReadOnlyList<ServiceDeletion> Deletions { get; init; }

    /// <summary>How many findings there are at a level, those of the stream included.</summary>
    /// <param name="level">The level.</param>
    public int Count(ReportedLevel level) => Stream.Count(level) + Findings.Count(finding => Stream.LevelOf(finding) == level);

    /// <summary>Whether the upgrade should not be made.</summary>
    /// <param name="failOn">What stands in its way.</param>
    public bool IsRefused(FailOn failOn) =>
        failOn switch
        {
            FailOn.Never => false,
            FailOn.Warning => Count(ReportedLevel.Error) + Count(ReportedLevel.Fixable) + Count(ReportedLevel.Warning) > 0,
            _ => Count(ReportedLevel.Error) + Count(ReportedLevel.Fixable) > 0,
        };
}
