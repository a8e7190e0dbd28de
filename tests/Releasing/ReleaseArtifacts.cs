using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Releasing;

/// <summary>
/// The output of <c>eng/release.sh</c>, built once for all tests: the published program, the plugin folders, and the files
/// of a release. It is in a folder that git ignores, so that a second run compiles only what has changed.
/// </summary>
public sealed class ReleaseArtifacts : IAsyncLifetime
{
    /// <summary>Native code if the machine has a C compiler; without one the tests still run.</summary>
    public bool IsNative { get; } = OnPath.Find("clang", "gcc") is not null;

    /// <summary>The platform of this machine, as .NET names it.</summary>
    public string Platform { get; private set; } = "";

    /// <summary>The published program: a folder that is a Helm 4 plugin by itself.</summary>
    public string ProgramFolder => Path.Combine(Root, "programs", Platform);

    /// <summary>The native executable of <see cref="ProgramFolder"/>.</summary>
    public string Executable => Path.Combine(ProgramFolder, "tempo-postrender");

    private string Root { get; } = Repository.Path("artifacts", "tests");

    /// <summary>The repository that the release is made from, as owner/name.</summary>
    public const string GitRepository = "Example/tempo-charts";

    /// <summary>A file of the release.</summary>
    public string PathOf(string name) => Path.Combine(Root, "release", name);

    /// <summary>The names of all files of the release.</summary>
    public IEnumerable<string> FileNames() =>
        Directory.EnumerateFiles(Path.Combine(Root, "release")).Select(static file => Path.GetFileName(file)!).Order();

    /// <summary>The folder of a plugin, as in its archive.</summary>
    public string PluginFolder(string name) => Path.Combine(Root, "plugins", name);

    public async Task InitializeAsync()
    {
        var programs = Path.Combine(Root, "programs");
        if (Directory.Exists(programs))
        {
            Directory.Delete(programs, recursive: true);
        }

        await Script.SucceedAsync(
            "release.sh",
            [],
            ("ARTIFACTS", Root),
            ("REPOSITORY", GitRepository),
            ("PUBLISH_AOT", IsNative ? "true" : "false"),
            ("HELM4", HelmVersions.Four.Path)
        );
        Platform = Path.GetFileName(Assert.Single(Directory.EnumerateDirectories(programs)));
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

/// <summary>The tests that share one release.</summary>
[CollectionDefinition(Name)]
public class ReleaseCollection : ICollectionFixture<ReleaseArtifacts>
{
    public const string Name = "release";
}
