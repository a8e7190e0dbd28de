using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>A release in the cluster: its part of the graph, and its pods.</summary>
/// <param name="Release">The release, built from the live objects.</param>
/// <param name="Analysis">What the rules found in it.</param>
/// <param name="Services">Its Services, and those of the programs beside Tempo.</param>
internal sealed record LiveRelease(
    Release Release,
    ReleaseAnalysis Analysis,
    IReadOnlyList<ReleasePod> Pods,
    IReadOnlyList<ReleaseService> Services
)
{
    /// <summary>The family of the release, or null if it could not be decided.</summary>
    public AddressFamily? Family => Analysis.Decision.Family;

    public IReadOnlySet<string> ServiceNames { get; } = Services.Select(static member => member.Service.Object.Name).ToHashSet();
}

/// <summary>The contents of a namespace.</summary>
/// <param name="Releases">The Tempo releases.</param>
/// <param name="Pods">All pods of the namespace, whether they run Tempo or not.</param>
/// <param name="Slices">The EndpointSlices, by Service.</param>
/// <param name="IngressPoints">The Ingresses and Gateways that lead to the releases.</param>
internal sealed record LiveNamespace(
    IReadOnlyList<LiveRelease> Releases,
    IReadOnlyList<LivePod> Pods,
    ILookup<string, LiveSlice> Slices,
    IReadOnlyList<IngressPoint> IngressPoints
);
