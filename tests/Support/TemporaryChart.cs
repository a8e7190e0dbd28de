namespace Tempo.Helm.Tests.Support;

/// <summary>A chart of one template that renders to a given stream.</summary>
internal sealed class TemporaryChart : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tempo-helm-chart-");

    public TemporaryChart(string stream)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "templates"));
        File.WriteAllText(System.IO.Path.Combine(Path, "Chart.yaml"), "apiVersion: v2\nname: traces\nversion: 0.1.0\n");
        File.WriteAllText(
            System.IO.Path.Combine(Path, "templates", "all.yaml"),
            stream.Replace("{{", "{{ \"{{\" }}", StringComparison.Ordinal)
        );
    }

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
