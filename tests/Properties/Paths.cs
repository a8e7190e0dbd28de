using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tempo.Helm.Tests.Properties;

/// <summary>
/// Every scalar of a document with its path, including those of embedded configs. Reads with YamlDotNet directly, so that
/// a mistake that the program's own reader and writer share is found.
/// </summary>
internal static class Paths
{
    public static Dictionary<string, string> Of(string document)
    {
        var paths = new Dictionary<string, string>();
        Collect(document, "", paths, embedded: false);
        return paths;
    }

    private static void Collect(string text, string prefix, Dictionary<string, string> paths, bool embedded)
    {
        // The only form that charts emit and the parser refuses: a block scalar that starts with blanks.
        var readable = System.Text.RegularExpressions.Regex.Replace(text, @"\|\n +\n", "|\n\n");
        var parser = new Parser(new StringReader(readable));
        parser.Consume<StreamStart>();
        if (parser.TryConsume<DocumentStart>(out _))
        {
            Node(parser, prefix, paths, embedded);
        }
    }

    private static void Node(Parser parser, string path, Dictionary<string, string> paths, bool embedded)
    {
        if (parser.TryConsume<MappingStart>(out _))
        {
            paths[path + "{}"] = "";
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                Node(parser, $"{path}.{parser.Consume<Scalar>().Value}", paths, embedded);
            }
        }
        else if (parser.TryConsume<SequenceStart>(out _))
        {
            for (var i = 0; !parser.TryConsume<SequenceEnd>(out _); i++)
            {
                Node(parser, $"{path}[{i}]", paths, embedded);
            }
        }
        else
        {
            var scalar = parser.Consume<Scalar>();
            if (!embedded && path.EndsWith(".tempo.yaml"))
            {
                Collect(
                    path.StartsWith(".data") && !scalar.Value.Contains(':')
                        ? Encoding.UTF8.GetString(Convert.FromBase64String(scalar.Value))
                        : scalar.Value,
                    path + "#",
                    paths,
                    embedded: true
                );
            }
            else
            {
                paths[path] = (scalar.Style == ScalarStyle.Plain ? "" : "quoted ") + scalar.Value;
            }
        }
    }
}
