using System.CommandLine;
using Tempo.PostRender.Cluster.Preflight;

namespace Tempo.PostRender.Cli;

/// <summary>Compares rendered manifests with a cluster before they are installed there.</summary>
internal static class PreflightCommand
{
    public static Command Create(IoContext io)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "Rendered manifests as they will be installed: a file or a folder. Default: standard input (-).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command(
            "preflight",
            "Checks before an upgrade whether the cluster has the family, and which changes Kubernetes would refuse partway through "
                + "the upgrade. Changes nothing."
        )
        {
            file,
        };
        var output = new ReportOptionSet(command, onOutput: true, ClusterReport.Formats);
        var cluster = new ClusterOptionSet(command);
        var rules = new RuleOptionSet(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var path = parsed.GetValue(file);
                if (path is null)
                {
                    ManifestFiles.RefuseTerminal(command.Name, io);
                    path = ManifestFiles.StandardInput;
                }

                using var files = output.Open(parsed, path);
                var streams = ManifestFiles.Open(path, io);
                using var api = await cluster.ConnectAsync(parsed, io, cancellationToken);
                var ns = cluster.Namespace(parsed, api);
                var options = rules.Read(parsed, io, ns);
                var checkedManifests = Pipeline.Check(streams, path == ManifestFiles.StandardInput ? null : path, options);
                var report = await new PreflightRun(api, ns, cluster.Kubectl(parsed)).RunAsync(checkedManifests, cancellationToken);
                var refused = report.IsRefused(options.FailOn);
                var written = new ClusterReport
                {
                    Json = stream => PreflightJson.Write(report, refused, stream),
                    Html = writer => PreflightPage.WriteHtml(report, refused, writer),
                    Markdown = writer => PreflightPage.WriteMarkdown(report, refused, writer),
                    Text = writer => PreflightReporter.Write(report, refused, rules.IsVerbose(parsed), writer),
                };
                return (int)output.Write(parsed, files, written, refused, io.Output);
            }
        );
        return command;
    }
}
