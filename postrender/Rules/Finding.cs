using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>What a finding means for the release.</summary>
public enum FindingLevel
{
    /// <summary>Has edits that fix it: fixed in enforce mode, an error in check mode.</summary>
    Fixable,

    /// <summary>Only the user can repair it.</summary>
    Error,

    /// <summary>May be intended, or could not be checked; breaks nothing by itself.</summary>
    Warning,

    /// <summary>The object's author switched the rule off for it.</summary>
    Ignored,
}

/// <summary>One place where a release breaks a rule. Immutable, and independent of the graph.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Level">What it means.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Found">What was found, as a predicate: <c>is [IPv4]</c>.</param>
/// <param name="Why">Why it matters, as a clause.</param>
/// <param name="Remedy">What to do, in the imperative.</param>
/// <param name="Edits">What repairs it; empty unless fixable.</param>
public sealed record Finding(
    RuleDescription Rule,
    FindingLevel Level,
    Place Place,
    string Found,
    string Why,
    string Remedy,
    IReadOnlyList<Edit> Edits
);

/// <summary>Where a finding is, in the user's terms.</summary>
/// <param name="Object">The object: <c>Service/tempo/tempo-querier</c>.</param>
/// <param name="Path">The path in the object: <c>spec.ipFamilies</c>.</param>
/// <param name="ConfigPath">The path inside the config that is the value at <paramref name="Path"/>, or null.</param>
/// <param name="Source">The template the object was rendered from, or null.</param>
/// <param name="File">The input file, or null for standard input.</param>
/// <param name="Location">Line and column in the input.</param>
/// <param name="IgnoredRules">The rules that are switched off for the object.</param>
public sealed record Place(
    string Object,
    string Path,
    string? ConfigPath,
    string? Source,
    string? File,
    Location Location,
    IReadOnlyList<string> IgnoredRules
)
{
    /// <summary>A place in an object.</summary>
    /// <param name="found">The object.</param>
    /// <param name="path">The path from the document's root.</param>
    public static Place In(KubernetesObject found, NodePath path) =>
        new(
            found.Reference,
            Within(found, path),
            ConfigPath: null,
            found.Source,
            found.Document.File,
            found.Document.Locate(path),
            found.IgnoredRules
        );

    /// <summary>A place in a config file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">The path from the config's root.</param>
    public static Place In(ConfigFile file, NodePath path) =>
        new(
            file.Owner.Reference,
            Within(file.Owner, file.Document.ContainerPath),
            path.ToString(),
            file.Owner.Source,
            file.Owner.Document.File,
            file.Document.Locate(file.IsYaml ? path : NodePath.Root),
            file.Owner.IgnoredRules
        );

    /// <summary>A place in the text of a config file, by the line that it is in.</summary>
    /// <param name="file">The file.</param>
    /// <param name="index">The UTF-16 offset in the file's text.</param>
    public static Place At(ConfigFile file, int index) => InLine(file, file.Document.LineOf(index));

    /// <summary>A line of a file that is not YAML.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line's index, from 0.</param>
    public static Place InLine(ConfigFile file, int line) =>
        In(file, NodePath.Root) with
        {
            ConfigPath = $"line {line + 1}",
            Location = file.Document.LocateLine(line),
        };

    /// <summary>Whether it is in a live object, which has no lines.</summary>
    public bool IsLive => Location.Line == 0;

    /// <summary>The path as one text: <c>data["tempo.yaml"]#memberlist.bind_addr</c>.</summary>
    public string FullPath => ConfigPath is null ? Path : $"{Path}#{ConfigPath}";

    /// <summary>The path from the object's root, which differs from the document's root for an item of a List.</summary>
    private static string Within(KubernetesObject found, NodePath path)
    {
        var text = path.ToString();
        var prefix = found.Path.ToString();
        return text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..].TrimStart('.') : text;
    }
}
