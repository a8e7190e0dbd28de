using System.Globalization;

namespace Tempo.PostRender.Tempo;

/// <summary>A version of Tempo, <c>major.minor.patch</c>. A suffix (<c>-rc.1</c>, <c>-amd64</c>) is ignored.</summary>
/// <param name="Major">The major version.</param>
/// <param name="Minor">The minor version.</param>
public readonly record struct TempoVersion(int Major, int Minor, int Patch) : IComparable<TempoVersion>
{
    /// <summary>The limit for the first number; a larger number is not a version of Tempo, but a date, for example.</summary>
    private const int HighestMajor = 9;

    /// <inheritdoc/>
    public int CompareTo(TempoVersion other) =>
        Major != other.Major ? Major.CompareTo(other.Major)
        : Minor != other.Minor ? Minor.CompareTo(other.Minor)
        : Patch.CompareTo(other.Patch);

    /// <summary>Whether one version is older than another.</summary>
    public static bool operator <(TempoVersion left, TempoVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether one version is newer than another.</summary>
    public static bool operator >(TempoVersion left, TempoVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether one version is another or older.</summary>
    public static bool operator <=(TempoVersion left, TempoVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one version is another or newer.</summary>
    public static bool operator >=(TempoVersion left, TempoVersion right) => left.CompareTo(right) >= 0;

    /// <summary>
    /// Parses the tag of an image, or the label <c>app.kubernetes.io/version</c>. Null if it contains no version: a digest,
    /// <c>latest</c>, or a custom tag (<c>prod-42</c>).
    /// </summary>
    /// <param name="tag">
    /// <c>3.0.3</c>, <c>v3.0.3</c>, <c>2.10.8-amd64</c>; <c>2.10</c> means its last release; <c>r210-abc1234</c> is a build of the
    /// branch of 2.10 and <c>main-abc1234</c> one of the version in development, as Tempo's own builds are named.
    /// </param>
    public static TempoVersion? Parse(string? tag)
    {
        if (string.IsNullOrEmpty(tag))
        {
            return null;
        }

        if (tag.StartsWith("main-", StringComparison.Ordinal))
        {
            return TempoVersions.Development;
        }

        var isBranch = tag[0] == 'r' && tag.Length > 2 && tag.Contains('-', StringComparison.Ordinal);
        var text = tag.AsSpan(tag[0] is 'v' or 'r' ? 1 : 0);
        var end = text.IndexOfAny('-', '+');
        text = end < 0 ? text : text[..end];
        if (isBranch && text.Length is 2 or 3 && !text.Contains('.'))
        {
            return Number(text[..1]) is { } major && Number(text[1..]) is { } minor ? TempoVersions.LastOf(major, minor) : null;
        }

        return tag[0] == 'r' ? null : ParseNumbers(text);
    }

    /// <summary>Reads <c>major.minor.patch</c>, <c>major.minor</c> or <c>major</c>.</summary>
    private static TempoVersion? ParseNumbers(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[4];
        var count = text.Split(parts, '.');
        if (count > 3 || Number(text[parts[0]]) is not (<= HighestMajor and var major))
        {
            return null;
        }

        var minor = count > 1 ? Number(text[parts[1]]) : null;
        var patch = count > 2 ? Number(text[parts[2]]) : null;
        return (minor is null && count > 1) || (patch is null && count > 2) ? null
            : patch is not null ? new TempoVersion(major, minor!.Value, patch.Value)
            : TempoVersions.LastOf(major, minor);
    }

    private static int? Number(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");
}
