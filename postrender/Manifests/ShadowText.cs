using System.Text.RegularExpressions;

namespace Tempo.PostRender.Manifests;

/// <summary>
/// The parser refuses some YAML that Helm, kubectl and Tempo accept; Tempo charts emit one such form in every release (a
/// block scalar whose first line holds only blanks). Then a copy of the text, changed in ways that keep its length, is
/// parsed instead: positions are those of the original, values are read from the original, and the copy is never written.
/// </summary>
internal static partial class ShadowText
{
    private const int MaxRepairs = 10_000;

    /// <summary>Every repair costs a new parse; this bounds the characters parsed, so that a hostile text cannot buy time.</summary>
    private const long MaxWork = 64_000_000;

    public static YamlNode? Read(string text)
    {
        var shadow = new string(RotateBlankLines(text));
        (int, string)? removedAnchor = null;
        long work = 0;
        var lastFailure = -1;
        for (var repairs = 0; ; repairs++)
        {
            var attempt = YamlReader.TryRead(text, shadow, removedAnchor);
            if (attempt.Failure is null)
            {
                return attempt.Root;
            }

            work += text.Length;
            if (attempt.Failure is YamlSyntaxException known)
            {
                throw known;
            }

            var repaired = repairs < MaxRepairs && work < MaxWork ? Repair(shadow, attempt, ref removedAnchor) : null;
            if (repaired is null || (attempt.Index == lastFailure && repaired == shadow))
            {
                throw new YamlSyntaxException(Reason(attempt.Failure), attempt.Index);
            }

            lastFailure = attempt.Index;
            shadow = repaired;
        }
    }

    /// <summary>The value of a scalar whose shadow differs from the original: read from the original alone.</summary>
    public static string OriginalValue(string text, ScalarNode node)
    {
        switch (node.Style)
        {
            case ScalarStyle.Literal when LiteralText.Read(text, node) is { } literal:
                return literal.Value;
            case ScalarStyle.DoubleQuoted or ScalarStyle.SingleQuoted:
                var start = ScalarText.ContentStart(text, node);
                // Alone there is no parent that a continuation line could be too shallow for.
                var slice = text[start..node.End];
                return YamlReader.TryRead(slice, node.Style == ScalarStyle.DoubleQuoted ? UnescapeApostrophes(slice) : slice, removedAnchor: null).Root
                    is ScalarNode alone ? alone.Value : node.Value;
            default:
                return node.Value;
        }
    }

    /// <summary>
    /// Moves the blanks of whitespace-only lines behind a block scalar's header to the end of the header's line:
    /// <c>|⏎␣␣⏎</c> becomes <c>|␣␣⏎⏎</c>. Offsets and line numbers of all that follows stay.
    /// </summary>
    private static char[] RotateBlankLines(string text)
    {
        var shadow = text.ToCharArray();
        foreach (var header in BlockScalarHeader().EnumerateMatches(text))
        {
            var headerEnd = header.Index + header.Length;
            var (blankEnd, widest) = BlankLinesFrom(text, headerEnd);
            if (widest == 0 || IsCutShort(text, header.Index, headerEnd, blankEnd, widest))
            {
                continue;
            }

            var region = text.AsSpan(headerEnd, blankEnd - headerEnd);
            var target = headerEnd;
            foreach (var wantBlanks in (ReadOnlySpan<bool>)[true, false])
            {
                foreach (var c in region)
                {
                    if ((c is ' ' or '\t') == wantBlanks)
                    {
                        shadow[target++] = c;
                    }
                }
            }
        }

        return shadow;
    }

    /// <summary>From the line break behind a header over all whitespace-only lines; ends at the start of the first other line.</summary>
    private static (int End, int Widest) BlankLinesFrom(string text, int headerEnd)
    {
        var (end, widest, width) = (headerEnd, 0, 0);
        for (var i = headerEnd; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\n' or '\r':
                    end = i + 1;
                    widest = Math.Max(widest, width);
                    width = 0;
                    break;
                case ' ' or '\t':
                    width++;
                    break;
                default:
                    return (end, widest);
            }
        }

