namespace Tempo.Helm.Tests.Documents;

/// <summary>A fenced block. CONTRIBUTING.md lists the attributes that it may have.</summary>
internal sealed class Block
{
    public Block(string document, int line, string indent, string info, IReadOnlyList<string> lines)
    {
        var words = info.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (Place, FirstLine, Indent) = ($"{document}, line {line}", line, indent);
        Language = words.FirstOrDefault("");
        Attributes = words
            .Skip(1)
            .Select(static word => word.Split('=', 2))
            .ToDictionary(static pair => pair[0], static pair => pair.ElementAtOrDefault(1) ?? "");
        Lines = [.. lines.Select(text => text.StartsWith(indent) ? text[indent.Length..] : text.TrimStart())];
    }

    /// <summary>The document and the line of the fence, for messages.</summary>
    public string Place { get; }

    /// <summary>The index of the first line inside, in the document's lines.</summary>
    public int FirstLine { get; }

    /// <summary>The indentation of the fence.</summary>
    public string Indent { get; }

    public string Language { get; }

    public IReadOnlyDictionary<string, string> Attributes { get; }

    public IReadOnlyList<string> Lines { get; }

    public string Text => string.Concat(Lines.Select(static line => line + "\n"));

    /// <summary>Whether the block is for this major version of Helm.</summary>
    public bool IsFor(int helm) => !Attributes.TryGetValue("helm", out var version) || version == $"{helm}";

    /// <summary>The commands of a console block, each with the output it shows.</summary>
    public IReadOnlyList<Step> Steps()
    {
        var steps = new List<Step>();
        for (var line = 0; line < Lines.Count; )
        {
            Assert.True(Lines[line].StartsWith(Step.Prompt), $"{Place}: a console block begins with a command behind \"{Step.Prompt}\"");
            var first = line;
            while (Lines[line++].EndsWith('\\')) { }

            var output = line;
            while (line < Lines.Count && !Lines[line].StartsWith(Step.Prompt))
            {
                line++;
            }

            var command = string.Join('\n', Lines.Skip(first).Take(output - first))[Step.Prompt.Length..];
            steps.Add(new Step(this, command, FirstLine + output, [.. Lines.Skip(output).Take(line - output)]));
        }

        return steps;
    }
}

/// <summary>A command of a console block.</summary>
/// <param name="Block">The block that contains it.</param>
/// <param name="Command">As it is typed.</param>
/// <param name="OutputLine">The index of its first line of output, in the document's lines.</param>
/// <param name="Output">The output that the document shows; none means any.</param>
internal sealed record Step(Block Block, string Command, int OutputLine, IReadOnlyList<string> Output)
{
    public const string Prompt = "$ ";

    /// <summary>A line that matches any number of lines.</summary>
    public const string Anything = "...";

    /// <summary>Whether the output is what the document shows.</summary>
    public bool Shows(IReadOnlyList<string> actual) => Output.Count == 0 || Matches(Output, actual);

    private static bool Matches(IReadOnlyList<string> shown, IReadOnlyList<string> actual)
    {
        var gap = shown.TakeWhile(static line => line != Anything).Count();
        if (gap == shown.Count)
        {
            return shown.SequenceEqual(actual);
        }

        if (actual.Count < gap || !shown.Take(gap).SequenceEqual(actual.Take(gap)))
        {
            return false;
        }

        IReadOnlyList<string> rest = [.. shown.Skip(gap + 1)];
        return Enumerable.Range(gap, actual.Count - gap + 1).Any(from => Matches(rest, [.. actual.Skip(from)]));
    }
}
