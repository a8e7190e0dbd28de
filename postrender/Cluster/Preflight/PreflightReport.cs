using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>The result of <c>preflight</c>.</summary>
public sealed record PreflightReport
{
    /// <summary>The API server, for messages.</summary>
    public required string Server { get; init; }

    /// <summary>The namespace of the release.</summary>
    public required string Namespace { get; init; }

    /// <summary>The families that the cluster has.</summary>
    public required ClusterFamilies Families { get; init; }

    /// <summary>The Pod Security level that the namespace enforces, or null if it sets none.</summary>
    public required string? PodSecurityLevel { get; init; }

    /// <summary>Whether the namespace does not exist yet.</summary>
    public required bool IsNamespaceNew { get; init; }

    /// <summary>What the rules found in the manifests by themselves.</summary>
    public required Report Stream { get; init; }

    /// <summary>What the comparison with the cluster found.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What the upgrade does to each Service of the manifests.</summary>
    public required IReadOnlyList<ServiceChange> Services { get; init; }

    /// <summary>The Services to delete before the upgrade, in this order.</summary>
    public required IReadOnlyList<ServiceDeletion> Deletions { get; init; }

    /// <summary>The API server and the namespace, for headings.</summary>
    public string Where => $"{Server}, namespace {Printable.OneLine(Namespace)}{(IsNamespaceNew ? " (does not exist yet)" : "")}";

    /// <summary>The checks that found nothing.</summary>
    public IEnumerable<RuleDescription> Satisfied => PreflightChecks.All.Where(check => Findings.All(finding => finding.Rule != check));

    /// <summary>The number of findings at a level, including those of the rules.</summary>
    public int Count(ReportedLevel level) => Stream.Count(level) + Findings.Count(finding => Stream.LevelOf(finding) == level);

    /// <summary>Whether the upgrade should not be made.</summary>
    /// <param name="failOn">The findings that prevent it.</param>
    public bool IsRefused(FailOn failOn) => Enum.GetValues<ReportedLevel>().Any(level => failOn.Includes(level) && Count(level) > 0);
}
