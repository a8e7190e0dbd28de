using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Tempo.Helm.Tests.Support.LongestFirst", "Tempo.Helm.Tests")]

namespace Tempo.Helm.Tests.Support;

/// <summary>Runs the longest tests first, so that they do not run alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        Releasing.ReleaseCollection.Name,
        // These wait for seconds: for connections that never come, and for traces that are not found.
        $".{nameof(Cluster)}.{nameof(Cluster.Scripts)}.",
        nameof(Chart.ChartSnapshotTests),
        nameof(Cluster.Verify.VerifyLimitsTests),
        Documents.DocumentCollection.Name,
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(static collection => Place(collection.DisplayName));

    private static int Place(string name)
    {
        var place = Array.FindIndex(Longest, longest => name.Contains(longest));
        return place < 0 ? Longest.Length : place;
    }
}
