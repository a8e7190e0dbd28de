using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Generated;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Usage;

/// <summary>Values that may contain templates: the chart renders every template that it accepts.</summary>
public class TemplateValueTests
{
    private const string Template = "{{ .Release.Name }}-of-a-template";

    /// <summary>Types of files/types.yaml that accept a text with braces.</summary>
    private static readonly HashSet<string> Types =
    [
        .. StrictYaml
            .Read(File.ReadAllText(Repository.Path("chart", "files", "types.yaml")))
            .Entries()
            .Where(static type => type.Value.At("matches").Text() is { } pattern && Accepts(pattern))
            .Select(static type => type.Key),
    ];

    /// <summary>Values of other types, and those that need another value as well.</summary>
    private static readonly JsonNode Others = StrictYaml.Read(
        """
        global:
          imagePullSecrets: [TEMPLATE]
        defaults:
          podSecurityContext: {seLinuxOptions: {level: TEMPLATE}}
          containerSecurityContext: {seLinuxOptions: {level: TEMPLATE}}
        monolithic: {persistence: {existingClaim: TEMPLATE}}
        gateway:
          nginxConfig: {resolver: ""}
          ingress: {hosts: [TEMPLATE, {host: a.b, paths: [{path: /TEMPLATE}]}], additional: {other: {ingressClassName: TEMPLATE}}}
          route: {http: {hostnames: [TEMPLATE]}}
        ingress: {hosts: [TEMPLATE]}
        route: {grpc: {hostnames: [TEMPLATE]}}
        serviceAccount: {imagePullSecrets: [TEMPLATE]}
        networkPolicy:
          clients: [{podSelector: {matchLabels: {a: TEMPLATE}}}]
          metrics: [{namespaceSelector: {matchLabels: {a: TEMPLATE}}}]
          egress: {to: [{podSelector: {matchLabels: {a: TEMPLATE}}}]}
        metaMonitoring:
          serviceMonitor: {relabelings: [{targetLabel: TEMPLATE}], metricRelabelings: [{targetLabel: TEMPLATE}]}
        tests: {tolerations: [{key: TEMPLATE, operator: Exists}]}
        """
    )!;

    /// <summary>The values of these types, and labels; a claim of defaults would be one claim for several pods.</summary>
    private static readonly List<ValuesKey> Keys =
    [
        .. ValuesFile.Chart.Written.Where(static key =>
            key.Path != "defaults.persistence.existingClaim"
            && (Types.Contains(key.Type ?? "") || (ValuesSchema.IsMapOfLabels(key) && !key.HasFixedKeys))
        ),
    ];

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_template_is_run_wherever_it_is_accepted(int helm)
    {
        var others = JsonNode.Parse(Others.ToJsonString().Replace("TEMPLATE", Template))!;
        var values = new JsonObject();
        foreach (var key in Keys)
        {
            var block = values;
            foreach (var name in key.Path.Split('.')[..^1])
            {
                block = (JsonObject)(block[name] ??= new JsonObject());
            }

            block[key.Name] = ValuesSchema.IsMapOfLabels(key) ? new JsonObject { ["a"] = Template } : Template;
        }

        foreach (var release in ReleaseCases.Everything.Where(static release => release.Family == "IPv6"))
        {
            var result = await Renders.RunAsync(
                HelmVersions.Of(helm),
                release.Arguments("-f", TemporaryValues.Write(values), "-f", TemporaryValues.Write(others))
            );

            Assert.True(result.ExitCode == 0, result.Error);
            Assert.Contains("-of-a-template", result.Output);
            AssertNone.Of(
                result.Output.Split('\n').Where(static line => line.Contains("{{ .Release")),
                "Run the templates in these values:"
            );
        }
    }

    [Fact]
    public void Many_values_are_tried() => Assert.True(Keys.Count >= 40, string.Join(", ", Keys.Select(static key => key.Path)));

    private static bool Accepts(string pattern) => pattern.Contains("[{][{]") || pattern.Contains("<object-name>");
}
