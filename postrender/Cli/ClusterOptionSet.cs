using System.CommandLine;
using Tempo.PostRender.Cluster;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>The options of every command that talks to a live cluster, with the names that kubectl gives them.</summary>
internal sealed class ClusterOptionSet
{
    private readonly Option<string> _kubeconfig = new("--kubeconfig")
    {
        Description =
            "The kubeconfig file. Default: the environment variable KUBECONFIG, else ~/.kube/config, else the service account of "
            + "the pod in which the command runs.",
        HelpName = "FILE",
    };

    private readonly Option<string> _context = new("--context")
    {
        Description = "The kubeconfig context. Default: the current context.",
        HelpName = "NAME",
    };

    private readonly Option<string> _namespace = new("--namespace", "-n")
    {
        Description = "The namespace of the Helm release. Default: the namespace of the context, else the namespace default.",
        HelpName = "NAMESPACE",
    };

    private readonly NumberOption _timeout = new(
        "--request-timeout",
        "SECONDS",
        "The time limit for one request to the API server, in seconds.",
        (int)RetryPolicy.Default.Timeout.TotalSeconds,
        3_600
    );

    public ClusterOptionSet(Command command)
    {
        command.Add(_namespace);
        command.Add(_kubeconfig);
        command.Add(_context);
        command.Add(_timeout);
    }

    /// <summary>Connects to the cluster.</summary>
    /// <exception cref="ClusterException">There is no usable configuration.</exception>
    public Task<KubernetesApi> ConnectAsync(ParseResult parsed, IoContext io, CancellationToken cancellationToken)
    {
        var retries = RetryPolicy.Default with { Timeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout)) };
        return ClusterConnection.OpenAsync(
            parsed.GetValue(_kubeconfig),
            parsed.GetValue(_context),
            io.Environment,
            retries,
            cancellationToken
        );
    }

    /// <summary>The namespace of the release.</summary>
    public string Namespace(ParseResult parsed, KubernetesApi api) => parsed.GetValue(_namespace) ?? api.Namespace ?? "default";

    /// <summary>The kubectl command, with the options that select the same cluster.</summary>
    public string Kubectl(ParseResult parsed) =>
        string.Concat(
            "kubectl",
            parsed.GetValue(_kubeconfig) is { } file ? $" --kubeconfig {ShellText.Quote(file)}" : "",
            parsed.GetValue(_context) is { } context ? $" --context {ShellText.Quote(context)}" : ""
        );
}
