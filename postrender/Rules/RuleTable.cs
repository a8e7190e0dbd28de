using System.Text;

namespace Tempo.PostRender.Rules;

/// <summary>The rules as a table for the README.</summary>
public static class RuleTable
{
    /// <summary>A Markdown table with a line for every rule, ending with a line break.</summary>
    /// <param name="rules">The rules.</param>
    public static string Markdown(IReadOnlyList<RuleDescription> rules)
    {
        var table = new StringBuilder("| rule | holds when | fix |\n| --- | --- | --- |\n");
        foreach (var rule in rules)
        {
            table.Append($"| {rule.Id} {rule.Name} | {rule.Requirement} | {rule.Fix} |\n");
        }

        return table.ToString();
    }
}
