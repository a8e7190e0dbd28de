using Tempo.Helm.Tests.Generated;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Usage;

/// <summary>
/// A component that is not Tempo, added as the contributing guide says: a row, a block of values and a template of its own.
/// </summary>
public class NewComponentTests
{
    private const string Row = """

        echo:
          name: echo
          template: echo
          kind: Deployment
          mode: any
          service: client
          optional: true
        """;

    private const string Values = """

        # -- A server that answers with what it is sent.
        # @extends defaults
        echo:
          # -- Runs it.
          enabled: true
          image:
            # -- Repository of the image.
            repository: example/echo
            # -- Tag of the image.
            tag: "1.0"
        """;

    private const string Template = """
        {{- define "tempo.pod.echo" -}}
        {{- dict "args" (list "-listen=:7000") | toJson -}}
        {{- end -}}
        {{- define "tempo.ports.echo" -}}
        {{- list (dict "name" "http" "port" 7000 "protocol" "TCP") | toJson -}}
        {{- end -}}
        """;

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_row_a_block_and_a_template_make_a_workload_a_Service_and_a_budget(int helm)
    {
        using var folder = new TemporaryFolder();
        folder.CopyChart("chart");
        var chart = Path.Combine(folder.Path, "chart");
        await File.AppendAllTextAsync(Path.Combine(chart, "files", "components.yaml"), Row);
        await File.AppendAllTextAsync(Path.Combine(chart, "values.yaml"), Values);
        folder.Write("chart/templates/_echo.tpl", Template);
        var values = ValuesFile.Parse(await File.ReadAllTextAsync(Path.Combine(chart, "values.yaml")));
        folder.Write("chart/values.schema.json", ValuesSchema.Text(values));
        folder.Write(ValueTypesFile.Location, ValueTypesFile.Text(values));

        var result = await HelmRunner.RunAsync(
            HelmVersions.Of(helm),
            "template",
            "tempo",
            chart,
            "--set",
            "networkPolicy.enabled=true,echo.podLabels.team=traces"
        );

        Assert.True(result.ExitCode == 0, result.Error);
        var echo = Objects
            .Of(result.Output)
            .Where(static o => o.Text("metadata", "name") == "tempo-echo")
            .ToDictionary(static o => o.Text("kind"));
        Assert.Equal(["Deployment", "NetworkPolicy", "PodDisruptionBudget", "Service"], echo.Keys.Order());
        Assert.Equal("traces", echo["Deployment"].Text("spec", "template", "metadata", "labels", "team"));
        Assert.Contains("example/echo:1.0", result.Output);
        Assert.Contains("-listen=:7000", result.Output);
    }
}