        return (text.Length, Math.Max(widest, width));
    }

    /// <summary>A blank line that is wider than the text it precedes ends the scalar for Go, unless the header states the indentation.</summary>
    private static bool IsCutShort(string text, int headerStart, int headerEnd, int blankEnd, int widest)
    {
        if (text.AsSpan(headerStart, headerEnd - headerStart).ContainsAnyInRange('1', '9'))
        {
            return false;
        }

        var parent = Indentation(text, text.LastIndexOf('\n', headerStart) + 1);
        var next = Indentation(text, blankEnd);
        return widest > next && next > parent;
    }

    private static int Indentation(string text, int lineStart)
    {
        var length = text.AsSpan(lineStart).IndexOfAnyExcept(' ');
        return length < 0 ? 0 : length;
    }

    private static string? Repair(string shadow, YamlReader.Attempt failure, ref (int, string)? removedAnchor)
    {
        var index = Math.Min(failure.Index, shadow.Length - 1);
        if (index < 0)
        {
            return null;
        }

        var message = failure.Failure!.Message;
        if (message.Contains("wrong indentation", StringComparison.Ordinal))
        {
            return JoinQuotedLines(shadow, index);
        }

        if (failure.Failure is InvalidOperationException)
        {
            return JoinToPreviousLine(shadow, index);
        }

        if (GluedComment(shadow, index) is { } comment)
        {
            return Blank(shadow, comment, LineEnd(shadow, comment));
        }

        if (message.Contains("escape", StringComparison.Ordinal) && shadow.AsSpan(index).IndexOf("\\'") is >= 0 and var escape)
        {
            return string.Concat(shadow.AsSpan(0, index + escape), "\\/", shadow.AsSpan(index + escape + 2));
        }

        if (removedAnchor is null && LastAnchor().Match(shadow, index) is { Success: true } anchor)
        {
            removedAnchor = (anchor.Index, anchor.Groups["name"].Value);
            return Blank(shadow, anchor.Index, anchor.Index + anchor.Length);
        }

        return null;
    }

    /// <summary>A quoted scalar whose lines are not deeper than its parent: its line breaks become blanks.</summary>
    private static string? JoinQuotedLines(string shadow, int quote)
    {
        if (shadow[quote] is not ('"' or '\''))
        {
            quote = shadow.LastIndexOfAny(['"', '\''], quote);
        }

        if (quote < 0)
        {
            return null;
        }

        var end = quote + 1;
        while (end < shadow.Length && shadow[end] != shadow[quote])
        {
            end += shadow[end] == '\\' && shadow[quote] == '"' ? 2 : 1;
        }

        end = Math.Min(end, shadow.Length);
        return string.Concat(shadow.AsSpan(0, quote), shadow[quote..end].Replace('\n', ' ').Replace('\r', ' '), shadow.AsSpan(end));
    }

    /// <summary>A line of a flow collection that is not deeper than its parent: joined to the line before, whose comment goes.</summary>
    private static string? JoinToPreviousLine(string shadow, int index)
    {
        var lineBreak = shadow.AsSpan(0, index + 1).LastIndexOfAny('\n', '\r');
        if (lineBreak < 0)
        {
            return null;
        }

        var lineStart = shadow.AsSpan(0, lineBreak).LastIndexOfAny('\n', '\r') + 1;
        var comment = Comment().Match(shadow, lineStart, lineBreak - lineStart);
        return Blank(shadow, comment.Success ? comment.Index : lineBreak, lineBreak + 1);
    }

    private static int? GluedComment(string shadow, int index)
    {
        var from = Math.Max(index - 1, 0);
        var hash = shadow.AsSpan(from, LineEnd(shadow, index) - from).IndexOf('#');
        return hash < 0 ? null : from + hash;
    }

    private static int LineEnd(string text, int index)
    {
        var length = text.AsSpan(index).IndexOfAny('\n', '\r');
        return length < 0 ? text.Length : index + length;
    }

    private static string Blank(string text, int start, int end) =>
        string.Concat(text.AsSpan(0, start), new string(' ', end - start), text.AsSpan(end));

    /// <summary><c>\'</c> is no escape for the parser, but is for Go; the shorter text parses to the value that Go reads.</summary>
    private static string UnescapeApostrophes(string slice) =>
        slice.Contains("\\'", StringComparison.Ordinal) ? Escape().Replace(slice, static m => m.Value == "\\'" ? "'" : m.Value) : slice;

    private static string Reason(Exception failure)
    {
        var reason = Printable.OneLine(failure.Message);
        return failure is YamlDotNet.Core.YamlException ? reason : $"a form of YAML that cannot be read here ({reason})";
    }

    [GeneratedRegex(@"(?<=[\s:?-])[|>][+-]?[1-9]?[+-]?[ \t]*(?:[ \t]#[^\r\n]*)?(?=\r?\n|\r)", RegexOptions.CultureInvariant)]
    private static partial Regex BlockScalarHeader();

    [GeneratedRegex(@"\s#[^\r\n]*", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"&(?<name>[^\s,\[\]{}]+)", RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex LastAnchor();

    [GeneratedRegex(@"\\.", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Escape();
}
