using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>A file in a ConfigMap or Secret, or the settings that a running process reports.</summary>
public sealed class ConfigFile
{
    private static readonly string[] DataFields = ["data", "stringData", "binaryData"];

    private bool? _isYaml;

    private ConfigFile(KubernetesObject owner, NodePath path, YamlDocument document)
    {
        Owner = owner;
        Path = path;
        Document = document;
    }

    /// <summary>The ConfigMap or Secret; for settings that a process reports, its pod.</summary>
    public KubernetesObject Owner { get; }

    /// <summary>The path of the text in the owner's document; for settings that a process reports, the pod's path.</summary>
    public NodePath Path { get; }

    /// <summary>The file's text as a document.</summary>
    public YamlDocument Document { get; }

    /// <summary>Whether the file is YAML and can be edited; a file with variables may not be YAML until they are expanded.</summary>
    public bool IsYaml => _isYaml ??= ReadsAsYaml();

    /// <summary>Whether only addresses from the file may be printed.</summary>
    public bool IsSecret => Owner.Kind == "Secret";

    /// <summary>The variables in the file that Tempo expands, in comments too.</summary>
    public IEnumerable<Substitution> Substitutions => Substitution.Read(Document.Text);

    /// <summary>The names of those variables.</summary>
    public IEnumerable<string> Variables => VariableNames.InConfig(Document.Text);

    /// <summary>Opens a key of a ConfigMap or Secret, or returns null if it is missing or is not text.</summary>
    /// <param name="form">How to read the file as YAML, or null if it is plain YAML.</param>
    public static ConfigFile? Open(KubernetesObject owner, string key, ITextForm? form = null)
    {
        // As in the API server, stringData overrides data (https://kubernetes.io/docs/concepts/configuration/secret/).
        (string Field, EmbeddedEncoding Encoding)[] fields =
            owner.Kind == "Secret"
                ? [("stringData", EmbeddedEncoding.Text), ("data", EmbeddedEncoding.Base64)]
                : [("data", EmbeddedEncoding.Text), ("binaryData", EmbeddedEncoding.Base64)];
        foreach (var (field, encoding) in fields)
        {
            if (owner.Find(field, key) is ScalarNode { IsNull: false } scalar)
            {
                var document = EmbeddedDocument.Open(owner.Document, owner.Path.Key(field, key), scalar, encoding, form);
                return document is null ? null : new ConfigFile(owner, document.ContainerPath, document);
            }
        }

        return null;
    }

    /// <summary>The settings that a process reports.</summary>
    /// <param name="pod">The object that runs it.</param>
    internal static ConfigFile OfProcess(KubernetesObject pod, LiveDocument settings) => new(pod, pod.Path, settings);

    /// <summary>Every key of a ConfigMap or Secret that holds text.</summary>
    /// <param name="form">How to read the files as YAML, or null if they are plain YAML.</param>
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
