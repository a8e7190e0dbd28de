namespace Tempo.PostRender.Manifests;

/// <content>Changes, appends and removes items of lists.</content>
internal sealed partial class SplicePlanner
{
    private void ChangeSequence(SequenceNode sequence, EditTree change)
    {
        if (change.Keys.Count > 0)
        {
            throw new EditRefusedException("there is a list where a mapping should be");
        }

        foreach (var (index, child) in change.Items)
        {
            if (index >= sequence.Items.Count)
            {
                throw new EditRefusedException($"the list has no item {index}");
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
            _splices.Add(
                new Splice(isEmpty ? sequence.ContentStart + 1 : EndOfFlow(sequence.Items[^1]), 0, isEmpty ? items : ", " + items)
            );
            return;
        }

        var (newLine, indent) = (_lines.BreakAt(sequence.ContentStart), new string(' ', sequence.Indent));
        var lines = values.Select(item => $"{indent}- {ScalarText.Write(item)}");
        // A block scalar ends at the start of the next line; any other node ends within its line, possibly before a comment.
        var atLineStart = TextLines.Breaks.Contains(_text[sequence.End - 1]);
        if (!atLineStart && sequence.EndsWithBlockScalar)
        {
            throw new EditRefusedException("its last block scalar ends without a line break, which would become part of it");
        }

        _splices.Add(
            atLineStart
                ? new Splice(sequence.End, 0, string.Concat(lines.Select(line => line + newLine)))
                : new Splice(_lines.EndAt(sequence.End), 0, string.Concat(lines.Select(line => newLine + line)))
        );
    }

    /// <summary>Replaces item by item, so that unchanged items keep their lines and comments.</summary>
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
            var start = EndOfFlow(sequence.Items[index - 1]);
            _splices.Add(new Splice(start, sequence.Items[^1].End - start, ""));
            return;
        }

        foreach (var item in sequence.Items.Skip(index))
        {
            var lineStart = _lines.StartAt(item.Start);
            if (_text.AsSpan(lineStart, item.Start - lineStart).Trim(' ') is not "-")
            {
                throw new EditRefusedException("an item of the list shares its line with something else");
            }

            _splices.Add(new Splice(lineStart, _lines.NextAt(item.End) - lineStart, ""));
        }
    }
}
