using System.Reflection;

namespace Tempo.PostRender.Reporting;

/// <summary>The program's version as the build stamped it.</summary>
internal static class ProgramVersion
{
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
