using System.Globalization;

namespace Tempo.PostRender.Tempo;

/// <summary>
/// The versions of Tempo that have a key, a section, a receiver and so on. Bounds are written <c>2.8</c> or <c>2.9.2</c> and are
/// included; <c>2.10</c> as the last version includes every 2.10.x.
/// </summary>
public sealed class VersionRange
{
    private readonly (TempoVersion First, TempoVersion Last)[] _parts;

    private VersionRange(params (TempoVersion First, TempoVersion Last)[] parts) => _parts = parts;

    /// <summary>Every version, known or not.</summary>
    public static VersionRange All { get; } = new((default, new TempoVersion(int.MaxValue, 0, 0)));

    /// <summary>
    /// The first and the last version of every part of the range. The last patch is <see cref="int.MaxValue"/> if a part includes all
    /// patches of its last minor version. An open end has no bound.
    /// </summary>
    public IEnumerable<TempoVersion> Bounds =>
        _parts
            .SelectMany(static part => (TempoVersion[])[part.First, part.Last])
            .Where(static bound => bound != default && bound.Major != int.MaxValue);

    /// <summary>A version and all later ones.</summary>
    /// <param name="first">The first version.</param>
    public static VersionRange Since(string first) => new((Bound(first, 0), new TempoVersion(int.MaxValue, 0, 0)));

    /// <summary>A version and all earlier ones.</summary>
    /// <param name="last">The last version.</param>
    public static VersionRange Until(string last) => new((default, Bound(last, int.MaxValue)));

    /// <summary>From one version to another.</summary>
    /// <param name="first">The first version.</param>
    /// <param name="last">The last version.</param>
    public static VersionRange Between(string first, string last) => new((Bound(first, 0), Bound(last, int.MaxValue)));

    /// <summary>These versions and those of another range, which begins later.</summary>
    /// <param name="later">The other range.</param>
    public VersionRange And(VersionRange later) => new([.. _parts, .. later._parts]);

    /// <summary>Whether a version is in the range.</summary>
    public bool Contains(TempoVersion version)
    {
        foreach (var (first, last) in _parts)
        {
            if (first <= version && version <= last)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether all these versions are in the range; false for an empty list.</summary>
    public bool ContainsAll(IReadOnlyCollection<TempoVersion> versions) => versions.Count > 0 && versions.All(Contains);

    /// <summary>The range as text: <c>2.2 to 2.10</c>, <c>2.8 or later</c>.</summary>
    public override string ToString() =>
        string.Join(
            " and ",
            _parts.Select(static part =>
                part.Last.Major == int.MaxValue ? $"{Name(part.First)} or later"
                : part.First == default ? $"{Name(part.Last)} or earlier"
                : $"{Name(part.First)} to {Name(part.Last)}"
            )
        );

    private static TempoVersion Bound(string text, int patch)
    {
        var version = Version.Parse(text);
        return new TempoVersion(version.Major, version.Minor, version.Build < 0 ? patch : version.Build);
    }

    private static string Name(TempoVersion version) =>
        version.Patch is 0 or int.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"{version.Major}.{version.Minor}")
            : version.ToString();
}
