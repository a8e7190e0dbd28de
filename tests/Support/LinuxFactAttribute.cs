using System.Runtime.Versioning;

// They start bash, and Linux programs that the scripts of a release start too.
[assembly: UnsupportedOSPlatform("windows")]

namespace Tempo.Helm.Tests.Support;

/// <summary>A test that needs /proc or the devices of Linux.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "this machine does not run Linux";
}
