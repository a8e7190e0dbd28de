namespace Tempo.PostRender.Manifests;

/// <content>Block collections: sequences with dashes, and mappings with a key per line.</content>
internal sealed partial class YamlParser
{
    private void ReadItems(int row, bool isIndentless)
    {
        while (Kind == YamlTokenKind.BlockEntry)
        {
            Take();
            if (TryReadPart())
            {
                continue;
            }

            if (
                Kind is YamlTokenKind.BlockEntry or YamlTokenKind.BlockEnd
                || (isIndentless && Kind is YamlTokenKind.Key or YamlTokenKind.Value)
            )
            {
                AddEmpty();
            }
            else
            {
                ReadNode(isBlock: true, allowsIndentless: false);
            }
        }

        if (!isIndentless)
        {
            TakeEnd(YamlTokenKind.BlockEnd, "a line of a list must start with a dash, in the column of the dashes above");
        }

        Close(row, _lastEnd);
    }

    private void ReadEntries(int row)
    {
        while (true)
        {
            if (TryReadKey())
            {
                ReadPart(isBlock: true);
            }
            else if (Kind == YamlTokenKind.Key)
            {
                Take();
                ReadPart(isBlock: true);
                ReadValue(isBlock: true);
            }
            else
            {
                break;
            }
        }

        TakeEnd(YamlTokenKind.BlockEnd, "expected a key in the column of the keys above, or the end of the value above");
        Close(row, _lastEnd);
    }

    /// <summary>Reads a key and its colon, if the scanner can read them without tokens.</summary>
    private bool TryReadKey()
    {
        if (_hasNext || !_scanner.TryTakeKey(out var key))
        {
            return false;
        }

        AddPlain(key);
        _end++;
        return true;
    }

    /// <summary>Reads a block mapping or a value, if the scanner can read its start without tokens.</summary>
    private bool TryReadPart()
    {
        if (_hasNext)
        {
            return false;
        }

        if (_scanner.TryEnterMapping(out var start))
        {
            ReadEntries(Add(RowKind.BlockMapping, start, start, properties: null));
            return true;
        }

        if (_scanner.TryTakeValue(out var value))
        {
            AddPlain(value);
            return true;
        }

        return false;
    }

    private void AddPlain(Range text)
    {
        _end = text.End.Value;
        Add(RowKind.Plain, text.Start.Value, _end, properties: null, isVerbatim: true);
    }

    /// <summary>Reads a key or a value; adds an empty node if the next token shows that there is none.</summary>
    private void ReadPart(bool isBlock)
    {
        if (isBlock && TryReadPart())
        {
            return;
        }

        var isMissing = isBlock
            ? Kind is YamlTokenKind.Key or YamlTokenKind.Value or YamlTokenKind.BlockEnd
            : Kind is YamlTokenKind.Value or YamlTokenKind.FlowEntry or YamlTokenKind.FlowSequenceEnd or YamlTokenKind.FlowMappingEnd;
        if (isMissing)
        {
            AddEmpty();
        }
        else
        {
            ReadNode(isBlock, allowsIndentless: isBlock);
        }
    }

    private void ReadValue(bool isBlock)
    {
        if (Kind == YamlTokenKind.Value)
        {
            Take();
            ReadPart(isBlock);
        }
        else
        {
            AddEmpty();
        }
    }
}
