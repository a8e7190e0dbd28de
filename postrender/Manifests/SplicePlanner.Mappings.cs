namespace Tempo.PostRender.Manifests;

/// <content>Sets, adds and removes keys of mappings.</content>
internal sealed partial class SplicePlanner
{
    private void ChangeMapping(MappingNode mapping, EditTree change)
    {
        if (change.Items.Count + change.Appended.Count > 0)
        {
            throw new EditRefusedException("there is a mapping where a list should be");
        }

        if (mapping.IsSinglePair)
        {
            throw new EditRefusedException("it is a pair without braces in a list");
        }

        if (mapping.HasMissingKey)
        {
            throw new EditRefusedException("it is next to a key without a name");
        }

        var json = IsJson(mapping);
        var missing = new List<KeyValuePair<string, EditTree>>();
        foreach (var (key, child) in change.Keys)
        {
            var entry = mapping.FindOwn(key);
            if (entry is not null && child.Removes)
            {
                RefuseSharedAnchor(entry.Value);
            }
            else if (entry is not null)
            {
                Change(entry.Value, child, new Slot(entry.Key, mapping.IsFlow, json));
            }
            else if (child.Value is null && mapping.FindMerged(key) is not null)
            {
                throw new EditRefusedException($"{key} comes from a merge key (<<), so it must be written here");
            }
            else
            {
                RefuseUnlessNew(child);
                missing.Add(KeyValuePair.Create(key, child));
            }
        }

        // New keys are written before the first key, or replace it if it is removed.
        var removes = change.Keys.Exists(static child => child.Value.Removes);
        var first = removes && IsRemoved(mapping.Entries[0]) ? mapping.Entries[0] : null;
        if (missing.Count > 0 && (first is null || mapping.IsFlow))
        {
            Insert(mapping, missing, json, IsRemoved);
        }

        if (removes)
        {
            Remove(mapping, IsRemoved, first, missing);
        }

        bool IsRemoved(MappingEntry entry) => entry.Name is { } name && change.Find(name) is { Removes: true };
    }

    private void Insert(MappingNode mapping, List<KeyValuePair<string, EditTree>> missing, bool json, Func<MappingEntry, bool> isRemoved)
    {
        if (mapping.IsFlow)
        {
            var entries = string.Join(", ", missing.Select(entry => NewEntryText.FlowEntry(entry.Key, entry.Value, json)));
            var brace = mapping.ContentStart + 1;
            var isSpaced = _text[brace] is ' ' or '\n' or '\r' or '\t';
            var text =
                mapping.Entries.All(isRemoved) ? entries
                : isSpaced ? entries + ","
                : entries + ", ";
            _splices.Add(new Splice(brace, 0, isSpaced ? " " + text : text));
            return;
        }

        var newLine = _lines.BreakAt(mapping.ContentStart) + new string(' ', mapping.Indent);
        _splices.Add(new Splice(mapping.ContentStart, 0, string.Join(newLine, NewEntryText.Lines(missing)) + newLine));
    }

    private void Remove(
        MappingNode mapping,
        Func<MappingEntry, bool> isRemoved,
        MappingEntry? replaced,
        List<KeyValuePair<string, EditTree>> missing
    )
    {
        if (mapping.IsFlow)
        {
            RemoveFlowEntries(mapping.Entries, isRemoved);
            return;
        }

        foreach (var entry in mapping.Entries.Where(isRemoved))
        {
            RemoveLines(mapping, entry, entry == replaced ? missing : []);
        }
    }

    private void RemoveLines(MappingNode mapping, MappingEntry entry, List<KeyValuePair<string, EditTree>> replacements)
    {
        if (replacements.Count > 0)
        {
            if (TextLines.Breaks.Contains(_text[entry.End - 1]))
            {
                throw new EditRefusedException("it would replace a key that ends with a block scalar");
            }

            var newLine = _lines.BreakAt(mapping.ContentStart) + new string(' ', mapping.Indent);
            _splices.Add(
                new Splice(
                    entry.Key.Start,
                    _lines.EndAt(entry.End) - entry.Key.Start,
                    string.Join(newLine, NewEntryText.Lines(replacements))
                )
            );
            return;
        }

        var lineStart = _lines.StartAt(entry.Key.Start);
        if (_text.AsSpan(lineStart, entry.Key.Start - lineStart).ContainsAnyExcept(' '))
        {
            throw new EditRefusedException("it shares its line with a list's dash");
        }

        _splices.Add(new Splice(lineStart, _lines.NextAt(entry.End) - lineStart, ""));
    }

    /// <summary>Adjacent entries are removed together, so that each comma is removed once.</summary>
    private void RemoveFlowEntries(IReadOnlyList<MappingEntry> entries, Func<MappingEntry, bool> isRemoved)
    {
        for (var first = 0; first < entries.Count; first++)
        {
            if (!isRemoved(entries[first]))
            {
                continue;
            }

            var behind = first + 1;
            while (behind < entries.Count && isRemoved(entries[behind]))
            {
                behind++;
            }

            var start = behind == entries.Count && first > 0 ? EndOfFlow(entries[first - 1].Value) : entries[first].Key.Start;
            var end = behind == entries.Count ? entries[^1].End : entries[behind].Key.Start;
            _splices.Add(new Splice(start, end - start, ""));
            first = behind;
        }
    }

    /// <summary>
    /// The offset after a node of a flow collection. If the node has no value after its colon or tag, the space there is kept.
    /// </summary>
    private int EndOfFlow(YamlNode part)
    {
        while (part is MappingNode { IsSinglePair: true } pair)
        {
            part = pair.Entries[0].Value;
        }

        return part is ScalarNode { IsMissing: true } && part.End < _text.Length && char.IsWhiteSpace(_text[part.End])
            ? part.End + 1
            : part.End;
    }

    private bool IsJson(MappingNode mapping) => mapping.IsFlow && mapping.Entries.Count > 0 && _text[mapping.Entries[0].Key.Start] == '"';
}
