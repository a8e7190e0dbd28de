using System.CommandLine;
using System.Text;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Migration;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

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
        var from = new ChoiceOption<string?>(
            "--from",
            "The chart or operator that the values belong to; auto detects it from the keys.",
            [("auto", null), .. MigrationTable.Names.Select(static name => (name, name))]
        );
        var key = new Option<string?>("--key")
        {
            Description =
                "For values of a parent chart: the name or alias of the dependency, below which the values are. The new values are "
                + "written below the same key.",
            HelpName = "KEY",
        };
        var failOn = new ChoiceOption<FailOn>(
            RuleOptionSet.FailOnOption,
            "The lowest level of message that makes the run fail with exit code 2; the values are still written. An error is a "
                + "setting that changes what runs and has no counterpart in this chart.",
            RuleOptionSet.FailOnChoices
        );
        var command = new Command(
            "migrate",
            "Makes values of this chart from those of tempo-distributed, of the single-binary chart tempo, or of tempo-operator's "
                + "resources. Writes them to standard output, and what has no counterpart to standard error."
        )
        {
            files,
            from,
            key,
            failOn,
        };
        command.SetAction(parsed =>
            (int)Run(parsed.GetValue(files)!, parsed.GetValue(from), parsed.GetValue(key), parsed.GetValue(failOn), io)
        );
        return command;
    }

    private static ExitCode Run(string[] files, string? source, string? key, FailOn failOn, IoContext io)
    {
        var duplicates = new List<MigrationNote>();
        var all = files.Select(file => Read(file, duplicates, io)).Aggregate(new ValueMap(), ValueMap.Overlay);
        var given = key is null ? all : Dependency(all, key);
        if (Array.Exists(OwnKeys, own => given[own] is not null))
        {
            throw new InvalidInputException("the values have mode or addressFamily, so they are values of this chart already", null, null);
        }

        if (SourceDetection.ParentKey(given) is { } parent)
        {
            throw new UsageException($"the values are below the key {Printable.OneLine(parent)}, as in a parent chart. Pass --key with it");
        }

        var table =
            (source is null ? SourceDetection.Find(given) : MigrationTable.All.First(table => table.Name == source))
            ?? throw new UsageException(
                "the keys do not say which chart the values are for. Pass --from tempo-distributed or --from tempo, and --key if "
                    + "they are values of a parent chart"
            );
        if (key is not null)
        {
            AddGlobals(given, all, table);
        }

        var result = Migrator.Run(table, given, isDependency: key is not null);
        duplicates.ForEach(note => result.Say(note.Level, note.Key, note.Text));
        io.Output.Write(Encoding.UTF8.GetBytes(Written(result, key)));
        return Report(table, result, failOn, io);
    }

    private static ValueMap Read(string file, List<MigrationNote> duplicates, IoContext io)
    {
        if (
            File.Exists(Path.Combine(file, "Chart.yaml"))
            || (file.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) && File.Exists(file))
        )
        {
            throw new UsageException(
                $"{Printable.OneLine(file)} is a Helm chart, not a values file. Name the values files that you install the chart with, or "
                    + $"run helm get values RELEASE -o yaml | {ProgramName.Of(io)} migrate -"
            );
        }

        if (Directory.Exists(file))
        {
            throw new UsageException($"{Printable.OneLine(file)} is a folder, not a values file. Name the files, in the order of helm -f");
        }

        var stream = ManifestFiles.Open(file, io)[0];
        return ValueReader.Read(
            stream,
            (key, place) =>
                duplicates.Add(
                    new MigrationNote(
                        MigrationLevel.Warning,
                        key,
                        $"is set again in line {place.Line} of {Printable.OneLine(stream.File ?? "standard input")}, and its last value "
                            + "counts, as for Helm. Remove the others"
                    )
                )
        );
    }

    /// <summary>The values of a dependency in those of its parent chart.</summary>
    private static ValueMap Dependency(ValueMap all, string key) =>
        all[key] as ValueMap
        ?? throw new InvalidInputException($"the values have no map below the key {Printable.OneLine(key)}", file: null, location: null);

    /// <summary>Adds the globals of the parent chart that the dependency reads; Helm gives it all of them.</summary>
    private static void AddGlobals(ValueMap given, ValueMap all, MigrationTable table)
    {
        const string Global = "global";
        foreach (var (name, value) in all.Map(Global).Entries)
        {
            var path = $"{Global}.{name}";
            if (table.Find(path) is not null || table.HasBelow(path))
            {
                var own = given.At(path);
                given.Remove(path);
                given.Put(path, own is ValueMap below && value is ValueMap above ? ValueMap.Overlay(below, above) : value);
            }
        }
    }

    /// <summary>The new values as a file, below the key of the dependency if there is one.</summary>
    private static string Written(MigrationResult result, string? key)
    {
        if (key is null)
        {
            return ValueWriter.Write(result.Values, result.Comments);
        }

        return ValueWriter.Write(
            ValueMap.Of(key, result.Values),
            result.Comments.ToDictionary(comment => $"{key}.{comment.Key}", static comment => comment.Value)
        );
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
        var counts = $"{Wording.Count(errors, "error")}, {Wording.Count(warnings, "warning")}";
        io.Error.WriteLine($"{ProgramInfo.Name}: values of {table.Source} migrated; {counts}. {table.Guide} describes the next steps");
        var fails = (errors > 0 && failOn.Includes(ReportedLevel.Error)) || (warnings > 0 && failOn.Includes(ReportedLevel.Warning));
        return fails ? ExitCode.Findings : ExitCode.Ok;
    }

    private static int Count(MigrationResult result, MigrationLevel level) => result.Notes.Count(note => note.Level == level);
}
