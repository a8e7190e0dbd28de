using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Manifests;

namespace Tempo.Helm.Tests.Releasing;

/// <summary>The plugin.yaml files agree with each other and with what is released.</summary>
public class PluginFileTests
{
    /// <summary>The platforms of a plugin, as .NET and as Helm name them. A launcher distinguishes glibc from musl.</summary>
    public static IReadOnlyList<(string Platform, string Os, string Architecture)> Platforms { get; } =
    [("linux-x64", "linux", "amd64"), ("linux-arm64", "linux", "arm64"), ("osx-arm64", "darwin", "arm64"), ("win-x64", "windows", "amd64")];

    [Theory]
    [InlineData("")]
    [InlineData("tempo-postrender")]
    [InlineData("tempo-family")]
    [InlineData("tempo-family-helm3")]
    public void Plugins_have_the_programs_version(string plugin) =>
        Assert.Equal(Versions.OfTheProgram, Yaml.Value(TextOf(plugin), "version"));

    [Theory]
    [InlineData("tempo-postrender", "runtimeConfig", "platformCommand")]
    [InlineData("tempo-family", "runtimeConfig", "platformCommand")]
    [InlineData("tempo-family-helm3", "platformCommand")]
    public void Plugins_start_the_program_of_every_platform(string plugin, params string[] path)
    {
        var commands = (SequenceNode)Yaml.Document(TextOf(plugin)).Find(NodePath.Of([.. path]))!;

        Assert.Equal(
            Platforms.Select(static platform => (platform.Os, platform.Architecture, Program(platform.Platform))),
            commands
                .Items.Select(static item => (MappingNode)item)
                .Select(static command =>
                    (Text(command, "os"), Text(command, "arch"), Text(command, "command").Split("HELM_PLUGIN_DIR")[1].TrimStart('}'))
                )
        );
    }

    private static string Program(string platform) =>
        platform == "win-x64" ? @"\win-x64\tempo-postrender.exe" : $"/{platform}/tempo-postrender";

    private static string Text(MappingNode mapping, string key) => ((ScalarNode)mapping.Find(key)!).Value;

    private static string TextOf(string plugin) => File.ReadAllText(Repository.Path("postrender", "plugin", plugin, "plugin.yaml"));
}
