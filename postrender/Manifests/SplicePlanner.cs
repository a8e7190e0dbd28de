namespace Tempo.PostRender.Manifests;

/// <summary>Turns the edits of one document into the smallest changes of its text.</summary>
/// <remarks>
/// New keys are written in front of a mapping's first key: the one place whose offset and indentation the parser always
/// tells right, whatever comments, blank lines or block scalars the mapping ends with.
/// </remarks>
internal sealed class SplicePlanner
{
    private readonly YamlDocument _document;
    private readonly string _text;
    private readonly List<Splice> _splices = [];

    private SplicePlanner(YamlDocument document)
    {
        _document = document;
        _text = document.Text;
    }

    /// <summary>The changes of the document's text, in no particular order.</summary>
    /// <exception cref="EditRefusedException">The document is written in a way that an edit would change more than was asked.</exception>
    public static IReadOnlyList<Splice> Plan(YamlDocument document, EditTree changes)
    {
        var planner = new SplicePlanner(document);
        if (changes.IsText)
        {
            planner.ChangeLines(changes);
            return planner._splices;
        }

        var root = document.Root ?? throw new EditRefusedException("the document is empty");
        planner.Change(root, changes, new Slot(Key: null, IsFlow: false, IsJson: false));
        return planner._splices;
    }

    /// <summary>Where a node hangs: behind which key, and in which style.</summary>
    private readonly record struct Slot(YamlNode? Key, bool IsFlow, bool IsJson);

    private void Change(YamlNode node, EditTree change, Slot slot)
    {
        RefuseSharedAnchor(node);
        switch (node)
        {
            case var _ when change.Value is { } value:
                Replace(node, value, slot);
                break;
            case ScalarNode scalar when change.Embedded is { } embedded:
                ChangeEmbedded(scalar, embedded);
                break;
            case MappingNode mapping:
                ChangeMapping(mapping, change);
                break;
            case SequenceNode sequence:
                ChangeSequence(sequence, change);
                break;
            case AliasNode alias:
                ExpandAlias(alias, change, slot);
                break;
            case ScalarNode { IsNull: true } scalar:
                ReplaceScalar(scalar, NewFlowValue(change, slot.IsJson), slot);
                break;
            default:
                throw new EditRefusedException("there is a plain value where a mapping or a list should be");
        }
    }

    private void ChangeLines(EditTree change)
    {
        var line = 0;
        for (var start = 0; start <= _text.Length; line++)
        {
            var lineBreak = _text.IndexOf('\n', start) is >= 0 and var found ? found : _text.Length;
            var end = lineBreak > start && lineBreak < _text.Length && _text[lineBreak - 1] == '\r' ? lineBreak - 1 : lineBreak;
            if (change.SetLines.TryGetValue(line, out var text))
            {
                _splices.Add(new Splice(start, end - start, text));
            }

            if (change.InsertedLines.TryGetValue(line, out var inserted))
            {
                _splices.Add(new Splice(end, 0, string.Concat(inserted.Select(added => NewLineAt(start) + added))));
            }

            start = lineBreak + 1;
        }
    }

    private void RefuseSharedAnchor(YamlNode node)
    {
        if (node.Anchor is { } anchor && _document.AliasedAnchors.Contains(anchor))
        {
            throw new EditRefusedException($"it stands below the anchor &{Printable.OneLine(anchor)}, which is used elsewhere too");
        }
    }

    private void Replace(YamlNode node, YamlValue value, Slot slot)
    {
        switch (node, value)
        {
            case (ScalarNode scalar, _):
                if (scalar.Tag is not null)
                {
                    throw new EditRefusedException("the value has a tag");
                }

                var like = scalar.Style is ScalarStyle.Plain && scalar.IsNull ? (ScalarStyle?)null : scalar.Style;
                ReplaceScalar(scalar, ScalarText.Write(value, like, slot.IsJson), slot);
                break;
            case (AliasNode, _):
                _splices.Add(new Splice(node.Start, node.End - node.Start, ScalarText.Write(value, like: null, slot.IsJson)));
                break;
            case (SequenceNode sequence, YamlValue.List list):
                ReplaceList(sequence, list, slot);
                break;
            default:
                throw new EditRefusedException("there is a mapping or a list where a plain value should be");
        }
    }

