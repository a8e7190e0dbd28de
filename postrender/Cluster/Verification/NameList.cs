using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>Names in a message.</summary>
internal static class NameList
{
    private const int Shown = 5;

    /// <summary>The first names of a list, and how many more there are.</summary>
    public static string Of(IReadOnlyList<string> names) =>
        names.Count <= Shown
            ? string.Join(", ", names.Select(static name => Printable.OneLine(name)))
            : $"{Of([.. names.Take(Shown)])} and {names.Count - Shown} more";
}
