using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>A file that a ConfigMap or Secret of the stream carries.</summary>
public sealed class ConfigFile
{
    private static readonly string[] DataFields = ["data", "stringData", "binaryData"];

    private bool? _isYaml;

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

    /// <summary>Whether the file can be read, and so be edited, as it stands; a file of variables may be YAML only when they are expanded.</summary>
    public bool IsYaml => _isYaml ??= ReadsAsYaml();

    /// <summary>Whether nothing of the file may be printed but addresses.</summary>
    public bool IsSecret => Owner.Kind == "Secret";

    /// <summary>Opens a key of a ConfigMap or Secret, or returns null where it is missing or no text.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="key">The key.</param>
    /// <param name="form">How the file is read as YAML, or null where it is YAML as it stands.</param>
    public static ConfigFile? Open(KubernetesObject owner, string key, ITextForm? form = null)
    {
        // The order of precedence is the API server's: stringData is written over data.
        (string Field, EmbeddedEncoding Encoding)[] fields = owner.Kind == "Secret"
            ? [("stringData", EmbeddedEncoding.Text), ("data", EmbeddedEncoding.Base64)]
            : [("data", EmbeddedEncoding.Text), ("binaryData", EmbeddedEncoding.Base64)];
        foreach (var (field, encoding) in fields)
        {
            if (owner.Find(field, key) is ScalarNode { IsNull: false } scalar)
            {
                var document = EmbeddedDocument.Open(owner.Document, owner.Path.Key(field, key), scalar, encoding, form);
                return document is null ? null : new ConfigFile(owner, key, document);
            }
        }

        return null;
    }

    /// <summary>Every key of a ConfigMap or Secret that holds text.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="form">How the files are read as YAML, or null where they are YAML as they stand.</param>
    public static IEnumerable<ConfigFile> OpenAll(KubernetesObject owner, ITextForm? form = null)
    {
        var keys = DataFields
            .SelectMany(field => (owner.Find(field) as MappingNode)?.Entries ?? [])
            .Select(static entry => entry.Name)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
        return keys.Select(key => Open(owner, key, form)).OfType<ConfigFile>();
    }

    private bool ReadsAsYaml()
    {
        try
        {
            return Document.Root is not null;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }
}
