namespace Tempo.PostRender.Manifests;

/// <summary>
/// Compares a changed document with the original and its edits, node by node. Any other difference is an error of the writer, and
/// must not reach a cluster.
/// </summary>
internal static class EditVerifier
{
    /// <summary>The path of the first node that is not the original plus the edits, or null if there is none.</summary>
    public static string? FirstDifference(YamlDocument original, EditTree changes, string changedText)
    {
        if (changes.IsText)
        {
            return LinesOf(changedText).SequenceEqual(LinesOf(original.Text).SelectMany((line, index) => ChangedLine(line, index, changes)))
                ? null
                : "its lines";
        }

        try
        {
            return Compare(original.Root, original.Read(changedText)?.Root, changes)?.ToString();
        }
        catch (YamlSyntaxException exception)
        {
            return $"the result is not YAML: {exception.Message}";
        }
    }

    private static IEnumerable<string> LinesOf(string text) =>
        text.TrimEnd('\n', '\r').Split('\n').Select(static line => line.TrimEnd('\r'));

    private static IEnumerable<string> ChangedLine(string line, int index, EditTree changes) =>
        (changes.InsertedLines.GetValueOrDefault(index) ?? []).Prepend(changes.SetLines.GetValueOrDefault(index, line));

    /// <summary>The path, from these two nodes, of the first difference, or null.</summary>
    private static NodePath? Compare(YamlNode? before, YamlNode? after, EditTree? change)
    {
        if (change is null)
        {
            return IsSame(before, after) ? null : NodePath.Root;
        }

        if (change.Value is { } value)
        {
            return Holds(after, value) || HoldsWithKept(before, after, value) ? null : NodePath.Root;
        }

        switch (before, after)
        {
            case (ScalarNode old, ScalarNode now) when change.Embedded is { } embedded:
                var inner = embedded.Document.TextOf(now.Value);
                return
                    old.Tag == now.Tag
                    && old.Anchor == now.Anchor
                    && inner is not null
                    && FirstDifference(embedded.Document, embedded.Changes, inner) is null
                    ? null
                    : NodePath.Root;
            case (MappingNode old, MappingNode now) when old.Tag == now.Tag && old.Anchor == now.Anchor:
                return CompareEntries(old, now.Entries, change);
            case (MappingNode old, ScalarNode { IsNull: true }):
                return CompareEntries(old, [], change);
            case (SequenceNode old, SequenceNode now) when old.Tag == now.Tag && old.Anchor == now.Anchor:
                return CompareItems(old, now, change);
            case (AliasNode old, MappingNode now)
                when now.Entries is [{ Name: "<<", Value: AliasNode merged }, ..] && merged.Name == old.Name:
                return HoldsEntries(now.Entries.Skip(1), change.Keys) ? null : NodePath.Root;
            case (ScalarNode { IsNull: true } old, _) when old.Tag == after?.Tag && old.Anchor == after?.Anchor:
                return HoldsNew(after, change) ? null : NodePath.Root;
            default:
                return NodePath.Root;
        }
    }

    /// <summary>New entries come before the old ones, in the order of the changes.</summary>
    private static NodePath? CompareEntries(MappingNode before, IReadOnlyList<MappingEntry> after, EditTree change)
    {
        var at = 0;
        foreach (var (name, added) in change.Keys)
        {
            if (before.FindOwn(name) is null && (at == after.Count || !HoldsEntry(after[at++], name, added)))
            {
                return NodePath.Root;
            }
        }

        foreach (var old in before.Entries)
        {
            var found = old.Name is { } name ? change.Find(name) : null;
            if (found is { Removes: true })
            {
                continue;
            }

            if (at == after.Count || !old.HasKeyOf(after[at]))
            {
                return NodePath.Root;
            }

            // Of duplicate keys, only the last one is changed.
            var now = after[at++];
            var isChanged = found is not null && before.FindOwn(old.Name!) == old;
            var difference =
                isChanged ? Compare(old.Value, now.Value, found)
                : old.HasValueOf(now) ? null
                : NodePath.Root;
            if (difference is not null)
            {
                return NodePath.Of(old.Name ?? "?").Append(difference);
            }
        }

        return at == after.Count && change.Items.Count + change.Appended.Count == 0 ? null : NodePath.Root;
    }

    private static NodePath? CompareItems(SequenceNode before, SequenceNode after, EditTree change)
    {
        if (
            change.Keys.Count > 0
            || change.Items.Keys.Any(index => index >= before.Items.Count)
            || after.Items.Count != before.Items.Count + change.Appended.Count
        )
        {
            return NodePath.Root;
        }

        for (var i = 0; i < before.Items.Count; i++)
        {
            if (Compare(before.Items[i], after.Items[i], change.Items.GetValueOrDefault(i)) is { } difference)
            {
                return NodePath.Root.Item(i).Append(difference);
            }
        }

        return after.Items.Skip(before.Items.Count).Zip(change.Appended).All(static pair => Holds(pair.First, pair.Second))
            ? null
            : NodePath.Root;
    }

    private static bool HoldsEntries(IEnumerable<MappingEntry> entries, List<KeyValuePair<string, EditTree>> added)
    {
        var at = 0;
        foreach (var entry in entries)
        {
            if (at == added.Count || !HoldsEntry(entry, added[at].Key, added[at].Value))
            {
                return false;
            }

            at++;
        }

        return at == added.Count;
    }

    private static bool HoldsEntry(MappingEntry entry, string name, EditTree added) => entry.Name == name && HoldsNew(entry.Value, added);

    private static bool HoldsNew(YamlNode? node, EditTree change) =>
        node switch
        {
            _ when !change.IsNew => false,
            _ when change.Value is { } value => Holds(node, value),
            MappingNode mapping => change.Appended.Count == 0 && HoldsEntries(mapping.Entries, change.Keys),
            SequenceNode sequence => change.Keys.Count == 0 && Holds(sequence, new YamlValue.List(change.Appended)),
            _ => false,
        };

    private static bool Holds(YamlNode? node, YamlValue value) =>
        (node, value) switch
        {
            (ScalarNode scalar, YamlValue.Text text) => scalar.Value == text.Value
                && (scalar.Style != ScalarStyle.Plain || ScalarText.Write(text) == text.Value),
            (ScalarNode { Style: ScalarStyle.Plain } scalar, YamlValue.Boolean or YamlValue.Integer) => scalar.Value == value.ToString(),
            (MappingNode mapping, YamlValue.Entry entry) => mapping.Entries is [{ Name: var name, Value: var held }]
                && name == entry.Key
                && Holds(held, entry.Value),
            (SequenceNode sequence, YamlValue.List list) => sequence.Items.Count == list.Items.Count
                && sequence.Items.Zip(list.Items).All(static pair => Holds(pair.First, pair.Second)),
            _ => false,
        };

    /// <summary>Items that already have the wanted value keep their style.</summary>
    private static bool HoldsWithKept(YamlNode? before, YamlNode? after, YamlValue value) =>
        (before, after, value) is (SequenceNode old, SequenceNode now, YamlValue.List list)
        && old.Anchor == now.Anchor
        && old.Tag == now.Tag
        && now.Items.Count == list.Items.Count
        && now.Items.Select(
                (item, i) =>
                    Holds(item, list.Items[i])
                    || (i < old.Items.Count && old.Items[i] is ScalarNode kept && list.Items[i].Is(kept) && IsSame(kept, item))
            )
            .All(static holds => holds);

    private static bool IsSame(YamlNode? before, YamlNode? after) =>
        before is null || after is null ? before == after : YamlComparison.AreEqual(before.Tree, before.Index, after.Tree, after.Index);
}