    private void ReplaceScalar(ScalarNode scalar, string written, Slot slot)
    {
        if (scalar.Start == scalar.End)
        {
            InsertValue(scalar, written, slot);
            return;
        }

        var start = ScalarText.ContentStart(_text, scalar);
        var isBlock = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded;
        var ending = isBlock && scalar.End > 0 && _text[scalar.End - 1] is '\n' or '\r' ? NewLineAt(start) : "";
        _splices.Add(new Splice(start, scalar.End - start, written + ending));
    }

    /// <summary>Writes a value where there is none: <c>key:</c>, <c>-</c>, <c>{key: }</c> and <c>{key}</c>.</summary>
    private void InsertValue(ScalarNode empty, string written, Slot slot)
    {
        if (slot.Key is null)
        {
            _splices.Add(new Splice(empty.Start, 0, " " + written));
            return;
        }

        var colon = slot.Key.End + (_text.AsSpan(slot.Key.End).IndexOfAnyExcept(" \t") is >= 0 and var blanks ? blanks : 0);
        if (colon < _text.Length && _text[colon] == ':')
        {
            _splices.Add(new Splice(colon + 1, 0, " " + written));
        }
        else if (slot.IsFlow)
        {
            _splices.Add(new Splice(slot.Key.End, 0, ": " + written));
        }
        else
        {
            throw new EditRefusedException("its key is written with ?");
        }
    }

    /// <summary>Item by item, so that what stays keeps its line and its comment.</summary>
    private void ReplaceList(SequenceNode sequence, YamlValue.List list, Slot slot)
    {
        var kept = Math.Min(list.Items.Count, sequence.Items.Count);
        if (kept == 0 && sequence.Items.Count > 0)
        {
            throw new EditRefusedException("a list cannot become empty in place");
        }

        for (var i = 0; i < kept; i++)
        {
            if (sequence.Items[i] is not ScalarNode item)
            {
                throw new EditRefusedException("the list holds more than plain values");
            }

            if (!list.Items[i].Is(item))
            {
                Replace(item, list.Items[i], new Slot(Key: null, sequence.IsFlow, slot.IsJson));
            }
        }

        if (list.Items.Count > kept)
        {
            Append(sequence, [.. list.Items.Skip(kept)], slot.IsJson);
        }
        else if (sequence.Items.Count > kept)
        {
            RemoveItemsFrom(sequence, kept);
        }
    }

    private void RemoveItemsFrom(SequenceNode sequence, int index)
    {
        if (sequence.IsFlow)
        {
            var start = sequence.Items[index - 1].End;
            _splices.Add(new Splice(start, sequence.Items[^1].End - start, ""));
            return;
        }

        foreach (var item in sequence.Items.Skip(index))
        {
            var lineStart = LineStart(item.Start);
            if (_text.AsSpan(lineStart, item.Start - lineStart).Trim(' ') is not "-")
            {
                throw new EditRefusedException("an item of the list shares its line with something else");
            }

            _splices.Add(new Splice(lineStart, NextLine(item.End) - lineStart, ""));
        }
    }

    private void ChangeMapping(MappingNode mapping, EditTree change)
    {
        if (mapping.IsSinglePair)
        {
            throw new EditRefusedException("it stands in a list as a pair without braces");
        }

        if (mapping.Entries.Any(static entry => entry.Key.Start == entry.Key.End))
        {
            throw new EditRefusedException("it stands beside a key without a name");
        }

        var json = IsJson(mapping);
        var missing = new List<(string Key, EditTree Child)>();
        foreach (var (key, child) in change.Keys.Where(static entry => !entry.Child.Removes))
        {
            if (mapping.FindOwn(key) is { } entry)
            {
                Change(entry.Value, child, new Slot(entry.Key, mapping.IsFlow, json));
            }
            else if (child.Value is null && mapping.FindMerged(key) is not null)
            {
                throw new EditRefusedException($"{key} comes from a merge (<<) and would have to be written out");
            }
            else
            {
                missing.Add((key, child));
            }
        }

        // What is new stands in front of the first key; where that one goes, it takes its place.
        var first = mapping.Entries.Count > 0 && mapping.Entries[0].Name is { } name && change.Find(name) is { Removes: true } ? mapping.Entries[0] : null;
        if (missing.Count > 0 && (first is null || mapping.IsFlow))
        {
            Insert(mapping, missing, json, mapping.Entries.Count(entry => entry.Name is null || change.Find(entry.Name) is not { Removes: true }));
        }

        foreach (var (key, _) in change.Keys.Where(static entry => entry.Child.Removes))
        {
            Remove(mapping, key, missing.Count > 0 ? first : null, missing);
        }
    }

