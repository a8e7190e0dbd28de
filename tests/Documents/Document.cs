using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Documents;

/// <summary>A parsed Markdown file of the repository: fenced blocks, headings, links and code in the text.</summary>
internal sealed partial class Document
{
    private Document(string path)
    {
        Path = path;
        Lines = File.ReadAllLines(Repository.Path(path));
        var prose = new List<(int Line, string Text)>();
        var blocks = new List<Block>();
        for (var line = 0; line < Lines.Length; line++)
        {
            if (Fence().Match(Lines[line]) is not { Success: true } fence)
            {
                prose.Add((line + 1, Lines[line]));
                continue;
            }

            var first = line + 1;
            do
            {
                Assert.True(++line < Lines.Length, $"{path}, line {first}: the block is not closed");
            } while (!Lines[line].TrimStart().StartsWith("```"));

            blocks.Add(new Block(path, first, fence.Groups["indent"].Value, fence.Groups["info"].Value, Lines[first..line]));
        }

        Blocks = blocks;
        Anchors = [.. prose.Where(static line => line.Text.StartsWith('#')).Select(static line => Anchor(line.Text))];
        Links =
        [
            .. prose.SelectMany(static line =>
                Link().Matches(CodeSpan().Replace(line.Text, "")).Select(link => (line.Line, link.Groups["target"].Value))
            ),
        ];
        CodeSpans =
        [
            .. prose.SelectMany(static line => CodeSpan().Matches(line.Text).Select(span => (line.Line, span.Groups["code"].Value.Trim()))),
        ];
    }

    /// <summary>Every document for users: the Markdown files beside the solution, in chart/ and in docs/.</summary>
    public static IReadOnlyList<Document> All { get; } =
    [
        .. new[] { "", "chart", "docs" }
            .Select(static folder => Repository.Path(folder))
            .SelectMany(static folder => Directory.EnumerateFiles(folder, "*.md"))
            .Select(static file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Order()
            .Select(static path => new Document(path)),
    ];

    public string Path { get; }

    public string[] Lines { get; }

    public IReadOnlyList<Block> Blocks { get; }

    public HashSet<string> Anchors { get; }

    public IReadOnlyList<(int Line, string Target)> Links { get; }

    public IReadOnlyList<(int Line, string Code)> CodeSpans { get; }

    public static Document Of(string path) => All.Single(document => document.Path == path);

    /// <summary>The anchor that a Git host gives to a heading.</summary>
    private static string Anchor(string heading) =>
        NotInAnchors().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^(?<indent>\s*)```(?<info>.*)$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<ticks>`+)(?<code>.+?)\k<ticks>")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
