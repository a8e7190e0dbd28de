namespace Tempo.PostRender.Helm;

/// <summary>Finds Helm, in the order in which the build looks for it (eng/Helm.targets).</summary>
public static class HelmLocator
{
    /// <summary>The runtime property with the folder into which a build from source downloaded Helm.</summary>
    private const string DirectoryProperty = "Tempo.PostRender.HelmDirectory";

    /// <summary>The path of a Helm of any version, or null.</summary>
    public static string? Find(Func<string, string?> environment) => FindAll(environment).FirstOrDefault();

    /// <summary>The paths of all Helm programs that are found, in order of preference.</summary>
    public static IEnumerable<string> FindAll(Func<string, string?> environment) => Candidates(environment).Where(File.Exists);

    private static IEnumerable<string> Candidates(Func<string, string?> environment)
    {
        // Helm tells its plugins in HELM_BIN which Helm runs them.
        foreach (var variable in (IEnumerable<string>)["HELM", "HELM_BIN", "HELM4", "HELM3"])
        {
            if (environment(variable) is { Length: > 0 } path)
            {
                yield return path;
            }
        }

        var program = OperatingSystem.IsWindows() ? "helm.exe" : "helm";
        foreach (var folder in (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return Path.Combine(folder, program);
        }

        if (AppContext.GetData(DirectoryProperty) is string fetched)
        {
            yield return Path.Combine(fetched, "v4", program);
            yield return Path.Combine(fetched, "v3", program);
        }
    }
}
