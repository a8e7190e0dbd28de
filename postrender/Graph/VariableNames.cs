using System.Text.RegularExpressions;

namespace Tempo.PostRender.Graph;

/// <summary>The names of the environment variables that a text refers to.</summary>
public static partial class VariableNames
{
    /// <summary>The names in every <c>${…}</c>, which Tempo expands, those in its argument included.</summary>
    /// <param name="text">The text of a config or of a setting.</param>
    public static IEnumerable<string> InConfig(string text)
    {
        foreach (var found in Substitution.Read(text))
        {
            yield return found.Name;
            foreach (var inner in InConfig(found.Argument))
            {
                yield return inner;
            }
        }
    }

    /// <summary>The names in every <c>$(…)</c>, which Kubernetes expands, and in every <c>${…}</c>, which a shell expands.</summary>
    /// <param name="text">The text of an argument.</param>
    public static IEnumerable<string> InArgument(string text) =>
        KubernetesReference().Matches(text).Select(static found => found.Groups["name"].Value).Concat(InConfig(text));

    [GeneratedRegex(@"\$\((?<name>[^()]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex KubernetesReference();
}
