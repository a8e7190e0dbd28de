using System.Text;
using Tempo.PostRender.Manifests;

namespace Tempo.Helm.Tests.Support;

/// <summary>Short ways to streams and documents.</summary>
internal static class Yaml
{
    public static ManifestStream Stream(string text) => ManifestStream.Open(Encoding.UTF8.GetBytes(text));

    public static ManifestDocument Document(string text) => Stream(text).Document(0);

    /// <summary>The text with edits of its first document applied.</summary>
    public static string Edit(string text, Func<ManifestDocument, IEnumerable<Edit>> edits)
    {
        var stream = Stream(text);
        return Concat(ManifestWriter.Apply(stream, edits(stream.Document(0))));
    }

    /// <summary>The text with one value of its first document set.</summary>
    public static string Set(string text, NodePath path, YamlValue value) =>
        Edit(text, document => [PostRender.Manifests.Edit.Set(document, path, value)]);

    /// <summary>The text with one value set inside the file at <c>data.&lt;key&gt;</c> of its first document.</summary>
    public static string SetInside(string text, string key, NodePath path, YamlValue value) =>
        Edit(
            text,
            document =>
            {
                var place = NodePath.Of("data", key);
                var inner = EmbeddedDocument.Open(document, place, (ScalarNode)document.Find(place)!, EmbeddedEncoding.Text)!;
                return [PostRender.Manifests.Edit.Set(inner, path, value)];
            }
        );

    public static string Concat(IEnumerable<ReadOnlyMemory<byte>> parts) =>
        Encoding.UTF8.GetString([.. parts.SelectMany(static part => part.ToArray())]);

    public static string? Value(string text, params string[] keys) => (Document(text).Find(NodePath.Of(keys)) as ScalarNode)?.Value;
}
