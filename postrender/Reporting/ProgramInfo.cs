using System.Reflection;

namespace Tempo.PostRender.Reporting;

/// <summary>The program's name, and its version and repository as the build stamped them.</summary>
internal static class ProgramInfo
{
    /// <summary>The name; every line on standard error that is not a finding starts with it.</summary>
    public const string Name = "tempo-postrender";

    /// <summary>The version, with the commit if the build knew it.</summary>
    public static string Version { get; } =
        typeof(ProgramInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>The address of the repository, or null; only the builds of a release know it.</summary>
    public static string? Repository { get; } =
        typeof(ProgramInfo)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(static attribute => attribute.Key == "RepositoryUrl")
            ?.Value
            is { Length: > 0 } address
            ? address
            : null;
}
