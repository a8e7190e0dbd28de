using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>The addresses of the pages about rules.</summary>
internal static class RuleLinks
{
    /// <summary>The address of a rule's page in this version, or null if the build does not know its repository.</summary>
    public static string? Of(RuleDescription rule) => Of(rule, ProgramInfo.Repository, ProgramInfo.Version);

    internal static string? Of(RuleDescription rule, string? repository, string version)
    {
        // The version is followed by the commit: 0.1.0+3f2a….
        var commit = version.IndexOf('+', StringComparison.Ordinal);
        var revision = commit < 0 ? $"v{version}" : version[(commit + 1)..];
        return repository is null ? null : $"{repository.TrimEnd('/')}/blob/{revision}/docs/{PageOf(rule)}";
    }

    /// <summary>The checks of a cluster are on the pages of their commands.</summary>
    private static string PageOf(RuleDescription rule) =>
        rule.Id[..4] switch
        {
            "TPF1" => "preflight.md#what-it-finds",
            "TPF2" => "verify.md#what-is-looked-at",
            _ => $"rules.md#{rule.Id.ToLowerInvariant()}-{rule.Name}",
        };
}
