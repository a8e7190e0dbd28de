using System.Collections.Concurrent;
using Tempo.PostRender.Cluster.Pages;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The members that one pod sees.</summary>
/// <param name="Members">The members, by name and address.</param>
internal sealed record MemberView(IReadOnlyList<Member> Members)
{
    /// <summary>The addresses without ports.</summary>
    public IReadOnlySet<string> Addresses { get; } = Members.Select(static member => member.Address).ToHashSet();
}

/// <summary>
/// Keeps one object for equal views, so that a thousand pods with the same thousand members share one list.
/// </summary>
internal sealed class MemberViews
{
    private readonly ConcurrentDictionary<string, MemberView> _views = new();

    /// <summary>The view with these members.</summary>
    public MemberView Of(IEnumerable<Member> members)
    {
        var sorted = members
            .OrderBy(static member => member.Name, StringComparer.Ordinal)
            .ThenBy(static member => member.Endpoint.ToString(), StringComparer.Ordinal)
            .ToList();
        var key = string.Join('\n', sorted.Select(static member => $"{member.Name}\t{member.Endpoint}\t{member.State}"));
        return _views.GetOrAdd(key, static (_, members) => new MemberView(members), sorted);
    }
}
