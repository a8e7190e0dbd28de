using System.CommandLine;
using Tempo.PostRender.Helm;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>Renders a chart with the installed Helm and post-renders it, with the report that Helm would hide.</summary>
internal static class TemplateCommand
{
    public static Command Create(IoContext io)
    {
        // No arguments of its own: what is not an option of this command goes to Helm in the order in which it came.
        var command = new Command(
            "template",
            "template [NAME] CHART [helm flags]: runs helm template and post-renders the result. Manifests go to standard output, the report, which Helm hides, to standard error.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        var rules = new RuleOptionSet(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var arguments = parsed.UnmatchedTokens;
            if (arguments.Count == 0)
            {
                throw new UsageException("template needs a chart: template [NAME] CHART [helm flags]");
            }

            var options = rules.Read(parsed, io, NamespaceOf(arguments));
            if (io.Environment("HELM") is { Length: > 0 } named && !File.Exists(named))
            {
                throw new UnavailableException($"the variable HELM names {Printable.OneLine(named)}, which is no file. Name the helm program with its path, or unset HELM to take the one on PATH");
            }

            var helm = HelmLocator.Find(io.Environment)
                ?? throw new UnavailableException("helm was not found: neither in the variables HELM, HELM4 and HELM3 nor on PATH. Install Helm 3 or 4, or name it in HELM");
            var rendered = await HelmProgram.TemplateAsync(helm, arguments, io.Error, cancellationToken).ConfigureAwait(false);
            return rendered is null
                ? (int)ExitCode.Input
                : (int)PostRenderCommand.Run(rendered.Value, options, RunMode.Enforce, rules.IsVerbose(parsed), io);
        });
        return command;
    }

    /// <summary>The namespace that Helm will be told, which manifests need not repeat.</summary>
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
