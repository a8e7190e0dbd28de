using System.Globalization;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Reporting;

/// <summary>What a line of a diff is.</summary>
public enum DiffLineKind
{
    /// <summary>The line is in both files.</summary>
    Context,

    /// <summary>The line is removed.</summary>
    Removed,

    /// <summary>The line is added.</summary>
    Added,
}

/// <summary>A line of a diff.</summary>
/// <param name="Text">The line without its line break, or a note in place of a line that may hold a credential.</param>
/// <param name="Ending">The line break; empty for the last line of a file without one.</param>
/// <param name="IsHidden">Whether the text is a note.</param>
public sealed record DiffLine(DiffLineKind Kind, string Text, string Ending, bool IsHidden);

/// <summary>Changed lines with lines around them.</summary>
/// <param name="Object">The object that is changed first: <c>Service/tempo/tempo-querier</c>.</param>
/// <param name="OldStart">The number of the first line in the input, from 1.</param>
/// <param name="NewStart">The number of the first line in the output, from 1.</param>
public sealed record DiffHunk(string Object, int OldStart, int NewStart, IReadOnlyList<DiffLine> Lines)
{
    /// <summary>How many lines of the input it spans.</summary>
    public int OldCount => Lines.Count(static line => line.Kind != DiffLineKind.Added);

    /// <summary>How many lines of the output it spans.</summary>
    public int NewCount => Lines.Count(static line => line.Kind != DiffLineKind.Removed);

    /// <summary>The line that starts it: <c>@@ -1,3 +1,4 @@ Service/tempo/tempo-querier</c>.</summary>
    public string Header =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"@@ -{(OldCount == 0 ? OldStart - 1 : OldStart)},{OldCount} "
                + $"+{(NewCount == 0 ? NewStart - 1 : NewStart)},{NewCount} @@ {Object}"
        );
}

/// <summary>The changes of one input.</summary>
/// <param name="File">The file, or null for standard input.</param>
/// <param name="Hunks">The changes that are shown.</param>
/// <param name="Withheld">The Secrets that change too, of which nothing is shown.</param>
public sealed record FileDiff(string? File, IReadOnlyList<DiffHunk> Hunks, IReadOnlyList<string> Withheld)
{
    /// <summary>The changes of one file.</summary>
    /// <param name="file">The file, or null for standard input.</param>
    /// <param name="changes">Its changed documents, in their order.</param>
    internal static FileDiff Of(string? file, IEnumerable<DocumentChange> changes)
    {
        var hunks = new List<DiffHunk>();
        var withheld = new List<string>();
        foreach (var change in changes)
        {
            var document = new DiffDocument(change);
            withheld.AddRange(document.Withheld);
            hunks.AddRange(document.Hunks(hunks.LastOrDefault()));
        }

        return new FileDiff(file, hunks, withheld);
    }

    /// <summary>How many lines may hold a credential and are not shown; with such a line the diff cannot be applied.</summary>
    public int HiddenLines => Hunks.Sum(static hunk => hunk.Lines.Count(static line => line.IsHidden));

    /// <summary>What is not shown, in sentences; empty if everything is.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            foreach (var secret in Withheld)
            {
                yield return $"{secret} changes too; no line of a Secret is shown.";
            }

            if (HiddenLines > 0)
            {
                yield return (HiddenLines == 1 ? "1 line is not shown, because it" : $"{HiddenLines} lines are not shown, because they")
                    + " may hold a credential; this diff cannot be applied, but check --fix changes the file.";
            }
        }
    }
}
