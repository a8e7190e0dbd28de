using System.Text.RegularExpressions;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>A command-line flag in Go's form: one or two dashes, the value after <c>=</c> or in the next argument.</summary>
/// <param name="Name">The name without dashes.</param>
/// <param name="Value">The value, or null for a flag without one.</param>
/// <param name="Path">The argument that holds the value.</param>
/// <param name="Prefix">The text before the value in that argument (<c>-target=</c>), or null if the argument is not a single flag.</param>
public sealed record ContainerFlag(string Name, string? Value, NodePath Path, string? Prefix);

/// <summary>
/// The flags of a container, from <c>command</c> and <c>args</c>, in order. As in Kubernetes, <c>$(NAME)</c> is replaced by the
/// variable's value if the container sets it.
/// </summary>
public sealed partial class ContainerFlags
{
    private ContainerFlags(IReadOnlyList<ContainerFlag> all) => All = all;

    /// <summary>Every flag, in order.</summary>
    public IReadOnlyList<ContainerFlag> All { get; }

    /// <summary>The last flag with a name, which overrides the others, or null.</summary>
    /// <param name="name">The name without dashes.</param>
    public ContainerFlag? Find(string name) => All.LastOrDefault(flag => flag.Name == name);

    internal static ContainerFlags Read(NodePath container, MappingNode node, Func<string, string?> variable)
    {
        var words = new List<(string Word, NodePath Path, bool IsWhole)>();
        foreach (var list in (ReadOnlySpan<string>)["command", "args"])
        {
            var (paths, index) = (container.Key(list), 0);
            foreach (var item in node.Find(list).Items())
            {
                var path = paths.Item(index++);
                if (item.AsText() is { } text)
                {
                    AddWords(words, Expand(text, variable), path);
                }
            }
        }

        var flags = new List<ContainerFlag>();
        for (var i = 0; i < words.Count; i++)
        {
            var (word, path, isWhole) = words[i];
            var name = word.TrimStart('-');
            if (word.Length - name.Length is not (1 or 2) || name.Length == 0)
            {
                continue;
            }

            var equals = name.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0)
            {
                var prefix = word[..(word.Length - name.Length + equals + 1)];
                flags.Add(new ContainerFlag(name[..equals], name[(equals + 1)..], path, isWhole ? prefix : null));
            }
            else if (i + 1 < words.Count && !words[i + 1].Word.StartsWith('-'))
            {
                flags.Add(new ContainerFlag(name, words[i + 1].Word, words[i + 1].Path, words[i + 1].IsWhole ? "" : null));
            }
            else
            {
                flags.Add(new ContainerFlag(name, Value: null, path, Prefix: null));
            }
        }

        return new ContainerFlags(flags);
    }

    private static bool HasFlags(string text)
    {
        for (var at = text.IndexOf('-', StringComparison.Ordinal); at > 0; at = text.IndexOf('-', at + 1))
        {
            if (char.IsWhiteSpace(text[at - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static string Expand(string text, Func<string, string?> variable) =>
        text.Contains("$(", StringComparison.Ordinal)
            ? Reference()
                .Replace(text, match => match.Groups["name"] is { Success: true } name ? variable(name.Value) ?? match.Value : match.Value)
            : text;

    /// <summary>A variable, or <c>$$</c>, which is a literal dollar sign.</summary>
    [GeneratedRegex(@"\$\$|\$\((?<name>[^()]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    /// <summary>An argument is one word, unless it is a shell command with flags.</summary>
    private static void AddWords(List<(string Word, NodePath Path, bool IsWhole)> words, string text, NodePath path)
    {
        if (text.StartsWith('-') || text.AsSpan().IndexOf('-') <= 0 || !HasFlags(text))
        {
            words.Add((text, path, true));
            return;
        }

        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            words.Add((word.Trim('"', '\''), path, false));
        }
    }
}
