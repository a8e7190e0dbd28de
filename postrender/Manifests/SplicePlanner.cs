using Tempo.PostRender.Words;

namespace Tempo.PostRender.Manifests;

/// <summary>Turns the edits of one document into the smallest possible changes of its text.</summary>
/// <remarks>
/// New keys are written before the first key of a mapping. Its offset and indentation are always known; the end of a mapping can be
/// followed by comments, blank lines, or the end of a block scalar.
/// </remarks>
internal sealed partial class SplicePlanner
{
    private readonly bool _isTrial;
    private readonly YamlDocument _document;
    private readonly string _text;
    private readonly TextLines _lines;
    private readonly List<Splice> _splices = [];

    private SplicePlanner(YamlDocument document, bool isTrial)
    {
        _isTrial = isTrial;
        _document = document;
        _text = document.Text;
        _lines = new TextLines(_text);
    }

    /// <summary>The changes of the document's text, in no particular order.</summary>
    /// <exception cref="EditRefusedException">An edit would change more of the text than it asks for.</exception>
    public static IReadOnlyList<Splice> Plan(YamlDocument document, EditTree changes) => Plan(document, changes, isTrial: false);

    /// <summary>Checks whether the edits can be made, without writing the changed text.</summary>
    /// <exception cref="EditRefusedException">As for <see cref="Plan(YamlDocument, EditTree)"/>.</exception>
    public static void Try(YamlDocument document, EditTree changes) => Plan(document, changes, isTrial: true);

    private static List<Splice> Plan(YamlDocument document, EditTree changes, bool isTrial)
    {
        if (changes.IsText)
        {
            return TextLineSplices.Of(document, changes);
        }

        var planner = new SplicePlanner(document, isTrial);
        var root = document.Root ?? throw new EditRefusedException("the document is empty");
        if (root.Tree.IsCutShort)
        {
            throw new EditRefusedException("YAML readers ignore the text after its root node; correct the indentation of that text");
        }

        planner.Change(root, changes, new Slot(Key: null, IsFlow: false, IsJson: false));
        return planner._splices;
    }

    /// <summary>The context of a node: its key, or null, and the style in which the mapping or list around it is written.</summary>
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
                RefuseUnlessNew(change);
                ReplaceScalar(scalar, NewEntryText.FlowValue(change, slot.IsJson), slot);
                break;
            default:
                throw new EditRefusedException("there is a plain value where a mapping or a list should be");
        }
    }

    private void RefuseSharedAnchor(YamlNode node)
    {
        if (node.Anchor is { } anchor && _document.AliasedAnchors.Contains(anchor))
        {
            throw new EditRefusedException($"it is below the anchor &{Printable.OneLine(anchor)}, which is used elsewhere too");
        }
    }

    /// <summary>Refuses changes that need a value at a path where the document has none.</summary>
    private static void RefuseUnlessNew(EditTree change)
    {
        if (!change.IsNew)
        {
            throw new EditRefusedException("a part of its path is missing");
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

                var like = scalar.IsNull ? (ScalarStyle?)null : scalar.Style;
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
        if (scalar.IsMissing)
        {
            InsertValue(scalar, written, slot);
            return;
        }

        var start = scalar.ContentStart;
        var isBlock = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded;
        if (isBlock && _text.AsSpan(_lines.StartAt(start)..start).IsWhiteSpace())
        {
            // On its own line, a block scalar can have the column of its key; a value of another style cannot.
            throw new EditRefusedException("its block scalar starts on a line of its own");
        }

        var ending = isBlock && TextLines.Breaks.Contains(_text[scalar.End - 1]) ? _lines.BreakAt(start) : "";
        _splices.Add(new Splice(start, scalar.End - start, written + ending));
    }

    /// <summary>Writes a value after a key or a dash that has none: <c>key:</c>, <c>-</c>, <c>{key: }</c> and <c>{key}</c>.</summary>
    private void InsertValue(ScalarNode empty, string written, Slot slot)
    {
        // After the colon or the dash, or, if there is neither, after the key.
        var place = empty.ContentStart;
        if (slot.Key is null || place > empty.Start || (place > slot.Key.End && _text[place - 1] == ':'))
        {
            _splices.Add(new Splice(place, 0, " " + written));
        }
        else if (slot.IsFlow && !_text.AsSpan(slot.Key.Start..place).ContainsAny(TextLines.Breaks))
        {
            _splices.Add(new Splice(place, 0, ": " + written));
        }
        else
        {
            throw new EditRefusedException("its key is written with ? or over several lines");
        }
    }

    /// <summary>Replaces <c>*name</c> by <c>{&lt;&lt;: *name, key: value}</c>, so that other uses of the anchor do not change.</summary>
    private void ExpandAlias(AliasNode alias, EditTree change, Slot slot)
    {
        if (
            alias.Target is not MappingNode target
            || !change.IsNew
            || change.Appended.Count > 0
            || change.Keys.Any(entry => entry.Value.Value is null && target.Find(entry.Key) is not null)
        )
        {
            throw new EditRefusedException($"it comes from the alias *{Printable.OneLine(alias.Name)}, so its keys must be written here");
        }

        var entries = change.Keys.Select(entry => NewEntryText.FlowEntry(entry.Key, entry.Value, slot.IsJson));
        _splices.Add(new Splice(alias.Start, alias.End - alias.Start, $"{{<<: *{alias.Name}, {string.Join(", ", entries)}}}"));
    }

    private void ChangeEmbedded(ScalarNode scalar, EmbeddedChange embedded)
    {
        if (scalar.Tag is not null)
        {
            throw new EditRefusedException("the value has a tag");
        }

        var inner = Plan(embedded.Document, embedded.Changes, _isTrial);
        if (embedded.Document.Literal is { } literal)
        {
            _splices.AddRange(inner.Select(literal.ToOuter));
        }
        else
        {
            var value = _isTrial ? "" : embedded.Document.Encode(Splice.Apply(embedded.Document.Text, inner));
            ReplaceScalar(scalar, value, new Slot(Key: null, IsFlow: false, IsJson: false));
        }
    }
}
