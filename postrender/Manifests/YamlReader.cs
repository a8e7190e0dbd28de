using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tempo.PostRender.Manifests;

/// <summary>Thrown where a text is not YAML, or nested too deeply to be a manifest.</summary>
internal sealed class YamlSyntaxException(string reason, int index) : Exception(reason)
{
    /// <summary>UTF-16 offset into the text, or 0 where the parser did not tell.</summary>
    public int Index { get; } = index;
}

/// <summary>
/// Reads the first document of a text into nodes that know their places. Built on the parser's events: its object model
/// loses positions behind aliases and refuses duplicate keys, which Helm and kubectl accept.
/// </summary>
internal static class YamlReader
{
    /// <summary>Deeper than any manifest, and low enough that reading time stays linear: the scanner is quadratic in the depth of flow collections.</summary>
    public const int MaxDepth = 1_000;

    /// <summary>The parser's limit counts UTF-16 units where YAML counts characters, so it is raised.</summary>
    private const int MaxKeyLength = 4_096;

    /// <summary>The root node, or null for a document that holds nothing.</summary>
    /// <param name="text">The text; a byte order mark at its start is passed over.</param>
    /// <exception cref="YamlSyntaxException">The text is no YAML, even after the repairs of <see cref="ShadowText"/>.</exception>
    public static YamlNode? Read(string text)
    {
        if (TryRead(text, text, removedAnchor: null) is { Failure: null } plain)
        {
            return plain.Root;
        }

        return ShadowText.Read(text);
    }

