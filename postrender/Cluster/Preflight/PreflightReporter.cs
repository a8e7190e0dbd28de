using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>The report of <c>preflight</c> as text.</summary>
internal static class PreflightReporter
{
    /// <summary>Writes the report: what the cluster has, the findings, the commands to run first, and the verdict.</summary>
    /// <param name="verbose">Whether to list the checks that found nothing.</param>
    public static void Write(PreflightReport report, bool refused, bool verbose, TextWriter output)
    {
        WriteCluster(report, output);
        TextReporter.Write(report.Stream, verbose, output);
        foreach (var finding in report.Findings)
        {
            output.WriteLine(TextReporter.Line(finding, report.Stream.LevelOf(finding)));
        }

        foreach (var change in report.Services.Where(static change => change.Kind == ServiceChangeKind.InPlace))
        {
            var consequence = change.Service.IsHeadless ? "; its name will resolve to other addresses of the same pods" : "";
            output.WriteLine(
                $"in place {Printable.OneLine(change.Service.Object.Reference)} spec.{change.Path}: "
                    + $"{Printable.OneLine(change.Live)} becomes {Printable.OneLine(change.Wanted)}{consequence}."
            );
        }

        foreach (var check in verbose ? report.Satisfied : [])
        {
            output.WriteLine($"holds {check.Id}: {check.Holds}.");
        }

        WriteDeletions(report.Deletions, output);
        var fixable = report.Count(ReportedLevel.Fixable);
        output.WriteLine(
            $"{ProgramInfo.Name}: {(refused ? "do not upgrade" : "ready for the upgrade")}; "
                + $"{(fixable > 0 ? $"{fixable} fixable, " : "")}"
                + $"{Wording.Count(report.Count(ReportedLevel.Error), "error")}, "
                + Wording.Count(report.Count(ReportedLevel.Warning), "warning")
        );
    }

    private static void WriteCluster(PreflightReport report, TextWriter output)
    {
        var families = report.Families;
        var services = families.Services.Select(family => family == families.Primary ? $"{family} (primary)" : family.ToString());
        output.WriteLine(
            $"{ProgramInfo.Name}: {report.Where}: "
                + $"Services {string.Join(" and ", services)}{(families.IsComplete ? "" : ", others unknown")}; "
                + $"pods {Names(families.PodNetwork)}; nodes {Names(families.Nodes)}; "
                + $"Pod Security level {Printable.OneLine(report.PodSecurityLevel ?? "not set")}"
        );
    }

    private static void WriteDeletions(IReadOnlyList<ServiceDeletion> deletions, TextWriter output)
    {
        if (deletions.Count == 0)
        {
            return;
        }

        output.WriteLine("Run these commands in this order, and upgrade right after them. Pods keep running, and all other Services work:");
        foreach (var deletion in deletions)
        {
            output.WriteLine($"  {deletion.Command}");
            output.WriteLine($"    until the upgrade creates it again: {deletion.Outage}");
        }
    }

    private static string Names(IReadOnlyList<AddressFamily> families) => families.Count == 0 ? "unknown" : string.Join(" and ", families);
}
