using System.Text;
using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Cluster.Verification;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>The user's consent to debug containers.</summary>
internal static class DebugContainerConsent
{
    /// <summary>Asks before debug containers are added, because they cannot be removed.</summary>
    public static void Ask(IReadOnlyList<LivePod> pods, VerifyOptions options, IoContext io)
    {
        var number = Wording.Count(pods.Count, "pod");
        if (!io.IsInputTerminal)
        {
            throw new UsageException(
                $"verify adds a debug container to {number}, which cannot be removed from a pod again, and standard input is not "
                    + "a terminal to "
                    + "confirm it. Pass --yes to add it, or --no-debug-container to check everything but the listeners"
            );
        }

        io.Error.WriteLine(
            $"{ProgramInfo.Name}: verify adds an ephemeral debug container "
                + $"({Printable.OneLine(options.DebugImage!)}) to {number} of the "
                + $"namespace {Printable.OneLine(options.Namespace)}, to list their listeners"
                + (options.Reachability ? ", and to connect to what they dial" : "")
                + (options.Trace ? ", and to send test spans" : "")
                + ". "
                + "It ends at once and changes nothing, but cannot be removed: it stays listed in the pod until the pod is deleted. "
                + "--no-debug-container skips it."
        );
        io.Error.Write("Add it? [y/N] ");
        io.Error.Flush();
        using var answers = new StreamReader(io.Input!, Encoding.UTF8, leaveOpen: true);
        if (answers.ReadLine()?.Trim() is not ("y" or "Y" or "yes" or "Yes"))
        {
            throw new UsageException(
                "cancelled: no debug container was added, and nothing was checked. Pass --no-debug-container to check everything "
                    + "but the listeners"
            );
        }
    }
}
