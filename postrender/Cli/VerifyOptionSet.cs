using System.CommandLine;
using Tempo.PostRender.Cluster.Verification;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cli;

/// <summary>The options that only <c>verify</c> has.</summary>
internal sealed class VerifyOptionSet
{
    private static readonly VerifyOptions Defaults = new() { Namespace = "", Rules = null! };

    private readonly Option<string> _selector = new("--selector", "-l")
    {
        Description = "The label selector of the release's pods. Default: all pods of the namespace that run Tempo.",
        HelpName = "SELECTOR",
    };

    private readonly Option<string> _debugImage = new("--debug-image")
    {
        Description =
            "The image of debug containers and probe pods; it needs sh and ss, and for connections curl, nc and base64. Without "
            + "ss the command reads /proc/net, which does not show whether an IPv6 listener also serves IPv4.",
        HelpName = "IMAGE",
        DefaultValueFactory = static _ => VerifyOptions.DefaultDebugImage,
    };

    private readonly Option<bool> _noDebugContainer = new("--no-debug-container")
    {
        Description = "Adds no debug containers. All checks but those of the listeners still run.",
    };

    private readonly Option<bool> _reachability = new("--reachability")
    {
        Description =
            "Connects from one pod of every workload to everything it dials, over IPv4 and over IPv6: components, members, "
            + "caches, Kafka, object storage, remote write. Kafka is asked for the addresses of its brokers; nothing else is "
            + "sent. Every run adds a debug container.",
    };

    private readonly Option<bool> _trace = new("--trace")
    {
        Description =
            "Sends one span to every receiver (OTLP and Jaeger over gRPC and HTTP, Zipkin) over the family, through every Service "
            + "and gateway in front of it, and reads it back from the query-frontend. The spans have the service name "
            + "tempo-postrender-verify and stay until the retention of Tempo deletes them. Every run adds a debug container.",
    };

    private readonly Option<string> _tenant = new("--tenant")
    {
        Description = "The tenant of the spans of --trace (X-Scope-OrgID). Default: none.",
        HelpName = "TENANT",
    };

    private readonly Option<bool> _probePod = new("--probe-pod")
    {
        Description =
            "Adds no debug containers; creates a short-lived pod on every node of the release instead, and deletes it again. "
            + "Instead of listing listeners, it connects to every port; it also runs --reachability and --trace. The pod has "
            + "none of the release's labels, so NetworkPolicies may treat it differently from the release's pods.",
    };

    private readonly Option<bool> _watch = new("--watch", "-w")
    {
        Description =
            "Waits until every workload that runs Tempo is rolled out and the checks without debug containers find nothing, "
            + "then runs all checks. Every change is written to standard error.",
    };

    private readonly NumberOption _watchTimeout = new(
        "--watch-timeout",
        "SECONDS",
        "The time limit for --watch in seconds; after it the exit code is 2.",
        600,
        86_400
    );

    private readonly Option<bool> _yes = new("--yes", "-y")
    {
        Description = "Adds debug containers without asking. They end at once, but stay listed in a pod until the pod is deleted.",
    };

    private readonly Option<bool> _readSecrets = new("--read-secrets") { Description = "Reads the Secrets that hold Tempo configs." };

    private readonly NumberOption _parallel = new(
        "--parallel",
        "NUMBER",
        "The number of pods that are checked at the same time.",
        Defaults.Parallel,
        1_000
    );

    private readonly NumberOption _timeout = new(
        "--timeout",
        "SECONDS",
        "The time limit for one pod in seconds, including the pull of the debug image.",
        (int)Defaults.PodTimeout.TotalSeconds,
        3_600
    );

    public VerifyOptionSet(Command command)
    {
        _tenant.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string>() is { } stated && !IsTenant(stated))
            {
                result.AddError("--tenant is at most 150 letters, digits and !-_.*'()");
            }
        });
        Option[] options =
        [
            _selector,
            _debugImage,
            _noDebugContainer,
            _reachability,
            _trace,
            _tenant,
            _probePod,
            _watch,
            _watchTimeout,
            _yes,
            _readSecrets,
            _parallel,
            _timeout,
        ];
        Array.ForEach(options, command.Add);
    }

    /// <summary>Whether to wait until the release is ready.</summary>
    public bool IsWatch(ParseResult parsed) => parsed.GetValue(_watch);

    /// <summary>How long to wait.</summary>
    public TimeSpan WatchTimeout(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetValue(_watchTimeout));

    /// <summary>Whether debug containers are added without asking.</summary>
    public bool IsConfirmed(ParseResult parsed) => parsed.GetValue(_yes);

    /// <summary>The options in the form that the verifier takes.</summary>
    /// <exception cref="UsageException">Two options contradict each other.</exception>
    public VerifyOptions Read(ParseResult parsed, RuleOptions rules)
    {
        var (probes, trace) = (parsed.GetValue(_probePod), parsed.GetValue(_trace));
        if ((parsed.GetValue(_reachability) || trace) && parsed.GetValue(_noDebugContainer) && !probes)
        {
            throw new UsageException(
                $"{(trace ? "--trace sends" : "--reachability connects")} from debug containers, and "
                    + "--no-debug-container adds none: leave one of them out, or pass --probe-pod"
            );
        }

        if (parsed.GetValue(_tenant) is not null && !trace)
        {
            throw new UsageException("--tenant is for the spans of --trace: pass both or neither");
        }

        return Defaults with
        {
            Selector = parsed.GetValue(_selector),
            DebugImage = parsed.GetValue(_noDebugContainer) || probes ? null : parsed.GetValue(_debugImage),
            ProbeImage = probes ? parsed.GetValue(_debugImage) : null,
            Reachability = parsed.GetValue(_reachability),
            Trace = trace,
            Tenant = parsed.GetValue(_tenant),
            ReadSecrets = parsed.GetValue(_readSecrets),
            Parallel = parsed.GetValue(_parallel),
            PodTimeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout)),
            Rules = rules,
        };
    }

    /// <summary>Tempo's documentation about tenant ids; a header cannot contain other characters.</summary>
    private static bool IsTenant(string text) =>
        text.Length is > 0 and <= 150
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || "!-_.*'()".Contains(c, StringComparison.Ordinal));
}
