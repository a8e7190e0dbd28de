using System.CommandLine;
using System.ComponentModel;
using Tempo.PostRender.Helm;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Words;

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

                RefuseFolder(arguments);
                var options = rules.Read(parsed, io, NamespaceOf(arguments));
                var inputs = arguments.Select(static text => text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..]).Where(Path.Exists);
                using var files = report.Open(parsed, [.. inputs]);
                var rendered = await RenderAsync(FindHelm(io), arguments, io, cancellationToken);
                if (rendered.ExitCode != 0)
                {
                    return (int)(rendered.RefusesArguments ? ExitCode.Usage : ExitCode.Input);
                }

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
                return (int)PostRenderCommand.Run(rendered.Output, run, io);
            }
        );
        return command;
    }

    /// <summary>Helm writes the manifests into such a folder itself, as they were before the post-renderer.</summary>
    private static void RefuseFolder(IReadOnlyList<string> arguments)
    {
        const string Flag = "--output-dir";
        if (arguments.Any(static word => word == Flag || word.StartsWith(Flag + "=", StringComparison.Ordinal)))
        {
            throw new UsageException(
                $"{Flag} makes Helm write the manifests itself, without the fixes. Leave it out, and redirect standard output to a file"
            );
        }
    }

    private static string FindHelm(IoContext io)
    {
        if (io.Environment("HELM") is { Length: > 0 } named && !File.Exists(named))
        {
            throw new UnavailableException(
                $"the environment variable HELM is {Printable.OneLine(named)}, and no file has this path. Set HELM to the path of the "
                    + "helm program, or unset it to use the helm on PATH"
            );
        }

        return HelmLocator.Find(io.Environment)
            ?? throw new UnavailableException(
                "helm was not found in the environment variables HELM, HELM4 and HELM3, nor on PATH. Install Helm 3 or 4, or set HELM to "
                    + "its path"
            );
    }

    /// <summary>Runs Helm, which says itself why it fails.</summary>
    private static async Task<HelmRun> RenderAsync(
        string helm,
        IReadOnlyList<string> arguments,
        IoContext io,
        CancellationToken cancellationToken
    )
    {
        var name = Printable.OneLine(helm);
        try
        {
            var run = await HelmProgram.TemplateAsync(helm, arguments, io.Error, cancellationToken);
            return run is { ExitCode: not 0, IsSilent: true }
                ? throw new InvalidInputException(
                    $"{name} template ended with exit code {run.ExitCode} and without a message. Check that this program is Helm",
                    file: null,
                    location: null
                )
                : run;
        }
        catch (Win32Exception)
        {
            throw new UnavailableException($"{name} cannot be started as a program. Set HELM to the path of Helm 3 or 4");
        }
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
