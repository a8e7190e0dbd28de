using System.Globalization;
using System.Text;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>
/// Expands <c>${…}</c> in a config as far as the containers that read it allow: variables with literal values, and the defaults of
/// variables that are not set. A variable whose value is known only in the cluster is not expanded.
/// </summary>
internal sealed class VariableExpansion(IReadOnlyList<Container> containers)
{
    /// <summary>The limit for variables whose values contain other variables.</summary>
    private const int MaxDepth = 50;

    /// <summary>Whether any of the containers expands variables.</summary>
    public bool IsOn => containers.Any(Expands);

    /// <summary>Whether a container expands variables: <c>-config.expand-env</c>, with or without a true value.</summary>
    public static bool Expands(Container container) =>
        container.Flags.Find(TempoFlag.ExpandEnvironment) is { } flag
        && flag.Value is null or "true" or "1" or "t" or "T" or "TRUE" or "True";

    /// <summary>A text as Tempo reads it; unknown variables stay <c>${…}</c>.</summary>
    public string Expand(string text) => text.Contains('$', StringComparison.Ordinal) && IsOn ? Expand(text, 0) : text;

    private string Expand(string text, int depth)
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        foreach (var found in Substitution.Read(text))
        {
            result.Append(Unescaped(text[position..found.Start]));
            result.Append(depth > MaxDepth ? text[found.Start..found.End] : ValueOf(found, depth) ?? text[found.Start..found.End]);
            position = found.End;
        }

        return result.Append(Unescaped(text[position..])).ToString();
    }

    private static string Unescaped(string text) => text.Replace("$$", "$", StringComparison.Ordinal);

    /// <summary>The value of a substitution, or null if it is unknown.</summary>
    private string? ValueOf(Substitution found, int depth)
    {
        // Another tool may set the variable later, when it changes the pod. If it does not, the default applies.
        var unset = found.Form == SubstitutionForm.Default ? "" : null;
        var values = containers.Where(Expands).Select(container => VariableOf(container, found.Name, unset)).Distinct().Take(2).ToList();
        if (found.Form is SubstitutionForm.Invalid or SubstitutionForm.Function || values is not [{ } value])
        {
            return null;
        }

        return found.Form switch
        {
            SubstitutionForm.Default => value.Length > 0 ? value : Expand(found.Argument, depth + 1),
            SubstitutionForm.Substring => Substring(value, Expand(found.Argument, depth + 1)),
            _ => value,
        };
    }

    /// <summary>The value of a variable, <paramref name="unset"/> if it is not set, or null if it comes from another source.</summary>
    private static string? VariableOf(Container container, string name, string? unset)
    {
        if (container.Environment(name) is { } variable)
        {
            // $(OTHER) is expanded by kubelet.
            return variable.Get("valueFrom") is not null ? null
                : variable.Text("value") is not { } text ? ""
                : text.Contains("$(", StringComparison.Ordinal) ? null
                : text;
        }

        return container.Node.Find("envFrom").Items().Length > 0 ? null : unset;
    }

    /// <summary>The part of a value for <c>offset</c> or <c>offset:length</c>; the whole value if one of them is not a number.</summary>
    private static string? Substring(string value, string argument)
    {
        var parts = argument.Split(':', 2);
        if (
            !int.TryParse(parts[0], out var offset)
            || !int.TryParse(parts.ElementAtOrDefault(1) ?? int.MaxValue.ToString(CultureInfo.InvariantCulture), out var length)
        )
        {
            return value;
        }

        // The result of negative numbers is treated as unknown.
        return offset < 0 || length < 0 ? null
            : offset >= value.Length ? ""
            : value.Substring(offset, Math.Min(length, value.Length - offset));
    }
}
