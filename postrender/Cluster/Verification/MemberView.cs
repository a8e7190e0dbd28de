using System.Collections.Concurrent;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Pages;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The members that one pod sees.</summary>
/// <param name="Members">The members, by name and address.</param>
internal sealed record MemberView(IReadOnlyList<Member> Members)
{
    /// <summary>The addresses without ports.</summary>
    public IReadOnlySet<string> Addresses { get; } = Members.Select(static member => AddressOf(member)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The address of a member without its port, in the form that Kubernetes writes.</summary>
    public static string AddressOf(Member member) => Normal(member.Endpoint.Host.Text);

    /// <summary>An address in its shortest form.</summary>
    public static string Normal(string address) => Host.ParseAddress(address)?.ToString() ?? address;
}

/// <summary>
/// Keeps one object for equal views, so that a thousand pods with the same thousand members share one list.
/// </summary>
internal sealed class MemberViews
{
    private readonly ConcurrentDictionary<string, MemberView> _views = new(StringComparer.Ordinal);

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
