using Spectre.Console;
using Tempo.PostRender.Cluster.Verification;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>Shows what is watched on standard error: on a terminal a table whose lines change, elsewhere a line for every change.</summary>
internal static class WatchView
{
    /// <summary>Runs work that is shown while it runs.</summary>
    /// <param name="io">Where to.</param>
    /// <param name="work">The work; it is given what it calls with the lines as they are now.</param>
    public static async Task<T> ShowAsync<T>(IoContext io, Func<Action<IReadOnlyList<WatchLine>>, Task<T>> work)
    {
        if (!io.IsErrorTerminal)
        {
            var last = new Dictionary<string, string>(StringComparer.Ordinal);
            return await work(lines => WriteChanges(lines, last, io.Error)).ConfigureAwait(false);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(io.Error) });
        return await console.Live(new Text("")).AutoClear(true).StartAsync(live => work(lines => live.UpdateTarget(Table(lines)))).ConfigureAwait(false);
    }

    private static void WriteChanges(IReadOnlyList<WatchLine> lines, Dictionary<string, string> last, TextWriter error)
    {
        foreach (var (name, state) in lines.Where(line => last.GetValueOrDefault(line.Name) != line.State))
        {
            last[name] = state;
            error.WriteLine($"{TextReporter.Program}: {Printable.OneLine(name)}: {state}");
        }

        foreach (var gone in last.Keys.Except(lines.Select(static line => line.Name), StringComparer.Ordinal).ToList())
        {
            last.Remove(gone);
            error.WriteLine($"{TextReporter.Program}: {Printable.OneLine(gone)}: no longer there");
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
