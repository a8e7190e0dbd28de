using System.Text;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Cli;
using Tempo.PostRender.Reporting;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>Runs <c>verify</c> against a test's cluster.</summary>
internal static class VerifyRunner
{
    /// <summary>Runs without asking.</summary>
    public static Task<RunResult> RunAsync(TestApiServer server, params string[] arguments) =>
        RunAsync(server, answer: null, ["--yes", .. arguments]);

    /// <summary>Runs with a user at the terminal who gives this answer, or without a terminal.</summary>
    public static async Task<RunResult> RunAsync(
        TestApiServer server,
        string? answer,
        string[] arguments,
        bool isWatched = false,
        CancellationToken cancellationToken = default
    )
    {
        using var kubeconfig = new TestKubeconfig().With(server.Url);
        return await AppRunner.RunAsync(
            (output, error) =>
                new IoContext
                {
                    Input = new MemoryStream(Encoding.UTF8.GetBytes(answer ?? "")),
                    Output = output,
                    Error = error,
                    IsInputTerminal = answer is not null,
                    ErrorTerminal = isWatched ? new TerminalSettings(0, Colours: false) : null,
                },
            ["verify", "-n", LiveRelease.Namespace, "--kubeconfig", kubeconfig.Path, .. Patience(arguments), .. arguments],
            cancellationToken
        );
    }

    /// <summary>A busy machine must not look like a slow pod; only tests of the time limit set one.</summary>
    private static string[] Patience(string[] arguments) => arguments.Contains("--timeout") ? [] : ["--timeout", "300"];

    /// <summary>The lines that report errors and warnings.</summary>
    public static IReadOnlyList<string> Findings(this RunResult run) =>
        [.. run.Output.Split('\n').Where(static line => line.StartsWith("error") || line.StartsWith("warning"))];

    /// <summary>The lines that report findings of a rule.</summary>
    public static IReadOnlyList<string> Findings(this RunResult run, string rule) =>
        [.. run.Output.Split('\n').Where(line => line.Contains($" {rule} "))];

    /// <summary>Asserts that a rule has one finding.</summary>
    /// <param name="run">The run.</param>
    /// <param name="start">The first words of the finding: <c>error TPF207 Service/obs/tempo: has no IPv6 endpoint</c>.</param>
    public static void AssertOneFinding(this RunResult run, string start) =>
        Assert.StartsWith(start, Assert.Single(run.Findings(start.Split(' ')[1])));
}
