using System.Globalization;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Documents;

/// <summary>The folder in which a document runs: a checkout after the build, a home folder, and a PATH with one Helm.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public Scratch(HelmBinary helm, bool installsPlugin)
    {
        Directory.CreateDirectory(Checkout);
        Directory.CreateDirectory(Outputs);
        Directory.CreateDirectory(In("home"));
        Copy("chart");
        Copy("docs");
        Directory.CreateDirectory(In(Checkout, "artifacts"));
        Directory.CreateSymbolicLink(In(Checkout, "artifacts", "postrender"), AppContext.BaseDirectory);
        Directory.CreateDirectory(In("bin"));
        Link("helm", helm.Path);
        Link("tempo-postrender", HelmRunner.Executable);
        if (Kustomize.Kubectl is { } kubectl)
        {
            Link("kubectl", kubectl);
        }

        Directory.CreateDirectory(Plugins);
        if (helm.Major >= 4 && !installsPlugin)
        {
            Directory.CreateSymbolicLink(Path.Combine(Plugins, "tempo-postrender"), AppContext.BaseDirectory);
        }
    }

    public string Checkout => In("checkout");

    private string Outputs => In("outputs");

    /// <summary>Helm 4.1 reads plugins from HELM_PLUGINS, but always installs them here.</summary>
    private string Plugins => In("home", "data", "plugins");

    public Dictionary<string, string?> Environment =>
        new()
        {
            ["PATH"] = $"{In("bin")}:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["HOME"] = In("home"),
            ["OUTPUTS"] = Outputs,
            ["HELM_CACHE_HOME"] = In("home", "cache"),
            ["HELM_CONFIG_HOME"] = In("home", "config"),
            ["HELM_DATA_HOME"] = In("home", "data"),
            ["HELM_PLUGINS"] = Plugins,
            ["HELM_NAMESPACE"] = null,
            ["HELM"] = null,
            ["HELM3"] = null,
            ["HELM4"] = null,
            ["KUBECONFIG"] = "/dev/null",
            ["TEMPO_ADDRESS_FAMILY"] = null,
        };

    /// <summary>The files that the commands added, relative to the checkout.</summary>
    public IReadOnlyList<string> NewFiles() =>
        [
            .. Directory
                .EnumerateFiles(Checkout, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Checkout, file))
                .Where(static file => !file.StartsWith("artifacts") && !File.Exists(Repository.Path(file)))
                .Order(),
        ];

    public int ExitCodeOf(int step)
    {
        var file = Path.Combine(Outputs, $"{step}.code");
        return File.Exists(file) ? int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : -1;
    }

    public IReadOnlyList<string> OutputOf(int step)
    {
        var file = Path.Combine(Outputs, $"{step}.out");
        return File.Exists(file)
            ? [.. File.ReadAllLines(file).Select(static line => line.TrimEnd())]
            : ["(it was not run: a command before it did not end)"];
    }

    public void Dispose() => _root.Dispose();

    private string In(params string[] parts) => Path.Combine([_root.Path, .. parts]);

    private void Link(string name, string target) => Directory.CreateSymbolicLink(In("bin", name), Path.GetFullPath(target));

    private void Copy(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Path(folder), "*", SearchOption.AllDirectories))
        {
            var copy = In(Checkout, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
