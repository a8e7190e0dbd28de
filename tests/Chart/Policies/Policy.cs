using Tempo.Helm.Tests.Chart.Releases;

namespace Tempo.Helm.Tests.Chart.Policies;

/// <summary>A requirement that every release meets, whatever its values.</summary>
/// <param name="Name">The requirement, as a sentence with underscores.</param>
/// <param name="Violations">The violations in a release, one text each.</param>
internal sealed record Policy(string Name, Func<RenderedRelease, IEnumerable<string>> Violations)
{
    /// <summary>All policies. One test checks each policy with every release; another checks that each policy can fail.</summary>
    public static IReadOnlyList<Policy> All { get; } =
    [
        .. ServicePolicies.All,
        .. WorkloadPolicies.All,
        .. PodPolicies.All,
        .. ReferencePolicies.All,
        .. FamilyPolicies.All,
        .. ObjectPolicies.All,
        .. TempoPolicies.All,
        .. GatewayPolicies.All,
    ];

    public static Policy Named(string name) => All.Single(policy => policy.Name == name);
}
