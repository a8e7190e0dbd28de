using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>A file that a ConfigMap or Secret of the stream carries.</summary>
public sealed class ConfigFile
{
    private static readonly string[] DataFields = ["data", "stringData", "binaryData"];

    private ConfigFile(KubernetesObject owner, string key, EmbeddedDocument document)
    {
        Owner = owner;
        Key = key;
        Document = document;
    }

    /// <summary>The ConfigMap or Secret.</summary>
    public KubernetesObject Owner { get; }

    /// <summary>The key in its data.</summary>
    public string Key { get; }

    /// <summary>The file's text as a document inside the object's document.</summary>
    public EmbeddedDocument Document { get; }

    /// <summary>Whether nothing of the file may be printed but addresses.</summary>
    public bool IsSecret => Owner.Kind == "Secret";

    /// <summary>Opens a key of a ConfigMap or Secret, or returns null where it is missing or no text.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="key">The key.</param>
    public static ConfigFile? Open(KubernetesObject owner, string key)
    {
        // The order of precedence is the API server's: stringData is written over data.
        (string Field, EmbeddedEncoding Encoding)[] fields = owner.Kind == "Secret"
            ? [("stringData", EmbeddedEncoding.Text), ("data", EmbeddedEncoding.Base64)]
            : [("data", EmbeddedEncoding.Text), ("binaryData", EmbeddedEncoding.Base64)];
        foreach (var (field, encoding) in fields)
        {
            if (owner.Find(field, key) is ScalarNode { IsNull: false } scalar)
            {
                var document = EmbeddedDocument.Open(owner.Document, owner.Path.Key(field, key), scalar, encoding);
                return document is null ? null : new ConfigFile(owner, key, document);
            }
        }

        return null;
    }

    /// <summary>Every key of a ConfigMap or Secret that holds text.</summary>
    /// <param name="owner">The object.</param>
    public static IEnumerable<ConfigFile> OpenAll(KubernetesObject owner)
    {
        var keys = DataFields
            .SelectMany(field => (owner.Find(field) as MappingNode)?.Entries ?? [])
            .Select(static entry => entry.Name)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
        return keys.Select(key => Open(owner, key)).OfType<ConfigFile>();
    }
}