    private void Insert(MappingNode mapping, List<(string Key, EditTree Child)> missing, bool json, int remaining)
    {
        if (mapping.IsFlow)
        {
            var entries = string.Join(", ", missing.Select(entry => NewFlowEntry(entry.Key, entry.Child, json)));
            var brace = mapping.ContentStart + 1;
            var isSpaced = _text[brace] is ' ' or '\n' or '\r' or '\t';
            var text = remaining == 0 ? entries : isSpaced ? entries + "," : entries + ", ";
            _splices.Add(new Splice(brace, 0, isSpaced ? " " + text : text));
            return;
        }

        var newLine = NewLineAt(mapping.ContentStart) + new string(' ', mapping.Indent);
        _splices.Add(new Splice(mapping.ContentStart, 0, string.Concat(NewLines(missing).Select(line => line + newLine))));
    }

    private static IEnumerable<string> NewLines(List<(string Key, EditTree Child)> missing) => missing.SelectMany(static entry => NewBlockEntry(entry.Key, entry.Child, indent: 0));

    private void Remove(MappingNode mapping, string key, MappingEntry? replaced, List<(string Key, EditTree Child)> missing)
    {
        for (var i = 0; i < mapping.Entries.Count; i++)
        {
            var entry = mapping.Entries[i];
            if (entry.Name != key)
            {
                continue;
            }

            RefuseSharedAnchor(entry.Value);
            if (mapping.IsFlow)
            {
                RemoveFlowEntry(mapping, i);
                continue;
            }

            var end = Math.Max(entry.Key.End, entry.Value.End);
            if (ReferenceEquals(entry, replaced))
            {
                if (_text[end - 1] is '\n' or '\r')
                {
                    throw new EditRefusedException("a block scalar would have to make room for it");
                }

                var newLine = NewLineAt(mapping.ContentStart) + new string(' ', mapping.Indent);
                _splices.Add(new Splice(entry.Key.Start, LineEnd(end) - entry.Key.Start, string.Join(newLine, NewLines(missing))));
                continue;
            }

            var lineStart = LineStart(entry.Key.Start);
            if (_text.AsSpan(lineStart, entry.Key.Start - lineStart).ContainsAnyExcept(' '))
            {
                throw new EditRefusedException("it shares its line with a list's dash");
            }

            _splices.Add(new Splice(lineStart, NextLine(end) - lineStart, ""));
        }
    }

    private void RemoveFlowEntry(MappingNode mapping, int index)
    {
        var isLast = index == mapping.Entries.Count - 1;
        var start = isLast && index > 0 ? EndOf(mapping.Entries[index - 1]) : mapping.Entries[index].Key.Start;
        var end = isLast ? EndOf(mapping.Entries[index]) : mapping.Entries[index + 1].Key.Start;
        _splices.Add(new Splice(start, end - start, ""));

        static int EndOf(MappingEntry entry) => Math.Max(entry.Key.End, entry.Value.End);
    }

    private void ChangeSequence(SequenceNode sequence, EditTree change)
    {
        foreach (var (index, child) in change.Items)
        {
            if (index >= sequence.Items.Count)
            {
                throw new InvalidOperationException($"the list has no item {index}");
            }

            Change(sequence.Items[index], child, new Slot(Key: null, sequence.IsFlow, IsJson: false));
        }

        if (change.Appended.Count > 0)
        {
            Append(sequence, change.Appended, json: false);
        }
    }

