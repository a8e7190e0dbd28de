using System.Text.RegularExpressions;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary><c>${VAR}</c> and <c>${VAR:default}</c> in the config of a container that runs with <c>-config.expand-env</c>.</summary>
internal static partial class ConfigVariables
{
    /// <summary>The text as Tempo reads it, as far as the stream tells; what only the cluster knows stays <c>${VAR}</c>.</summary>
    public static string Expand(string text, IReadOnlyList<TempoContainer> containers)
    {
        if (!text.Contains("${", StringComparison.Ordinal) || containers.FirstOrDefault(Expands) is not { } container)
        {
            return text;
        }

        return Variable().Replace(text, match =>
        {
            var name = match.Groups["name"].Value;
            var hasDefault = match.Groups["default"].Success;
            return container.Container.EnvironmentValue(name)
                ?? (hasDefault && !IsTakenFromElsewhere(container, name) ? match.Groups["default"].Value : match.Value);
        });
    }

    private static bool Expands(TempoContainer container) =>
        container.Container.Flags.Find(TempoFlag.ExpandEnvironment) is { } flag && flag.Value is null or "true" or "1" or "t" or "T" or "TRUE" or "True";

    /// <summary>A variable that is set, but to what only the cluster knows.</summary>
    private static bool IsTakenFromElsewhere(TempoContainer container, string name) =>
        container.Container.Environment(name) is not null || container.Container.Node.Find("envFrom").Items().Any();

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-?(?<default>[^}]*))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
