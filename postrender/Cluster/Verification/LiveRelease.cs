using Tempo.PostRender.Graph;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>A release as it lives in the cluster: what the graph says of it, and its pods.</summary>
/// <param name="Release">The release, built from the live objects.</param>
/// <param name="Analysis">What the rules say of it.</param>
/// <param name="Pods">Its Tempo pods.</param>
internal sealed record LiveRelease(Release Release, ReleaseAnalysis Analysis, IReadOnlyList<ReleasePod> Pods);

/// <summary>What a namespace holds.</summary>
/// <param name="Releases">The Tempo releases.</param>
/// <param name="Pods">All pods that were looked at, Tempo's and others.</param>
/// <param name="Slices">The EndpointSlices, by Service.</param>
internal sealed record LiveNamespace(IReadOnlyList<LiveRelease> Releases, IReadOnlyList<LivePod> Pods, ILookup<string, LiveSlice> Slices);
