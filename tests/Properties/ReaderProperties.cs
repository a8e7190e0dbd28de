using System.Text;
using CsCheck;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Manifests;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using NodeStyle = Tempo.PostRender.Manifests.ScalarStyle;

namespace Tempo.Helm.Tests.Properties;

/// <summary>Compares the reader with YamlDotNet, and runs the writer on the reader's output.</summary>
public class ReaderProperties
{
    /// <summary>Pieces of YAML that change meaning next to each other.</summary>
    private static readonly string[] Pieces =
    [
        "a",
        "b",
        "kind",
        "x: 1",
        "a: ",
        "- ",
        "- a\n",
        ": ",
        ":",
        "\n",
        "\n  ",
        "\n    ",
        "\n ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "\"",
        "'",
        "\"x\"",
        "'y'",
        "\\n",
        "&x ",
        "*x ",
        "!!str ",
        "|\n",
        "|-\n",
        ">\n",
        ">+\n",
        " #c\n",
        "\r\n",
        "\r",
        "\u0085",
        "\u2028",
        "~",
        "0",
        "😀",
        "::",
        "a:b",
        "null",
        "  k: v\n",
        "  - w\n",
        "k: v\n",
    ];

    private static readonly Gen<string> Texts = Gen.Select(
            Gen.Bool,
            Gen.Int[0, Pieces.Length - 1].Select(static i => Pieces[i]).Array[1, 14]
        )
        .Select(static (isMapping, pieces) => (isMapping ? "a: " : "") + string.Concat(pieces));

    /// <summary>Lines that the reader takes without tokens, and lines that look like these.</summary>
    private static readonly string[] Lines =
    [
        "a: b",
        "a:",
        "b: 1 ",
        "c:  b  c ",
        "a.b/c: d:e",
        "text",
        "two words",
        "- a",
        "- a: b",
        "- a:",
        "- - a",
        "-",
        "? a",
        ": b",
        "a: b # c",
        "a: b#c",
        "a:#b",
        "a:b: c",
        "a : b",
        "a: 'x'",
        "'a': b",
        "a: |",
        "a: [b]",
        "a: &x b",
        "a: *x",
        "&y a: b",
        "a: é",
        "aé: b",
        "a: b\tc",
        "a: b\r",
        "a: b\u2028c",
        "# c",
        "",
    ];

    private static readonly Gen<string> Outlines = Gen.Select(Gen.Int[0, 3], Gen.Int[0, Lines.Length - 1])
        .Array[2, 9]
        .Select(static lines => string.Join('\n', lines.Select(static line => new string(' ', 2 * line.Item1) + Lines[line.Item2])));

    [Fact]
    public void Both_readers_give_the_same_nodes() =>
        Gen.OneOf(Texts, Outlines)
            .Sample(
                static text =>
                {
                    // Only YamlDotNet accepts a root block scalar that starts in column 0.
                    if (Ours(text) is { } ours && ours.Contains('{') && Theirs(text) is { } theirs)
                    {
                        Assert.Equal(theirs, ours);
                    }
                },
                iter: 40_000
            );

    [Fact]
    public void The_reader_accepts_what_YamlDotNet_accepts() =>
        Outlines.Sample(
            static text =>
            {
                // Go's readers refuse an alias without its anchor, and a colon without a key in front of it.
                var isRefusedByGo = text.Contains('*') || text.Split('\n').Any(static line => line.TrimStart().StartsWith(": "));
                if (!isRefusedByGo && Theirs(text) is { } theirs && theirs.Contains('{'))
                {
                    Assert.Equal(theirs, Ours(text));
                }
            },
            iter: 40_000
        );

    [Fact]
    public void Every_node_lies_within_the_one_around_it() =>
        Gen.OneOf(Texts, Outlines)
            .Sample(
                static text =>
                {
                    if (Read(text) is { } root)
                    {
                        Inside(root, 0, text.Length);
                    }
                },
                iter: 20_000
            );

    [Fact]
    public void Every_node_can_be_changed_or_is_refused() =>
        Texts.Sample(
            static text =>
            {
                var document = Yaml.Document(text);
                if (Read(text) is not MappingNode)
                {
                    return;
                }

                foreach (var path in PathsOf(document.Root!, NodePath.Root).Append(NodePath.Of("new", "key")))
                {
                    var edit =
                        document.Find(path) is SequenceNode
                            ? Edit.Append(document, path, "new value")
                            : Edit.Set(document, path, "new value");
                    if (ManifestWriter.Refusal([edit]) is null)
                    {
                        // The writer compares its output with the edits.
                        var after = Yaml.Concat(ManifestWriter.Apply(document.Stream, [edit]));
                        var found = Yaml.Document(after).Find(path);
                        Assert.Equal("new value", ((ScalarNode)(found is SequenceNode sequence ? sequence.Items[^1] : found!)).Value);
                    }
                }
            },
            iter: 5_000
        );

