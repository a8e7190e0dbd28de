namespace Tempo.PostRender.Tempo;

/// <summary>The known versions of Tempo. A new version needs a line here, and rows in the other tables of this folder.</summary>
public static class TempoVersions
{
    /// <summary>The version in development, in images tagged <c>main-…</c>.</summary>
    public static TempoVersion Development { get; } = new(3, 1, 0);

    /// <summary>The newest release; a container whose version is unknown is checked as this version.</summary>
    public static TempoVersion NewestRelease { get; } = new(3, 0, 3);

    /// <summary>The oldest version whose settings are known.</summary>
    public static TempoVersion Oldest { get; } = new(2, 0, 0);

    /// <summary>
    /// Every version whose rows in these tables differ from the previous version, the last release of each minor version, and the version
    /// in development; oldest first. Source: Tempo's sources at these tags.
    /// </summary>
    public static IReadOnlyList<TempoVersion> Known { get; } =
    [
        Oldest,
        new(2, 0, 1),
        new(2, 1, 0),
        new(2, 1, 1),
        new(2, 2, 0),
        new(2, 2, 4),
        new(2, 3, 0),
        new(2, 3, 1),
        new(2, 4, 0),
        new(2, 4, 2),
        new(2, 5, 0),
        new(2, 6, 0),
        new(2, 6, 1),
        new(2, 7, 0),
        new(2, 7, 2),
        new(2, 8, 0),
        new(2, 8, 4),
        new(2, 9, 0),
        new(2, 9, 2),
        new(2, 9, 3),
        new(2, 9, 5),
        new(2, 10, 0),
        new(2, 10, 5),
        new(2, 10, 6),
        new(2, 10, 8),
        new(3, 0, 0),
        NewestRelease,
        Development,
    ];

    /// <summary>The last known release of a minor or major version; the first version of it if none is known.</summary>
    /// <param name="major">The major version.</param>
    /// <param name="minor">The minor version, or null for the newest.</param>
    internal static TempoVersion LastOf(int major, int? minor) =>
        Known.LastOrDefault(
            version => version.Major == major && (minor is null ? version <= NewestRelease : version.Minor == minor),
            new TempoVersion(major, minor ?? 0, 0)
        );
}
