using System.Text;
using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Tempo.Helm.Tests.Support;

/// <summary>
/// The changed lines of a text, as people read and write them: removed lines start with <c>-</c>, added lines with <c>+</c>, and lines
/// around them with a blank; <c>@@</c> separates changes in different places.
/// </summary>
internal static class LineDiff
{
    private const string Apart = "@@";

    /// <summary>The changes, with some lines around them.</summary>
    /// <param name="before">The text before.</param>
    /// <param name="after">The text after.</param>
    /// <param name="context">How many lines around a change.</param>
    public static string Of(string before, string after, int context)
    {
        var lines = Compare(before, after);
        var shown = new StringBuilder();
        var isOpen = true;
        for (var line = 0; line < lines.Count; line++)
        {
            var isNear = lines.Skip(Math.Max(line - context, 0)).Take((2 * context) + 1).Any(static near => near.Sign != ' ');
            if (isNear)
            {
                shown
                    .Append(isOpen || shown.Length == 0 ? "" : $"{Apart}\n")
                    .Append(lines[line].Sign)
                    .Append(lines[line].Text)
                    .Append('\n');
            }

            isOpen = isNear;
        }

        return shown.ToString();
    }

    /// <summary>The changes with as few lines around them as <see cref="Apply"/> needs to find their places.</summary>
    /// <param name="before">The text before.</param>
    /// <param name="after">The text after.</param>
    public static string Shortest(string before, string after) =>
        Enumerable.Range(0, 20).Select(context => Of(before, after, context)).First(changes => TryApply(before, changes) == after);

    /// <summary>
    /// The text with the changes made, each in the first place after the previous one where it fits. Added lines without context come last.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="changes">The changes, as <see cref="Of"/> writes them.</param>
    public static string Apply(string text, IEnumerable<string> changes)
    {
        var lines = text.Split('\n').ToList();
        var position = 0;
        foreach (var change in Changes(changes))
        {
            var old = change.Where(static line => line[0] != '+').Select(static line => line[1..]).ToList();
            var now = change.Where(static line => line[0] != '-').Select(static line => line[1..]).ToList();
            var place =
                old.Count == 0
                    ? lines.Count - 1
                    : Enumerable
                        .Range(position, lines.Count - position)
                        .FirstOrDefault(at => lines.Skip(at).Take(old.Count).SequenceEqual(old), -1);
            if (place < 0)
            {
                throw new InvalidOperationException($"these lines are not there:\n{string.Join('\n', change)}");
            }

            lines.RemoveRange(place, old.Count);
            lines.InsertRange(place, now);
            position = place + now.Count;
        }

        return string.Join('\n', lines);
    }

    private static string? TryApply(string text, string changes)
    {
        try
        {
            return Apply(text, changes.TrimEnd('\n').Split('\n'));
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<List<string>> Changes(IEnumerable<string> lines)
    {
        var change = new List<string>();
        foreach (var line in lines.Where(static line => line.Length > 0))
        {
            if (line == Apart)
            {
                yield return change;
                change = [];
            }
            else if (line[0] is '-' or '+' or ' ')
            {
                change.Add(line);
            }
            else
            {
                throw new InvalidOperationException($"this line starts with neither -, + nor a blank: {line}");
            }
        }

        if (change.Count > 0)
        {
            yield return change;
        }
    }

    private static List<(char Sign, string Text)> Compare(string before, string after) =>
        InlineDiffBuilder
            .Diff(
                Differ.Instance,
                before,
                after,
                ignoreWhiteSpace: false,
                ignoreCase: false,
                new CustomFunctionChunker(static text => text.Split('\n'))
            )
            .Lines.ConvertAll(static line => (SignOf(line.Type), line.Text));

    private static char SignOf(ChangeType type) =>
        type switch
        {
            ChangeType.Deleted => '-',
            ChangeType.Inserted => '+',
            _ => ' ',
        };
}
