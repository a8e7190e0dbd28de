using System.Text;

namespace Tempo.PostRender.Graph;

/// <summary>A directive of an nginx config.</summary>
public sealed record NginxDirective
{
    /// <summary>The directive: <c>listen</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its arguments, quotes removed.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The index of its first line, from 0.</summary>
    public required int Line { get; init; }

    /// <summary>The index of the line with its semicolon.</summary>
    public required int LastLine { get; init; }

    /// <summary>The column after its semicolon, from 0.</summary>
    public required int End { get; init; }

    /// <summary>A number for the innermost block around it; directives of one server share it.</summary>
    public required int Block { get; init; }

    /// <summary>Whether it is on one line.</summary>
    public bool IsOneLine => Line == LastLine;
}

/// <summary>A block of an nginx config: <c>server</c>, <c>location /v1/traces</c>.</summary>
/// <param name="Number">Its number, as directives state it.</param>
/// <param name="Parent">The number of the block around it.</param>
/// <param name="Words">The words before its brace.</param>
public sealed record NginxBlock(int Number, int Parent, IReadOnlyList<string> Words);

/// <summary>Parses the syntax of an nginx config file: words, quotes, comments and braces, but not the meaning of directives.</summary>
/// <remarks>Parsed by hand, because an edit needs the line and the column of every directive.</remarks>
public static class NginxConfig
{
    /// <summary>The directives that end with <c>;</c>, in order.</summary>
    /// <param name="text">The file.</param>
    public static IReadOnlyList<NginxDirective> Read(string text) => Read(text, out _);

    /// <summary>The directives that end with <c>;</c>, and the blocks around them, in order.</summary>
    /// <param name="text">The file.</param>
    public static IReadOnlyList<NginxDirective> Read(string text, out IReadOnlyList<NginxBlock> blocksFound)
    {
        var found = new List<NginxBlock>();
        blocksFound = found;
        var directives = new List<NginxDirective>();
        var blocks = new Stack<int>([0]);
        var words = new List<string>();
        var word = new StringBuilder();
        var (line, lineStart, firstLine, blockCount) = (0, 0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '#' when word.Length == 0:
                    i = EndOfLine(text, i) - 1;
                    break;
                case '"' or '\'' when word.Length == 0:
                    var end = ClosingQuote(text, i);
                    word.Append(text, i + 1, Math.Max(end - i - 1, 0));
                    var quoted = text.AsSpan(i, Math.Min(end, text.Length) - i);
                    line += quoted.Count('\n');
                    lineStart = quoted.LastIndexOf('\n') is >= 0 and var lastBreak ? i + lastBreak + 1 : lineStart;
                    i = end;
                    EndWord(allowEmpty: true);
                    break;
                case '\\' when i + 1 < text.Length:
                    word.Append(text[++i]);
                    break;
                // ${variable} is a word, not a block.
                case '{' when word.Length > 0 && word[^1] == '$':
                    var close = text.IndexOf('}', i) is >= 0 and var brace ? brace : i;
                    word.Append(text, i, close - i + 1);
                    i = close;
                    break;
                case '{':
                    EndWord();
                    found.Add(new NginxBlock(++blockCount, blocks.Peek(), [.. words]));
                    words.Clear();
                    blocks.Push(blockCount);
                    break;
                case '}':
                    EndWord();
                    words.Clear();
                    if (blocks.Count > 1)
                    {
                        blocks.Pop();
                    }

                    break;
                case ';':
                    EndWord();
                    if (words.Count > 0)
                    {
                        directives.Add(
                            new NginxDirective
                            {
                                Name = words[0],
                                Arguments = [.. words.Skip(1)],
                                Line = firstLine,
                                LastLine = line,
                                End = i + 1 - lineStart,
                                Block = blocks.Peek(),
                            }
                        );
                        words.Clear();
                    }

                    break;
                case '\n':
                    EndWord();
                    line++;
                    lineStart = i + 1;
                    break;
                case ' ' or '\t' or '\r':
                    EndWord();
                    break;
                default:
                    word.Append(text[i]);
                    break;
            }
        }

        return directives;

        void EndWord(bool allowEmpty = false)
        {
            if (word.Length > 0 || allowEmpty)
            {
                firstLine = words.Count == 0 ? line : firstLine;
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }

    private static int EndOfLine(string text, int index) => text.IndexOf('\n', index) is >= 0 and var end ? end : text.Length;

    private static int ClosingQuote(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == text[start])
            {
                return i;
            }
        }

        return text.Length;
    }
}
