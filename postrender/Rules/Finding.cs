using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>What a finding means for the release.</summary>
public enum FindingLevel
{
    /// <summary>It has edits that fix it; enforce mode applies them.</summary>
    Fixable,

    /// <summary>Only the user can fix it.</summary>
    Error,

    /// <summary>It may be intended, or could not be checked; the release works without a change.</summary>
    Warning,

    /// <summary>An annotation of the object disables the rule.</summary>
    Ignored,
}

/// <summary>One place where a release breaks a rule. Immutable, and independent of the graph.</summary>
public sealed record Finding
{
    /// <summary>The rule that found it.</summary>
    public required RuleDescription Rule { get; init; }

    /// <summary>What it means for the release.</summary>
    public required FindingLevel Level { get; init; }

    /// <summary>The place in the release.</summary>
    public required Place Place { get; init; }

    /// <summary>What was found, as a predicate: <c>is [IPv4]</c>.</summary>
    public required string Found { get; init; }

    /// <summary>Why it matters, as a clause.</summary>
    public required string Why { get; init; }

    /// <summary>What to do, in the imperative.</summary>
    public required string Remedy { get; init; }

    /// <summary>What was done if the edits are applied; empty unless it is fixable.</summary>
    public string Done { get; init; } = "";

    /// <summary>The edits that fix it; empty unless it is fixable.</summary>
    public IReadOnlyList<Edit> Edits { get; init; } = [];

    /// <summary>Whether it only restarts pods because another fix changes their config.</summary>
    public bool IsRestart => Rule == ConfigRollout.Rule && Edits.Count > 0;
}

/// <summary>The place of a finding, as reports show it.</summary>
public sealed record Place
{
    /// <summary>The object: <c>Service/tempo/tempo-querier</c>.</summary>
    public required string Object { get; init; }

    /// <summary>The path in the object: <c>spec.ipFamilies</c>; empty for the object as a whole.</summary>
    public required string Path { get; init; }

    /// <summary>The path inside the config file at <see cref="Path"/>, or null if the finding is not in a config file.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>The template the object was rendered from, or null.</summary>
    public string? Source { get; init; }

    /// <summary>The input file, or null for standard input.</summary>
    public string? File { get; init; }

    /// <summary>Line and column in the input, from 1; line 0 for a live object.</summary>
    public Location Location { get; init; }

    /// <summary>The document with the line, or null for a live object, and the UTF-16 offset in its text.</summary>
    internal (YamlDocument? Document, int Index) Origin { get; init; }

    /// <summary>The ids of the rules that an annotation of the object disables.</summary>
    public IReadOnlyList<string> IgnoredRules { get; init; } = [];

    /// <summary>A place in an object.</summary>
    /// <param name="path">The path from the document's root.</param>
    public static Place In(KubernetesObject found, NodePath path)
    {
        var index = found.Document.IndexOf(path);
        return new()
        {
            Object = found.Reference,
            Path = Within(found, path),
            Source = found.Source,
            File = found.File,
            Location = found.Document.Locate(index),
            Origin = (found.Document, index),
            IgnoredRules = found.IgnoredRules,
        };
    }

    /// <summary>A place in a config file.</summary>
    /// <param name="path">The path from the config's root.</param>
    public static Place In(ConfigFile file, NodePath path) => In(file, path.ToString(), file.IsYaml ? file.Document.IndexOf(path) : 0);

    /// <summary>A place in the text of a config file, reported as its line.</summary>
    /// <param name="index">The UTF-16 offset in the file's text.</param>
    public static Place At(ConfigFile file, int index) => InLine(file, file.Document.LineOf(index));

    /// <summary>A line of a file that is not YAML.</summary>
    /// <param name="line">The line's index, from 0.</param>
    public static Place InLine(ConfigFile file, int line) => In(file, $"line {line + 1}", file.Document.IndexOfLine(line));

    /// <summary>Whether it is in a live object, which has no lines.</summary>
    public bool IsLive => Location.Line == 0;

    /// <summary>Whether it is in a Secret; reports show only addresses from Secrets.</summary>
    public bool IsSecret => Object.StartsWith("Secret/", StringComparison.Ordinal);

    /// <summary>The path as one text: <c>data["tempo.yaml"]#memberlist.bind_addr</c>.</summary>
    public string FullPath => ConfigPath is null ? Path : $"{Path}#{ConfigPath}";

    private static Place In(ConfigFile file, string configPath, int index) =>
        new()
        {
            Object = file.Owner.Reference,
            Path = Within(file.Owner, file.Path),
            ConfigPath = configPath,
            Source = file.Owner.Source,
            File = file.Owner.File,
            Location = file.Document.Locate(index),
            Origin = (file.Document, index),
            IgnoredRules = file.Owner.IgnoredRules,
        };

    /// <summary>The path from the object's root, which differs from the document's root for an item of a List.</summary>
    private static string Within(KubernetesObject found, NodePath path)
    {
        var text = path.ToString();
        var prefix = found.Path.ToString();
        return text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..].TrimStart('.') : text;
    }
}
