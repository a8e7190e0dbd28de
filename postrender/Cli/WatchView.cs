using Spectre.Console;
using Tempo.PostRender.Cluster.Verification;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>Shows the state of a rollout on standard error: as a table on a terminal, otherwise as one line per change.</summary>
internal static class WatchView
{
    /// <summary>Runs work and shows its state.</summary>
    /// <param name="work">The work; its argument is a callback that shows the current lines.</param>
    public static async Task<T> ShowAsync<T>(IoContext io, Func<Action<IReadOnlyList<WatchLine>>, Task<T>> work)
    {
        if (!io.IsErrorTerminal)
        {
            var last = new Dictionary<string, string>(StringComparer.Ordinal);
            return await work(lines => WriteChanges(lines, last, io.Error));
        }

        return await Console(io).Live(new Text("")).AutoClear(true).StartAsync(live => work(lines => live.UpdateTarget(Table(lines))));
    }

    /// <summary>Standard error as a terminal that Spectre.Console draws on.</summary>
    public static IAnsiConsole Console(IoContext io) =>
        AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(io.Error),
            }
        );

    private static void WriteChanges(IReadOnlyList<WatchLine> lines, Dictionary<string, string> last, TextWriter error)
    {
        foreach (var (name, state) in lines.Where(line => last.GetValueOrDefault(line.Name) != line.State))
        {
            last[name] = state;
            error.WriteLine($"{ProgramInfo.Name}: {Printable.OneLine(name)}: {state}");
        }

        foreach (var gone in last.Keys.Except(lines.Select(static line => line.Name), StringComparer.Ordinal).ToList())
        {
            last.Remove(gone);
            error.WriteLine($"{ProgramInfo.Name}: {Printable.OneLine(gone)}: no longer there");
        }

        error.Flush();
    }

    private static Table Table(IReadOnlyList<WatchLine> lines)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumns("", "");
        foreach (var line in lines)
        {
            table.AddRow(new Text(Printable.OneLine(line.Name)), new Text(line.State));
        }

        return table;
    }
}