    /// <summary>One attempt: positions from the shadow, which is as long as the text, values from the text itself.</summary>
    internal static Attempt TryRead(string text, string shadow, (int Index, string Name)? removedAnchor)
    {
        var offset = shadow.StartsWith('\uFEFF') ? 1 : 0;
        var scanner = new Scanner(new StringReader(offset == 0 ? shadow : shadow[1..]), skipComments: true, MaxKeyLength);
        var builder = new TreeBuilder(text, shadow, offset, removedAnchor);
        try
        {
            return new Attempt(builder.Build(new Parser(scanner)), Failure: null, 0);
        }
        catch (YamlSyntaxException exception)
        {
            return new Attempt(Root: null, exception, exception.Index);
        }
#pragma warning disable CA1031 // The parser throws whatever its own code runs into (ArgumentException, InvalidOperationException and others were seen).
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var index = exception is YamlException { Start.Index: > 0 } located ? located.Start.Index : scanner.CurrentPosition.Index;
            return new Attempt(Root: null, exception, (int)Math.Min(index + offset, text.Length));
        }
    }

    /// <summary>What came of one attempt to read.</summary>
    internal sealed record Attempt(YamlNode? Root, Exception? Failure, int Index);

    private sealed class TreeBuilder(string text, string shadow, int offset, (int Index, string Name)? removedAnchor)
    {
        private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
        private (int Index, string Name)? _removedAnchor = removedAnchor;
        private int _flowDepth;
        private Parser _parser = null!;

        public YamlNode? Build(Parser parser)
        {
            _parser = parser;
            Next();
            if (Next() is StreamEnd)
            {
                return null;
            }

            var first = Next();
            // The one scalar of an empty document has a place outside the text.
            return first is Scalar { Value: "", Style: YamlDotNet.Core.ScalarStyle.Plain, Anchor.IsEmpty: true } && IsBlankFrom(first) ? null : Node(first, depth: 0);
        }

        private static bool IsBlankFrom(ParsingEvent scalar) => scalar.Start.Index == scalar.End.Index;

        private ParsingEvent Next() =>
            _parser.MoveNext() ? _parser.Current! : throw new YamlSyntaxException("the document ends too early", text.Length);

        private YamlNode Node(ParsingEvent current, int depth)
        {
            if (depth > MaxDepth)
            {
                throw new YamlSyntaxException($"nested more than {MaxDepth} levels deep", Index(current.Start));
            }

            switch (current)
            {
                case Scalar scalar:
                    return ScalarNode(scalar);
                case AnchorAlias alias:
                    return new AliasNode(Index(alias.Start), Index(alias.End), alias.Value.Value, _anchors.GetValueOrDefault(alias.Value.Value));
                case MappingStart mapping:
                    return MappingNode(mapping, depth);
                case SequenceStart sequence:
                    return SequenceNode(sequence, depth);
                default:
                    throw new YamlSyntaxException($"found {current.GetType().Name} where a value should be", Index(current.Start));
            }
        }

        private ScalarNode ScalarNode(Scalar scalar)
        {
            var (start, end) = (Index(scalar.Start), Index(scalar.End));
            var style = scalar.Style switch
            {
                YamlDotNet.Core.ScalarStyle.SingleQuoted => ScalarStyle.SingleQuoted,
                YamlDotNet.Core.ScalarStyle.DoubleQuoted => ScalarStyle.DoubleQuoted,
                YamlDotNet.Core.ScalarStyle.Literal => ScalarStyle.Literal,
                YamlDotNet.Core.ScalarStyle.Folded => ScalarStyle.Folded,
                _ => ScalarStyle.Plain,
            };
            if (_flowDepth > 0 && style == ScalarStyle.Plain && scalar.Value.StartsWith(':'))
            {
                // The parser takes it; Go's readers, and with them Helm, kubectl and Tempo, do not.
                throw new YamlSyntaxException($"{Printable.OneLine(scalar.Value)} starts with a colon between brackets and must stand in quotes: \"{Printable.OneLine(scalar.Value)}\"", start);
            }

            var node = new ScalarNode(start, end, AnchorOf(scalar, start), TagOf(scalar), scalar.Value, style);
            if (!ReferenceEquals(text, shadow) && !text.AsSpan(start, end - start).SequenceEqual(shadow.AsSpan(start, end - start)))
            {
                node.Value = ShadowText.OriginalValue(text, node);
            }

            return Anchored(node);
        }

        private MappingNode MappingNode(MappingStart start, int depth)
        {
            var isFlow = start.Style == MappingStyle.Flow;
            var contentStart = Index(start.End);
            var isSinglePair = isFlow && (contentStart >= shadow.Length || shadow[contentStart] != '{');
            var node = Anchored(new MappingNode(
                Index(start.Start), contentStart, AnchorOf(start, contentStart), TagOf(start), contentStart, IndentOf(contentStart), isFlow, isSinglePair));
            ParsingEvent current;
            _flowDepth += isFlow ? 1 : 0;
            while ((current = Next()) is not MappingEnd)
            {
                var key = Node(current, depth + 1);
                var value = Node(Next(), depth + 1);
                node.Add(new MappingEntry(key, value));
                node.EndAt(Math.Max(key.End, value.End));
            }

            _flowDepth -= isFlow ? 1 : 0;
            if (isFlow && !isSinglePair)
            {
                node.EndAt(Index(current.Start) + 1);
            }

            return node;
        }

        private SequenceNode SequenceNode(SequenceStart start, int depth)
        {
            var isFlow = start.Style == SequenceStyle.Flow;
            var contentStart = Index(start.End);
            if (!isFlow && contentStart > Index(start.Start) && shadow[contentStart - 1] == '-')
            {
                // Of a sequence that is not indented below its key, the parser tells the place behind the dash.
                contentStart--;
            }

            var node = Anchored(new SequenceNode(
                Index(start.Start), contentStart, AnchorOf(start, contentStart), TagOf(start), contentStart, IndentOf(contentStart), isFlow));
            ParsingEvent current;
            _flowDepth += isFlow ? 1 : 0;
            while ((current = Next()) is not SequenceEnd)
            {
                var item = Node(current, depth + 1);
                node.Add(item);
                node.EndAt(item.End);
            }

            _flowDepth -= isFlow ? 1 : 0;
            if (isFlow)
            {
                node.EndAt(Index(current.Start) + 1);
            }

            return node;
        }

        private T Anchored<T>(T node)
            where T : YamlNode
        {
            if (node.Anchor is { } name)
            {
                _anchors[name] = node;
            }

            return node;
        }

        private string? AnchorOf(NodeEvent node, int contentStart)
        {
            if (!node.Anchor.IsEmpty)
            {
                return node.Anchor.Value;
            }

            if (_removedAnchor is { } removed && removed.Index < contentStart)
            {
                _removedAnchor = null;
                return removed.Name;
            }

            return null;
        }

        private static string? TagOf(NodeEvent node) => node.Tag.IsEmpty ? null : node.Tag.Value;

        private int Index(in Mark mark) => (int)Math.Min(mark.Index + offset, text.Length);

        private int IndentOf(int index)
        {
            var lineStart = shadow.AsSpan(0, index).LastIndexOfAny(TextLines.Breaks) + 1;
            return index - Math.Max(lineStart, lineStart == 0 ? offset : 0);
        }
    }
}
