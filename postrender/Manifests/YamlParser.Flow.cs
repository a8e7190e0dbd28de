namespace Tempo.PostRender.Manifests;

/// <content>Flow sequences and flow mappings.</content>
internal sealed partial class YamlParser
{
    private void ReadFlowItems(int row)
    {
        for (var isFirst = true; Kind != YamlTokenKind.FlowSequenceEnd; isFirst = false)
        {
            if (!isFirst)
            {
                TakeEnd(YamlTokenKind.FlowEntry, "expected , or ] here");
            }

            if (Kind == YamlTokenKind.Key)
            {
                ReadPair();
            }
            else if (Kind != YamlTokenKind.FlowSequenceEnd)
            {
                ReadNode(isBlock: false, allowsIndentless: false);
            }
        }

        Take();
        Close(row, _end);
    }

    /// <summary><c>[key: value]</c>, a mapping without braces.</summary>
    private void ReadPair()
    {
        var key = Take();
        var row = Add(RowKind.SinglePair, key.Start, key.End, properties: null);
        ReadNode(isBlock: false, allowsIndentless: false);
        ReadValue(isBlock: false);
        Close(row, _lastEnd);
    }

    private void ReadFlowEntries(int row)
    {
        for (var isFirst = true; Kind != YamlTokenKind.FlowMappingEnd; isFirst = false)
        {
            if (!isFirst)
            {
                TakeEnd(YamlTokenKind.FlowEntry, "expected , or } here");
                if (Kind == YamlTokenKind.FlowMappingEnd)
                {
                    break;
                }
            }

            if (Kind == YamlTokenKind.Key)
            {
                Take();
                ReadPart(isBlock: false);
                ReadValue(isBlock: false);
            }
            else
            {
                ReadNode(isBlock: false, allowsIndentless: false);
                AddEmpty();
            }
        }

        Take();
        Close(row, _end);
    }
}
