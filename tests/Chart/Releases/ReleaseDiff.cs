using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Releases;

/// <summary>
/// The difference of two renders, for people: added objects are printed, removed objects are named, and for the others the
/// changed paths are listed; objects with the same changes are grouped. Files in ConfigMaps are compared key by key or line by
/// line.
/// Checksums are left out, because other tests check restarts.
/// </summary>
internal static partial class ReleaseDiff
{
    private const int ShortList = 80;

    public static string Of(RenderedRelease before, RenderedRelease after)
    {
        var text = new StringBuilder();
        foreach (var gone in before.Objects.Where(o => after.Find(o.Kind, o.Name) is null))
        {
            text.Append("--- ").Append(gone).Append('\n');
        }

        var changed = after
            .Objects.Select(o => (Object: o, Lines: before.Find(o.Kind, o.Name) is { } old ? Changes(old, o) : ""))
            .Where(static change => change.Lines.Length > 0)
            .GroupBy(static change => change.Lines, static change => change.Object);
        foreach (var alike in changed)
        {
            text.Append("~~~ ").AppendJoin("\n    ", alike).Append('\n').Append(alike.Key);
        }

        foreach (var come in after.Objects.Where(o => before.Find(o.Kind, o.Name) is null))
        {
            text.Append("+++ ").Append(come).Append('\n').Append(Scrub(CanonicalYaml.Of(come.Yaml)));
        }

        return text.ToString();
    }

    /// <summary>The lines of an object, one for every scalar, as <see cref="Of"/> compares them.</summary>
    public static IEnumerable<string> Lines(JsonNode? node) => Flatten(node, "").Select(Scrub);

    private static string Changes(ReleaseObject before, ReleaseObject after)
    {
        var (old, now) = (Lines(before.Json).ToList(), Lines(after.Json).ToList());
        var gone = Without(old, now).Select(static line => $"  - {line}\n");
        var come = Without(now, old).Select(static line => $"  + {line}\n");
        return string.Concat(gone.Concat(come));
    }

    /// <summary>The lines of one list that the other does not have, or has less often.</summary>
    private static IEnumerable<string> Without(List<string> lines, List<string> others)
    {
        var left = others.CountBy(static line => line).ToDictionary();
        foreach (var line in lines)
        {
            if (left.TryGetValue(line, out var count) && count > 0)
            {
                left[line] = count - 1;
            }
            else
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> Flatten(JsonNode? node, string path) =>
        node switch
        {
            JsonObject { Count: > 0 } map => map.SelectMany(entry => Flatten(entry.Value, Join(path, entry.Key))),
            JsonArray { Count: > 0 } list => FlattenList(list, path),
            JsonValue value when value.IsString() && value.ToString().Contains('\n') => FlattenFile(value.ToString(), path),
            _ => [$"{path}: {(node is null ? "null" : node.ToJsonString(Plain))}"],
        };

    private static IEnumerable<string> FlattenList(JsonArray list, string path)
    {
        var text = list.ToJsonString(Plain);
        if (list.All(static item => item is JsonValue))
        {
            return text.Length <= ShortList ? [$"{path}: {text}"] : list.SelectMany(item => Flatten(item, $"{path}[]"));
        }

        return list.SelectMany((item, i) => Flatten(item, $"{path}[{item.At("name").Text() ?? $"{i}"}]"));
    }

    private static IEnumerable<string> FlattenFile(string text, string path)
    {
        if (path.EndsWith(".yaml") || path.EndsWith(".json"))
        {
            return Flatten(StrictYaml.Read(text), "").Select(line => $"{path} > {line}");
        }

        return text.TrimEnd('\n').Split('\n').Select(line => $"{path} > {line.Trim()}");
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Scrub(string text) => Checksum().Replace(text, "CHECKSUM");

    private static System.Text.Json.JsonSerializerOptions Plain { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex(@"\b[0-9a-f]{64}\b")]
    private static partial Regex Checksum();
}
