using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Support;

/// <summary>
/// A release in a canonical form, independent of Helm's version: documents by kind and name, no comments, block style, and
/// strings in double quotes only where they need them. With a post-renderer, Helm 3 keeps the text of the chart and Helm 4 writes all
/// documents anew; this form does not show the layout.
/// </summary>
internal static class CanonicalYaml
{
    public static string Of(string release)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(release));
        var documents = stream
            .Documents.Select(static document => document.RootNode)
            .OfType<YamlMappingNode>()
            .OrderBy(static root => Text(root, "kind"))
            .ThenBy(static root => Text((YamlMappingNode)root["metadata"], "name"));
        var text = new StringBuilder();
        foreach (var document in documents)
        {
            text.Append("---\n");
            WriteEntries(text, document, indent: 0);
        }

        return text.ToString();
    }

    private static string Text(YamlMappingNode mapping, string key) =>
        mapping.Children.TryGetValue(new YamlScalarNode(key), out var value) ? ((YamlScalarNode)value).Value ?? "" : "";

    private static void WriteEntries(StringBuilder text, YamlMappingNode mapping, int indent)
    {
        foreach (var (key, value) in mapping.Children)
        {
            text.Append(' ', indent).Append(Scalar((YamlScalarNode)key)).Append(':');
            WriteValue(text, value, indent + 2);
        }
    }

    private static void WriteValue(StringBuilder text, YamlNode value, int indent)
    {
        switch (value)
        {
            case YamlMappingNode { Children.Count: 0 }:
                text.Append(" {}\n");
                break;
            case YamlMappingNode mapping:
                text.Append('\n');
                WriteEntries(text, mapping, indent);
                break;
            case YamlSequenceNode { Children.Count: 0 }:
                text.Append(" []\n");
                break;
            case YamlSequenceNode sequence:
                text.Append('\n');
                foreach (var item in sequence.Children)
                {
                    WriteItem(text, item, indent);
                }

                break;
            case YamlScalarNode { Value: { } block } when block.Contains('\n'):
                WriteBlock(text, block, indent);
                break;
            case YamlScalarNode scalar:
                text.Append(' ').Append(Scalar(scalar)).Append('\n');
                break;
        }
    }

    private static void WriteItem(StringBuilder text, YamlNode item, int indent)
    {
        var nested = new StringBuilder();
        if (item is YamlMappingNode { Children.Count: > 0 } mapping)
        {
            WriteEntries(nested, mapping, indent + 2);
            text.Append(' ', indent).Append("- ").Append(nested.ToString().AsSpan(indent + 2));
        }
        else
        {
            WriteValue(nested, item, indent + 2);
            text.Append(' ', indent).Append('-').Append(nested);
        }
    }

    private static void WriteBlock(StringBuilder text, string block, int indent)
    {
        text.Append(" |").Append(block.EndsWith('\n') ? "" : "-").Append('\n');
        foreach (var line in block.TrimEnd('\n').Split('\n'))
        {
            text.Append(line.Length == 0 ? "" : new string(' ', indent)).Append(line).Append('\n');
        }
    }

    private static string Scalar(YamlScalarNode scalar)
    {
        var value = scalar.Value ?? "";
        var isString = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted or ScalarStyle.Literal or ScalarStyle.Folded;
        var readsAsOther =
            value is "" or "~" or "null" or "true" or "false" or "yes" or "no" or "on" or "off"
            || double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        var isSafe =
            value.Length > 0
            && value.All(static c => char.IsAsciiLetterOrDigit(c) || " -_./:+=".Contains(c))
            && char.IsAsciiLetterOrDigit(value[0])
            && !value.EndsWith(':')
            && !value.EndsWith(' ')
            && !value.Contains(": ");
        return (isString && readsAsOther) || (!isSafe && !readsAsOther)
            ? $"\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\""
            : value;
    }
}
