namespace Tempo.Helm.Tests.Support;

/// <summary>An assertion about a list of faults that shows all of them.</summary>
internal static class AssertNone
{
    /// <summary>Fails with one line per fault if there is any.</summary>
    public static void Of(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
