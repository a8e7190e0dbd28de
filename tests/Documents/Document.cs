using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Documents;

/// <summary>A parsed Markdown file of the repository: fenced blocks, headings, links and code in the text.</summary>
internal sealed class Document
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .UsePipeTables()
        .UsePreciseSourceLocation()
        .Build();

    private Document(string path)
    {
        Path = path;
        Lines = File.ReadAllLines(Repository.Path(path));
        var parsed = Markdown.Parse(File.ReadAllText(Repository.Path(path)), Pipeline);
        Blocks = [.. parsed.Descendants<FencedCodeBlock>().Select(ReadBlock)];
        Anchors = [.. parsed.Descendants<HeadingBlock>().Select(static heading => heading.GetAttributes().Id!)];
        Links = [.. parsed.Descendants<LinkInline>().Select(static link => (link.Line + 1, link.Url!))];
        CodeSpans = [.. parsed.Descendants<CodeInline>().Select(static code => (code.Line + 1, code.Content.Trim()))];
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

    private Block ReadBlock(FencedCodeBlock block)
    {
        var first = block.Line + 1;
        Assert.True(block.ClosingFencedCharCount > 0, $"{Path}, line {first}: the block is not closed");
        var indent = Lines[block.Line][..Lines[block.Line].IndexOf(block.FencedChar)];
        return new Block(Path, first, indent, $"{block.Info} {block.Arguments}", Lines[first..(first + block.Lines.Count)]);
    }
}
