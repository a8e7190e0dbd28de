namespace Tempo.Helm.Tests.Support;

/// <summary>An assertion about a list of faults that shows all of them, and what to do.</summary>
internal static class AssertNone
{
    /// <summary>Fails with one line per fault if there is any.</summary>
    /// <param name="faults">The faults.</param>
    /// <param name="advice">What to do about them, as a sentence; null if the faults state it.</param>
    public static void Of(IEnumerable<string> faults, string? advice = null)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, string.Join('\n', advice is null ? all : [advice, .. all]));
    }
}
