using System.CommandLine;
using Spectre.Console;
using Tempo.PostRender.Cluster;
using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Cluster.Verification;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>Checks the running pods of a release, for what only a live cluster shows.</summary>
internal static class VerifyCommand
{
    public static Command Create(IoContext io)
    {
        var command = new Command(
            "verify",
            "Checks a running release: the listeners, effective settings, gossip and ring members of every pod, and the Services "
                + "with their endpoints."
        );
        var verify = new VerifyOptionSet(command);
        var output = new ReportOptionSet(command, onOutput: true, ClusterReport.Formats);
        var cluster = new ClusterOptionSet(command);
        var rules = new RuleOptionSet(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var checkOptions = rules.Read(parsed, io);
                using var files = output.Open(parsed);
                var options = verify.Read(parsed, checkOptions.Rules);
                using var api = await cluster.ConnectAsync(parsed, io, cancellationToken);
                options = options with { Namespace = cluster.Namespace(parsed, api) };
                var isConfirmed = verify.IsConfirmed(parsed);
                if (
                    verify.IsWatch(parsed)
                    && await WatchAsync(api, options, checkOptions.FailOn, verify.WatchTimeout(parsed), isConfirmed, io, cancellationToken)
                        is { } last
                )
                {
                    return (int)Report(last, fails: true);
                }

                // Probe pods are deleted before the program ends, whatever ends it.
                var found = options.ProbeImage is not null
                    ? await Interruption.HandleAsync(VerifyAsync, cancellationToken)
                    : await VerifyAsync(cancellationToken);
                return (int)Report(found, found.IsRefused(checkOptions.FailOn));

                Task<VerificationReport> VerifyAsync(CancellationToken token) =>
                    new Verifier(api, options).RunAsync(Confirm, (total, work) => ShowProgressAsync(total, work, io), token);

                void Confirm(IReadOnlyList<LivePod> pods)
                {
                    if (!isConfirmed)
                    {
                        DebugContainerConsent.Ask(pods, options, io);
                    }
                }

                ExitCode Report(VerificationReport verification, bool fails)
                {
                    var report = new ClusterReport
                    {
                        Json = stream => VerificationJson.Write(verification, stream),
                        Html = writer => VerificationPage.WriteHtml(verification, writer),
                        Markdown = writer => VerificationPage.WriteMarkdown(verification, writer),
                        Text = writer => VerificationReporter.Write(verification, rules.IsVerbose(parsed), writer),
                    };
                    return output.Write(parsed, files, report, fails, io.Output);
                }
            }
        );
        return command;
    }

    /// <summary>Waits until nothing is found, then returns null. After the time limit it returns the last result.</summary>
    private static async Task<VerificationReport?> WatchAsync(
        KubernetesApi api,
        VerifyOptions options,
        FailOn failOn,
        TimeSpan limit,
        bool isConfirmed,
        IoContext io,
        CancellationToken cancellationToken
    )
    {
        if (options.DebugImage is not null && !isConfirmed && !io.IsInputTerminal)
        {
            throw new UsageException(
                "verify adds debug containers after the wait, and standard input is not a terminal to confirm it. Pass --yes to "
                    + "add them, or "
                    + "--no-debug-container to check everything but the listeners"
            );
        }

        var (isWell, last) = await WatchView.ShowAsync(
            io,
            show => new Watch(api, options, failOn).RunAsync(limit, show, cancellationToken)
        );
        if (isWell)
        {
            return null;
        }

        io.Error.WriteLine(
            $"{ProgramInfo.Name}: the time limit of --watch-timeout ({limit.TotalSeconds:0} s) has passed, and the release is "
                + "not ready; this is its last state"
        );
        return last;
    }

    private static Task ShowProgressAsync(int total, Func<Action, Task> work, IoContext io)
    {
        if (!io.IsErrorTerminal)
        {
            return work(static () => { });
        }

        return WatchView
            .Console(io)
            .Progress()
            .AutoClear(true)
            .StartAsync(async progress =>
            {
                var pods = progress.AddTask("Pods", maxValue: total);
                await work(() => pods.Increment(1));
            });
    }
}
