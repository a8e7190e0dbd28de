namespace Tempo.PostRender.Manifests;

/// <summary>Writes keys that the document does not have yet.</summary>
internal static class NewEntryText
{
    /// <summary>The lines of new entries of a block mapping, without the indentation of the mapping.</summary>
    public static IEnumerable<string> Lines(IEnumerable<KeyValuePair<string, EditTree>> entries) =>
        entries.SelectMany(static entry => BlockEntry(entry.Key, entry.Value, indent: 0));

    /// <summary><c>key: value</c> in a flow mapping, quoted as JSON if <paramref name="json"/> is true.</summary>
    public static string FlowEntry(string key, EditTree child, bool json) =>
        $"{ScalarText.Write(key, like: null, json)}: {FlowValue(child, json)}";

    /// <summary>A value, a list or a mapping in flow style, on one line.</summary>
    public static string FlowValue(EditTree change, bool json)
    {
        if (change.Value is { } value)
        {
            return ScalarText.Write(value, like: null, json);
        }

        return change.Appended.Count > 0
            ? ScalarText.Write(new YamlValue.List(change.Appended), like: null, json)
            : $"{{{string.Join(", ", change.Keys.Select(entry => FlowEntry(entry.Key, entry.Value, json)))}}}";
    }

    private static IEnumerable<string> BlockEntry(string key, EditTree child, int indent)
    {
        var start = $"{new string(' ', indent)}{ScalarText.Write(key)}:";
        return child.Keys.Count == 0
            ? [$"{start} {FlowValue(child, json: false)}"]
            : child.Keys.SelectMany(entry => BlockEntry(entry.Key, entry.Value, indent + 2)).Prepend(start);
    }
}
