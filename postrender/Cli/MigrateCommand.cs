using System.CommandLine;
using System.Text;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Migration;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>Where the values come from; the names are those of the tables.</summary>
internal enum MigrationSource
{
    /// <summary>Detected from the keys.</summary>
    Auto,

    /// <summary>The chart tempo-distributed.</summary>
    TempoDistributed,

    /// <summary>The chart tempo.</summary>
    Tempo,

    /// <summary>The resource TempoStack.</summary>
    TempoStack,

    /// <summary>The resource TempoMonolithic.</summary>
    TempoMonolithic,
}

/// <summary>Makes values of this chart from those of another one, and says what has no place.</summary>
internal static class MigrateCommand
{
    /// <summary>Keys at the top that only this chart has.</summary>
    private static readonly string[] OwnKeys = ["mode", "addressFamily"];

    public static Command Create(IoContext io)
    {
        var files = new Argument<string[]>("VALUES")
        {
            Description =
                "Values files of the other chart, merged in this order as Helm merges them, or one TempoStack or TempoMonolithic. "
                + "- is standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        files.RefuseOptions();
        var from = new ChoiceOption<MigrationSource>("--from", "What the values are for; auto detects it from the keys.");
        var failOn = new ChoiceOption<FailOn>(
            "--fail-on",
            "The lowest level of message that makes the run fail with exit code 2; the values are written all the same. An error is a "
                + "setting that changes what runs, and has no place here."
        );
        var command = new Command(
            "migrate",
            "Makes values of this chart from those of tempo-distributed, of the single-binary chart tempo, or of tempo-operator's "
                + "resources. Writes them to standard output, and what has no place here to standard error."
        )
        {
            files,
            from,
            failOn,
        };
        command.SetAction(parsed => (int)Run(parsed.GetValue(files)!, parsed.GetValue(from), parsed.GetValue(failOn), io));
        return command;
    }

    private static ExitCode Run(string[] files, MigrationSource source, FailOn failOn, IoContext io)
    {
        var given = files
            .SelectMany(file => ManifestFiles.Open(file, io))
            .Select(ValueReader.Read)
            .Aggregate(new ValueMap(), ValueMap.Overlay);
        if (Array.Exists(OwnKeys, key => given[key] is not null))
        {
            throw new InvalidInputException("the values have mode or addressFamily, so they are values of this chart already", null, null);
        }

        var table = Table(source, given);
        var result = Migrator.Run(table, given);
        io.Output.Write(Encoding.UTF8.GetBytes(ValueWriter.Write(result.Values, result.Comments)));
        return Report(table, result, failOn, io);
    }

    private static ExitCode Report(MigrationTable table, MigrationResult result, FailOn failOn, IoContext io)
    {
        foreach (var note in result.Notes.OrderBy(static note => note.Level))
        {
            var text = note.Text.Replace("`", "", StringComparison.Ordinal);
            io.Error.WriteLine($"{note.Level.ToString().ToLowerInvariant()} {Printable.OneLine(note.Key)}: {text}.");
        }

        var errors = Count(result, MigrationLevel.Error);
        var warnings = Count(result, MigrationLevel.Warning);
        var counts = $"{TextReporter.Count(errors, "error")}, {TextReporter.Count(warnings, "warning")}";
        io.Error.WriteLine($"{TextReporter.Program}: values of {table.Source} migrated; {counts}. {table.Guide} describes the next steps");
        var fails = failOn switch
        {
            FailOn.Never => false,
            FailOn.Warning => errors + warnings > 0,
            _ => errors > 0,
        };
        return fails ? ExitCode.Findings : ExitCode.Ok;
    }

    private static int Count(MigrationResult result, MigrationLevel level) => result.Notes.Count(note => note.Level == level);

    private static MigrationTable Table(MigrationSource source, ValueMap given) =>
        source switch
        {
            MigrationSource.TempoDistributed => Named("tempo-distributed"),
            MigrationSource.Tempo => Named("tempo"),
            MigrationSource.TempoStack => Named("tempo-stack"),
            MigrationSource.TempoMonolithic => Named("tempo-monolithic"),
            _ => Migrator.Recognize(given)
                ?? throw new UsageException(
                    "the keys do not say which chart the values are for. Pass --from tempo-distributed or --from tempo; values of a parent "
                        + "chart have to be passed without the key of the dependency"
                ),
        };

    private static MigrationTable Named(string name) => MigrationTable.All.First(table => table.Name == name);
}
