namespace Tempo.Helm.Tests.Support;

/// <summary>Runs real Helm binaries, isolated from the configuration and the plugins of the machine.</summary>
internal static class HelmRunner
{
    private static readonly Lazy<string> Home = new(() => Directory.CreateTempSubdirectory("tempo-helm-tests-").FullName);

    /// <summary>A plugin folder as Helm 4 wants it, with the build's own output as the plugin.</summary>
    private static readonly Lazy<string> Plugins = new(() => PluginsWith(AppContext.BaseDirectory));

    /// <summary>The program as Helm 3 takes it: an executable.</summary>
    public static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, "tempo-postrender");

    /// <summary>Renders the release of the chart of which there is the snapshot microservices-ipv6.</summary>
    public static IReadOnlyList<string> ChartRelease { get; } =
    [.. "template tempo chart -n observability -f chart/ci/microservices-ipv6-values.yaml".Split(' ')];

    /// <summary>A plugins folder with one plugin.</summary>
    public static string PluginsWith(string pluginFolder)
    {
        var plugins = Directory.CreateTempSubdirectory("tempo-helm-plugins-").FullName;
        Directory.CreateSymbolicLink(Path.Combine(plugins, "tempo-postrender"), pluginFolder);
        return plugins;
    }

    /// <summary>Runs <c>helm</c> with these arguments.</summary>
    public static Task<RunResult> RunAsync(HelmBinary helm, params IEnumerable<string> arguments) =>
        RunAsync(helm, plugins: null, arguments);

    /// <summary>Renders a chart through the post-renderer: the plugin for Helm 4, the executable for Helm 3.</summary>
    public static Task<RunResult> PostRenderAsync(
        HelmBinary helm,
        IEnumerable<string> templateArguments,
        IEnumerable<string> postRendererArguments
    ) =>
        PostRenderAsync(
            helm,
            helm.Major >= 4 ? Plugins.Value : null,
            helm.Major >= 4 ? "tempo-postrender" : Executable,
            templateArguments,
            postRendererArguments
        );

    /// <summary>Renders a chart through a post-renderer.</summary>
    public static Task<RunResult> PostRenderAsync(
        HelmBinary helm,
        string? plugins,
        string postRenderer,
        IEnumerable<string> templateArguments,
        IEnumerable<string> postRendererArguments
    ) =>
        RunAsync(
            helm,
            plugins,
            [
                .. templateArguments,
                "--post-renderer",
                postRenderer,
                .. postRendererArguments.SelectMany(static argument => new[] { "--post-renderer-args", argument }),
            ]
        );

    /// <summary>Runs a command line of a shell, with the plugin available to Helm 4.</summary>
    public static Task<RunResult> ShellAsync(string command) => RunAsync("/bin/sh", Plugins.Value, ["-c", command]);

    /// <summary>
    /// Runs <c>helm</c> for a user whose cache, configuration and installed plugins are in a folder of the test's own.
    /// </summary>
    public static Task<RunResult> RunAtHomeAsync(HelmBinary helm, string home, params IEnumerable<string> arguments) =>
        RunAsync(helm.Path, home, Path.Combine(home, "data", "plugins"), arguments);

    private static Task<RunResult> RunAsync(HelmBinary helm, string? plugins, IEnumerable<string> arguments) =>
        RunAsync(helm.Path, plugins, arguments);

    private static Task<RunResult> RunAsync(string program, string? plugins, IEnumerable<string> arguments) =>
        RunAsync(program, Home.Value, plugins ?? Path.Combine(Home.Value, "no-plugins"), arguments);

    private static Task<RunResult> RunAsync(string program, string home, string plugins, IEnumerable<string> arguments) =>
        CliWrap
            .Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(Repository.Root)
            .WithEnvironmentVariables(variables =>
                variables
                    .Set("HELM_CACHE_HOME", Path.Combine(home, "cache"))
                    .Set("HELM_CONFIG_HOME", Path.Combine(home, "config"))
                    .Set("HELM_DATA_HOME", Path.Combine(home, "data"))
                    .Set("HELM_PLUGINS", plugins)
                    .Set("HELM_NAMESPACE", null)
                    // Helm runs for less than a second and very often; garbage collection would be a third of its work.
                    .Set("GOGC", "off")
                    .Set("TEMPO_ADDRESS_FAMILY", null)
            )
            .RunToEndAsync();
}
