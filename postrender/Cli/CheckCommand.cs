using System.CommandLine;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>The same rules over files or standard input, for a report only.</summary>
internal static class CheckCommand
{
    private const string StandardInput = "-";

    public static Command Create(IoContext io)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files with rendered manifests, each judged by itself; - or nothing for standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("check", "Judges rendered manifests and changes nothing: for CI.") { files };
        var rules = new RuleOptionSet(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = rules.Read(parsed, io, releaseNamespace: null);
            var code = ExitCode.Ok;
            foreach (var file in parsed.GetValue(files) is { Length: > 0 } named ? named : [StandardInput])
            {
                var report = Pipeline.Check([await OpenAsync(file, io, cancellationToken).ConfigureAwait(false)], options);
                var refused = report.IsRefused(options.FailOn);
                new UserMessages(io).Write(refused ? ExitCode.Findings : ExitCode.Ok, writer => TextReporter.Write(report, refused, rules.IsVerbose(parsed), writer));
                code = refused ? ExitCode.Findings : code;
            }

            return (int)code;
        });
        return command;
    }

    private static async Task<ManifestStream> OpenAsync(string file, IoContext io, CancellationToken cancellationToken)
    {
        if (file == StandardInput)
        {
            return ManifestStream.Open(await InputReader.ReadAllAsync(io.Input, cancellationToken).ConfigureAwait(false));
        }

        try
        {
            return ManifestStream.Open(await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false), file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{Printable.OneLine(file)} cannot be read: {Printable.OneLine(exception.Message.TrimEnd('.'))}");
        }
    }
}