    private static YamlNode? Read(string text)
    {
        try
        {
            // Only the first document counts, and any piece may contain a marker.
            return Yaml.Stream(text).Slices.Count == 1 ? Yaml.Document(text).Root : null;
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }

    private static IEnumerable<NodePath> PathsOf(YamlNode node, NodePath path) =>
        node switch
        {
            MappingNode mapping => mapping
                .Entries.Where(static entry => entry.Name is not null)
                .SelectMany(entry => PathsOf(entry.Value, path.Key(entry.Name!)))
                .Prepend(path),
            SequenceNode sequence => sequence.Items.SelectMany((item, index) => PathsOf(item, path.Item(index))).Prepend(path),
            _ => [path],
        };

    private static void Inside(YamlNode node, int start, int end)
    {
        Assert.InRange(node.Start, start, end);
        Assert.InRange(node.End, node.Start, end);
        var position = node.Start;
        foreach (
            var part in node switch
            {
                MappingNode mapping => mapping.Entries.SelectMany(static entry => new[] { entry.Key, entry.Value }),
                SequenceNode sequence => sequence.Items,
                _ => [],
            }
        )
        {
            Inside(part, position, node.End);
            position = part.End;
        }
    }

    private static string? Ours(string text)
    {
        if (Read(text) is not { } root)
        {
            return null;
        }

        var dump = new StringBuilder();
        Write(root);
        return dump.ToString();

        void Write(YamlNode node)
        {
            dump.Append('&').Append(node.Anchor).Append('!').Append(node.Tag);
            switch (node)
            {
                case ScalarNode scalar:
                    dump.Append(
                            scalar.Style switch
                            {
                                NodeStyle.Plain => "",
                                NodeStyle.Literal => "|",
                                NodeStyle.Folded => ">",
                                NodeStyle.SingleQuoted => "'",
                                _ => "\"",
                            }
                        )
                        .Append(scalar.Value)
                        .Append(';');
                    break;
                case AliasNode alias:
                    dump.Append('*').Append(alias.Name).Append(';');
                    break;
                case SequenceNode sequence:
                    dump.Append('[');
                    foreach (var item in sequence.Items)
                    {
                        Write(item);
                    }

                    dump.Append(']');
                    break;
                case MappingNode mapping:
                    dump.Append('{');
                    foreach (var entry in mapping.Entries)
                    {
                        Write(entry.Key);
                        Write(entry.Value);
                    }

                    dump.Append('}');
                    break;
            }
        }
    }

    /// <summary>The same of YamlDotNet's events, or null where it refuses the text.</summary>
    private static string? Theirs(string text)
    {
        var dump = new StringBuilder();
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            parser.Consume<DocumentStart>();
            for (var depth = 0; ; )
            {
                var current = parser.Consume<ParsingEvent>();
                if (current is AnchorAlias)
                {
                    dump.Append("&!");
                }
                else if (current is NodeEvent node)
                {
                    dump.Append('&')
                        .Append(node.Anchor.IsEmpty ? "" : node.Anchor.Value)
                        .Append('!')
                        .Append(node.Tag.IsEmpty ? "" : node.Tag.Value);
                }

                dump.Append(
                    current switch
                    {
                        Scalar scalar => scalar.Style switch
                        {
                            YamlDotNet.Core.ScalarStyle.Plain => "",
                            YamlDotNet.Core.ScalarStyle.Literal => "|",
                            YamlDotNet.Core.ScalarStyle.Folded => ">",
                            YamlDotNet.Core.ScalarStyle.SingleQuoted => "'",
                            _ => "\"",
                        }
                            + scalar.Value
                            + ";",
                        AnchorAlias alias => "*" + alias.Value.Value + ";",
                        SequenceStart => "[",
                        SequenceEnd => "]",
                        MappingStart => "{",
                        _ => "}",
                    }
                );
                depth += current.NestingIncrease;
                if (depth == 0)
                {
                    return dump.ToString();
                }
            }
        }
#pragma warning disable CA1031 // YamlDotNet throws whatever its own code runs into.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
