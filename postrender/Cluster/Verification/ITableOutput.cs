using System.Globalization;
using Spectre.Console;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>Receives tables, in the form of a report.</summary>
internal interface ITableOutput
{
    /// <summary>Writes a table.</summary>
    /// <param name="columns">The names of its columns.</param>
    /// <param name="rows">Its rows.</param>
    void Write(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows);
}

/// <summary>Tables as text, each followed by an empty line.</summary>
internal sealed class TextTables(TextWriter output) : ITableOutput
{
    /// <summary>No line is wrapped: a pipe has no width, and a terminal wraps lines itself.</summary>
    private const int Width = 4_000;

    /// <inheritdoc/>
    public void Write(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var drawn = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(drawn),
            }
        );
        console.Profile.Width = Width;
        var table = new Table { Border = TableBorder.None };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(static cell => new Text(Printable.OneLine(cell))));
        }

        console.Write(table);
        foreach (var line in drawn.ToString().TrimEnd().Split('\n'))
        {
            output.WriteLine(line.TrimEnd());
        }

        output.WriteLine();
    }
}
