using System.CommandLine;
using Tempo.PostRender.Helm;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>Renders a chart with the installed Helm, post-renders it, and shows the report, which Helm would hide.</summary>
internal static class TemplateCommand
{
    public static Command Create(IoContext io)
    {
        // The command declares no arguments: everything that is not one of its options is passed to Helm in the given order.
        var command = new Command(
            "template",
            "template [NAME] CHART [helm flags]: runs helm template and post-renders the result. Writes the manifests to "
                + "standard output, and the report, which Helm hides, to standard error."
        )
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        var report = new ReportOptionSet(command, onOutput: false);
        var rules = new RuleOptionSet(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var arguments = parsed.UnmatchedTokens;
                if (arguments.Count == 0)
                {
                    throw new UsageException("template needs a chart: template [NAME] CHART [helm flags]");
                }

                var options = rules.Read(parsed, io, NamespaceOf(arguments));
                var inputs = arguments.Select(static text => text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..]).Where(Path.Exists);
                using var files = report.Open(parsed, [.. inputs]);
                if (io.Environment("HELM") is { Length: > 0 } named && !File.Exists(named))
                {
                    throw new UnavailableException(
                        $"the environment variable HELM is {Printable.OneLine(named)}, and no file has this path. Set HELM to the "
                            + "path of the helm program, or unset it to use the helm on PATH"
                    );
                }

                var helm =
                    HelmLocator.Find(io.Environment)
                    ?? throw new UnavailableException(
                        "helm was not found in the environment variables HELM, HELM4 and HELM3, nor on PATH. Install Helm 3 or "
                            + "4, or set HELM to its path"
                    );
                var rendered = await HelmProgram.TemplateAsync(helm, arguments, io.Error, cancellationToken).ConfigureAwait(false);
                var run = new PostRenderOptions
                {
                    Options = options,
                    Mode = RunMode.Enforce,
                    Verbose = rules.IsVerbose(parsed),
                    Quiet = report.IsQuiet(parsed),
                    PrintsDiff = report.PrintsDiff(parsed),
                    Files = files,
                    IsInputHidden = true,
                };
                return (int)(rendered is null ? ExitCode.Input : PostRenderCommand.Run(rendered.Value, run, io));
            }
        );
        return command;
    }

    /// <summary>The namespace in the arguments for Helm; rendered manifests often leave it out.</summary>
    private static string? NamespaceOf(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "-n" or "--namespace" && i + 1 < arguments.Count)
            {
                return arguments[i + 1];
            }

            if (arguments[i].StartsWith("--namespace=", StringComparison.Ordinal))
            {
                return arguments[i]["--namespace=".Length..];
            }
        }

        return null;
    }
}
