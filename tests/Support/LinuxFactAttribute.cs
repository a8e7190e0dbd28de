using System.Runtime.Versioning;

// They start bash, and Linux programs that the scripts of a release start too.
[assembly: UnsupportedOSPlatform("windows")]

namespace Tempo.Helm.Tests.Support;

/// <summary>A test that needs /proc or the devices of Linux.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    /// <summary>Why such a test is skipped; null on Linux.</summary>
    public static string? Obstacle { get; } = OperatingSystem.IsLinux() ? null : "this machine does not run Linux";

    public LinuxFactAttribute() => Skip = Obstacle;
}