    private void Append(SequenceNode sequence, IReadOnlyList<YamlValue> values, bool json)
    {
        if (sequence.IsFlow)
        {
            var isEmpty = sequence.Items.Count == 0;
            var items = string.Join(", ", values.Select(item => ScalarText.Write(item, like: null, json)));
            _splices.Add(new Splice(isEmpty ? sequence.ContentStart + 1 : sequence.Items[^1].End, 0, isEmpty ? items : ", " + items));
            return;
        }

        var (newLine, indent) = (NewLineAt(sequence.ContentStart), new string(' ', sequence.Indent));
        var lines = values.Select(item => $"{indent}- {ScalarText.Write(item)}");
        // A block scalar ends at a line's start already; anything else ends within a line, maybe before a comment.
        var atLineStart = _text[sequence.End - 1] is '\n' or '\r';
        _splices.Add(atLineStart
            ? new Splice(sequence.End, 0, string.Concat(lines.Select(line => line + newLine)))
            : new Splice(LineEnd(sequence.End), 0, string.Concat(lines.Select(line => newLine + line))));
    }

    /// <summary><c>*name</c> becomes <c>{&lt;&lt;: *name, key: value}</c>: what is set here stays here.</summary>
    private void ExpandAlias(AliasNode alias, EditTree change, Slot slot)
    {
        if (alias.Target is not MappingNode target || change.Items.Count > 0 || change.Appended.Count > 0
            || change.Keys.Any(entry => entry.Child.Removes || (entry.Child.Value is null && target.Find(entry.Key) is not null)))
        {
            throw new EditRefusedException($"it comes from the alias *{Printable.OneLine(alias.Name)} and would have to be written out");
        }

        var entries = change.Keys.Select(entry => NewFlowEntry(entry.Key, entry.Child, slot.IsJson));
        _splices.Add(new Splice(alias.Start, alias.End - alias.Start, $"{{<<: *{alias.Name}, {string.Join(", ", entries)}}}"));
    }

    private void ChangeEmbedded(ScalarNode scalar, EmbeddedChange embedded)
    {
        if (scalar.Tag is not null)
        {
            throw new EditRefusedException("the value has a tag");
        }

        var inner = Plan(embedded.Document, embedded.Changes);
        if (embedded.Document.Literal is { } literal)
        {
            _splices.AddRange(inner.Select(literal.ToOuter));
        }
        else
        {
            var value = embedded.Document.Encode(Splice.Apply(embedded.Document.Text, inner));
            ReplaceScalar(scalar, value, new Slot(Key: null, IsFlow: false, IsJson: false));
        }
    }

    private static string NewFlowValue(EditTree change, bool json)
    {
        if (change.Value is { } value)
        {
            return ScalarText.Write(value, like: null, json);
        }

        return change.Appended.Count > 0
            ? ScalarText.Write(new YamlValue.List(change.Appended), like: null, json)
            : $"{{{string.Join(", ", change.Keys.Select(entry => NewFlowEntry(entry.Key, entry.Child, json)))}}}";
    }

    private static string NewFlowEntry(string key, EditTree child, bool json) =>
        $"{ScalarText.Write(key, like: null, json)}: {NewFlowValue(child, json)}";

    private static IEnumerable<string> NewBlockEntry(string key, EditTree child, int indent)
    {
        var start = $"{new string(' ', indent)}{ScalarText.Write(key)}:";
        return child.Keys.Count == 0
            ? [$"{start} {NewFlowValue(child, json: false)}"]
            : child.Keys.SelectMany(entry => NewBlockEntry(entry.Key, entry.Child, indent + 2)).Prepend(start);
    }

    private bool IsJson(MappingNode mapping) =>
        mapping.IsFlow && mapping.Entries.Count > 0 && _text[mapping.Entries[0].Key.Start] == '"';

    private string NewLineAt(int index)
    {
        var lineBreak = _text.AsSpan(index).IndexOf('\n');
        return lineBreak > 0 && _text[index + lineBreak - 1] == '\r' ? "\r\n" : "\n";
    }

    private int LineStart(int index) => _text.AsSpan(0, index).LastIndexOfAny('\n', '\r') + 1;

    private int LineEnd(int index)
    {
        var length = _text.AsSpan(index).IndexOfAny('\n', '\r');
        return length < 0 ? _text.Length : index + length;
    }

    /// <summary>The start of the line behind the one that ends at or after an offset; a block scalar's end is one already.</summary>
    private int NextLine(int index)
    {
        if (index > 0 && _text[index - 1] is '\n' or '\r')
        {
            return index;
        }

        var end = LineEnd(index);
        return end >= _text.Length ? end : BehindBreak(end);
    }

    private int BehindBreak(int index) => _text[index] == '\r' && index + 1 < _text.Length && _text[index + 1] == '\n' ? index + 2 : index + 1;
}
