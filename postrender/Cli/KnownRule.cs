using Tempo.PostRender.Cluster.Preflight;
using Tempo.PostRender.Cluster.Verification;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>A rule, or a check of a cluster, and the command that runs it.</summary>
/// <param name="Command">The command: check (the post-renderer runs the same rules), preflight or verify.</param>
/// <param name="CanBeDisabled">Whether <c>--disable</c> and the annotation disable it.</param>
internal sealed record KnownRule(RuleDescription Rule, string Command, bool CanBeDisabled)
{
    /// <summary>All rules and checks by their ids.</summary>
    public static IReadOnlyList<KnownRule> All { get; } =
    [
        .. RuleCatalog.Descriptions.Select(static rule => new KnownRule(rule, "check", RuleCatalog.Optional.Contains(rule))),
        .. PreflightChecks.All.Select(static check => new KnownRule(check, "preflight", CanBeDisabled: false)),
        .. LiveChecks.All.Select(static check => new KnownRule(check, "verify", CanBeDisabled: false)),
    ];

    /// <summary>A rule by its id or its name.</summary>
    /// <param name="word">The id or the name, in any case.</param>
    /// <param name="where">The argument or the option that has it.</param>
    /// <exception cref="UsageException">No rule has it.</exception>
    public static KnownRule Find(string word, string where) =>
        All.FirstOrDefault(known =>
            known.Rule.Id.Equals(word, StringComparison.OrdinalIgnoreCase)
            || known.Rule.Name.Equals(word, StringComparison.OrdinalIgnoreCase)
        )
        ?? throw new UsageException(
            $"{where} is {Printable.OneLine(word)}, which is neither the id nor the name of a rule"
                + NearestWord.Question(RuleCatalog.NearestId(word, All.Select(static known => known.Rule)))
        );
}
