using Snapshooter;
using Snapshooter.Xunit;

namespace Tempo.Helm.Tests.Support;

/// <summary>Compares text with a committed snapshot, and says what to do if they differ.</summary>
internal static class SnapshotAssert
{
    /// <summary>Compares with <c>tests/&lt;folder&gt;/__snapshots__/&lt;name&gt;.snap</c>.</summary>
    public static void Match(string actual, string folder, string name)
    {
        var directory = Repository.Path("tests", folder);
        var file = $"{name}.snap";
        var accepted = Path.Combine(directory, "__snapshots__", file);
        var mismatch = Path.Combine(directory, "__snapshots__", "__mismatch__", file);
        var isNew = !File.Exists(accepted);
        if (Update.IsAsked && (isNew || File.ReadAllText(accepted) != actual))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(accepted)!);
            File.WriteAllText(accepted, actual);
        }

        try
        {
            Snapshot.Match(actual, new SnapshotFullName(file, directory));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var (old, now) = (Relative(accepted), Relative(mismatch));
            throw new Xunit.Sdk.XunitException(
                isNew
                    ? $"There is no snapshot {old} yet. Run the test without SNAPSHOOTER_STRICT_MODE, read the file it "
                        + "writes, and commit it."
                    : $"""
                    {old} differs from what the code makes: git diff --no-index {old} {now}
                    {Update.Advice}
                    {FirstDifference(accepted, actual)}
                    """
            );
        }
    }

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path);

    private static string FirstDifference(string acceptedFile, string actual)
    {
        var (old, now) = (File.ReadAllText(acceptedFile).Split('\n'), actual.Split('\n'));
        for (var i = 0; i < Math.Max(old.Length, now.Length); i++)
        {
            var (was, isNow) = (i < old.Length ? old[i] : "(end)", i < now.Length ? now[i] : "(end)");
            if (was != isNow)
            {
                return $"first difference in line {i + 1}:\n  was: {was}\n  is:  {isNow}";
            }
        }

        return "the texts differ in line ends only";
    }
}
