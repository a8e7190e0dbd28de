namespace Tempo.Helm.Tests.Support;

/// <summary>A chart of one template that renders to a given stream.</summary>
internal sealed class TemporaryChart : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TemporaryChart(string stream)
    {
        _folder.Write("Chart.yaml", "apiVersion: v2\nname: traces\nversion: 0.1.0\n");
        _folder.Write("templates/all.yaml", stream.Replace("{{", "{{ \"{{\" }}"));
    }

    public string Path => _folder.Path;

    public void Dispose() => _folder.Dispose();
}
