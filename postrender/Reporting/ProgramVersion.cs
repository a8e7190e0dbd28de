using System.Reflection;

namespace Tempo.PostRender.Reporting;

/// <summary>The program's version and repository, as the build stamped them.</summary>
internal static class ProgramVersion
{
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>The address of the repository, or null; only the builds of a release know it.</summary>
    public static string? Repository { get; } =
        typeof(ProgramVersion)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(static attribute => attribute.Key == "RepositoryUrl")
            ?.Value
            is { Length: > 0 } address
            ? address
            : null;
}
