using System.CommandLine;
using System.Text;
using Spectre.Console;
using Tempo.PostRender.Cluster;
using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Cluster.Verification;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>Checks the running pods of a release, for what only a live cluster shows.</summary>
internal static class VerifyCommand
{
    public static Command Create(IoContext io)
    {
        var defaults = new VerifyOptions { Namespace = "", Rules = null! };
        var selector = new Option<string>("--selector", "-l")
        {
            Description = "The label selector of the release's pods. Default: all pods of the namespace that run Tempo.",
            HelpName = "SELECTOR",
        };
        var debugImage = new Option<string>("--debug-image")
        {
            Description =
                "The image of debug containers and probe pods; it needs sh and ss, and for connections curl, nc and base64. Without "
                + "ss the command reads /proc/net, which does not show whether an IPv6 listener also serves IPv4.",
            HelpName = "IMAGE",
            DefaultValueFactory = static _ => VerifyOptions.DefaultDebugImage,
        };
        var noDebugContainer = new Option<bool>("--no-debug-container")
        {
            Description = "Add no debug containers. All checks but those of the listeners still run.",
        };
        var reachability = new Option<bool>("--reachability")
        {
            Description =
                "Connect from one pod of every workload to everything it dials, over IPv4 and over IPv6: components, members, "
                + "caches, Kafka, object storage, remote write. Kafka is asked for the addresses of its brokers; nothing else is "
                + "sent. Every run adds a debug container.",
        };
        var trace = new Option<bool>("--trace")
        {
            Description =
                "Send one span to every receiver (OTLP and Jaeger over gRPC and HTTP, Zipkin) over the family, through every Service "
                + "and gateway in front of it, and read it back from the query-frontend. The spans have the service name "
                + "tempo-postrender-verify and stay until the retention of Tempo deletes them. Every run adds a debug container.",
        };
        var tenant = new Option<string>("--tenant")
        {
            Description = "The tenant of the spans of --trace (X-Scope-OrgID). Default: none.",
            HelpName = "TENANT",
        };
        tenant.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string>() is { } stated && !IsTenant(stated))
            {
                result.AddError("--tenant is at most 150 letters, digits and !-_.*'()");
            }
        });
        var probePod = new Option<bool>("--probe-pod")
        {
            Description =
                "Add no debug containers; create a short-lived pod on every node of the release instead, and delete it again. It "
                + "connects to every port in place of a list of the listeners, and does the work of --reachability and --trace. It "
                + "has none of the release's labels, so NetworkPolicies may treat it differently from the release's pods.",
        };
        var watch = new Option<bool>("--watch", "-w")
        {
            Description =
                "Wait until every workload that runs Tempo is rolled out and the checks without debug containers find nothing, "
                + "then run all checks. Every change is written to standard error.",
        };
        var watchTimeout = new NumberOption(
            "--watch-timeout",
            "SECONDS",
            "The time limit for --watch in seconds; after it the exit code is 2.",
            600,
            86_400
        );
        var yes = new Option<bool>("--yes", "-y")
        {
            Description = "Add debug containers without asking. They end at once, but stay listed in a pod until the pod is deleted.",
        };
        var readSecrets = new Option<bool>("--read-secrets") { Description = "Read the Secrets that hold Tempo configs." };
        var parallel = new NumberOption(
            "--parallel",
            "NUMBER",
            "The number of pods that are checked at the same time.",
            defaults.Parallel,
            1_000
        );
        var timeout = new NumberOption(
            "--timeout",
            "SECONDS",
            "The time limit for one pod in seconds, including the pull of the debug image.",
            (int)defaults.PodTimeout.TotalSeconds,
            3_600
        );
        var command = new Command(
            "verify",
            "Checks a running release: the listeners, effective settings, gossip and ring members of every pod, and the Services "
                + "with their endpoints."
        )
        {
            selector,
            debugImage,
            noDebugContainer,
            reachability,
            trace,
            tenant,
            probePod,
            watch,
            watchTimeout,
            yes,
            readSecrets,
            parallel,
            timeout,
        };
        var output = new ReportOptionSet(
            command,
            onOutput: true,
            ReportFormat.Text,
            ReportFormat.Json,
            ReportFormat.Markdown,
            ReportFormat.Html
        );
        var cluster = new ClusterOptionSet(command);
        var rules = new RuleOptionSet(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var judged = rules.Read(parsed, io, releaseNamespace: null);
                using var files = output.Open(parsed);
                var probes = parsed.GetValue(probePod);
                var connects = parsed.GetValue(reachability) || parsed.GetValue(trace);
                if (connects && parsed.GetValue(noDebugContainer) && !probes)
                {
                    throw new UsageException(
                        $"{(parsed.GetValue(trace) ? "--trace sends" : "--reachability connects")} from debug containers, and "
                            + "--no-debug-container adds none: leave one of them out, or pass --probe-pod"
                    );
                }

                if (parsed.GetValue(tenant) is not null && !parsed.GetValue(trace))
                {
                    throw new UsageException("--tenant is for the spans of --trace: pass both or neither");
                }

                var options = defaults with
                {
                    Selector = parsed.GetValue(selector),
                    DebugImage = parsed.GetValue(noDebugContainer) || probes ? null : parsed.GetValue(debugImage),
                    ProbeImage = probes ? parsed.GetValue(debugImage) : null,
                    Reachability = parsed.GetValue(reachability),
                    Trace = parsed.GetValue(trace),
                    Tenant = parsed.GetValue(tenant),
                    ReadSecrets = parsed.GetValue(readSecrets),
                    Parallel = parsed.GetValue(parallel),
                    PodTimeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                    Rules = judged.Rules,
                };
                using var api = await cluster.ConnectAsync(parsed, io, cancellationToken).ConfigureAwait(false);
                options = options with { Namespace = cluster.Namespace(parsed, api) };
                if (
                    parsed.GetValue(watch)
                    && await WatchAsync(
                            api,
                            options,
                            judged.FailOn,
                            TimeSpan.FromSeconds(parsed.GetValue(watchTimeout)),
                            parsed.GetValue(yes),
                            io,
                            cancellationToken
                        )
                        .ConfigureAwait(false)
                        is { } last
                )
                {
                    Report(last, fails: true);
                    return (int)ExitCode.Findings;
                }

                // Probe pods are deleted before the program ends, whatever ends it.
                var found = probes
                    ? await Interruption.HandleAsync(VerifyAsync, cancellationToken).ConfigureAwait(false)
                    : await VerifyAsync(cancellationToken).ConfigureAwait(false);
                var fails = found.IsRefused(judged.FailOn);
                Report(found, fails);
                return (int)(fails ? ExitCode.Findings : ExitCode.Ok);

                Task<Verification> VerifyAsync(CancellationToken token) =>
                    new Verifier(api, options).RunAsync(
                        pods => Confirm(pods, options, parsed.GetValue(yes), io),
                        (total, work) => ShowProgressAsync(total, work, io),
                        token
                    );

                void Report(Verification verification, bool fails)
                {
                    files.Write((format, stream) => Write(verification, format, rules.IsVerbose(parsed), stream));
                    if (fails || !output.IsQuiet(parsed))
                    {
                        Write(verification, output.Format(parsed), rules.IsVerbose(parsed), io.Output);
                    }
                }
            }
        );
        return command;
    }

    /// <summary>Waits until nothing is found, then returns null. After the time limit it returns the last result.</summary>
    private static async Task<Verification?> WatchAsync(
        KubernetesApi api,
        VerifyOptions options,
        FailOn failOn,
        TimeSpan limit,
        bool yes,
        IoContext io,
        CancellationToken cancellationToken
    )
    {
        if (options.DebugImage is not null && !yes && !io.IsInputTerminal)
        {
            throw new UsageException(
                "verify adds debug containers after the wait, and standard input is not a terminal to confirm it. Pass --yes to "
                    + "add them, or "
                    + "--no-debug-container to check everything but the listeners"
            );
        }

        var (isWell, last) = await WatchView
            .ShowAsync(io, show => new Watch(api, options, failOn).RunAsync(limit, show, cancellationToken))
            .ConfigureAwait(false);
        if (isWell)
        {
            return null;
        }

        io.Error.WriteLine(
            $"{TextReporter.Program}: the time limit of --watch-timeout ({limit.TotalSeconds:0} s) has passed, and the release is "
                + "not ready; this is its last state"
        );
        return last;
    }

    /// <summary>Tempo's documentation about tenant ids; a header cannot contain other characters.</summary>
    private static bool IsTenant(string text) =>
        text.Length is > 0 and <= 150
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || "!-_.*'()".Contains(c, StringComparison.Ordinal));

    /// <summary>Asks before debug containers are added, because they cannot be removed.</summary>
    private static void Confirm(IReadOnlyList<LivePod> pods, VerifyOptions options, bool yes, IoContext io)
    {
        var number = pods.Count == 1 ? "1 pod" : $"{pods.Count} pods";
        if (yes)
        {
            return;
        }

        if (!io.IsInputTerminal)
        {
            throw new UsageException(
                $"verify adds a debug container to {number}, which cannot be removed from a pod again, and standard input is not "
                    + "a terminal to "
                    + "confirm it. Pass --yes to add it, or --no-debug-container to check everything but the listeners"
            );
        }

        io.Error.WriteLine(
            $"{TextReporter.Program}: verify adds an ephemeral debug container "
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
        using var answers = new StreamReader(io.Input, Encoding.UTF8, leaveOpen: true);
        if (answers.ReadLine()?.Trim() is not ("y" or "Y" or "yes" or "Yes"))
        {
            throw new UsageException(
                "cancelled: no debug container was added, and nothing was checked. Pass --no-debug-container to check everything "
                    + "but the listeners"
            );
        }
    }

    private static Task ShowProgressAsync(int total, Func<Action, Task> work, IoContext io)
    {
        if (!io.IsErrorTerminal)
        {
            return work(static () => { });
        }

        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(io.Error),
            }
        );
        return console
            .Progress()
            .AutoClear(true)
            .StartAsync(async progress =>
            {
                var pods = progress.AddTask("Pods", maxValue: total);
                await work(() => pods.Increment(1)).ConfigureAwait(false);
            });
    }

    private static void Write(Verification found, ReportFormat format, bool verbose, Stream output)
    {
        if (format == ReportFormat.Json)
        {
            VerificationJson.Write(found, output);
            return;
        }

        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true)
        {
            NewLine = "\n",
        };
        switch (format)
        {
            case ReportFormat.Html:
                VerificationPage.WriteHtml(found, writer);
                break;
            case ReportFormat.Markdown:
                VerificationPage.WriteMarkdown(found, writer);
                break;
            default:
                VerificationReporter.Write(found, verbose, writer);
                break;
        }
    }
}
