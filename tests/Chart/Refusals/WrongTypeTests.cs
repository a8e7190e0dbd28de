using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Generated;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Refusals;

/// <summary>
/// Values of any other kind at any place: the chart renders, or Helm shows a sentence of the schema or of the chart, and never an error
/// of a template. A sample, because all of them take many minutes.
/// </summary>
public partial class WrongTypeTests
{
    private const int Sample = 120;

    private static readonly string[] Kinds =
    [
        "\"text\"",
        "\"\"",
        "-1",
        "1.5",
        "true",
        "null",
        "[\"text\"]",
        "[{\"a\": \"b\"}]",
        "[null]",
        "{\"a\": \"b\"}",
        "{\"a\": {\"b\": \"c\"}}",
        "{\"a\": null}",
    ];

    /// <summary>Enables what is disabled by default, so that its values are used.</summary>
    private static readonly JsonNode Everything = StrictYaml.Read(
        """
        gateway:
          enabled: true
          ingress: {enabled: true}
          basicAuth: {enabled: true, username: a, password: b}
          route: {http: {enabled: true, parentRefs: [{name: a}]}, grpc: {enabled: true, parentRefs: [{name: a}]}}
        ingress: {enabled: true}
        route: {http: {enabled: true, parentRefs: [{name: a}]}, grpc: {enabled: true, parentRefs: [{name: a}]}}
        vulture: {enabled: true}
        networkPolicy: {enabled: true, egress: {enabled: true}}
        metaMonitoring: {serviceMonitor: {enabled: true}}
        prometheusRule: {enabled: true}
        datasource: {enabled: true}
        dashboards: {enabled: true}
        """
    )!;

    [Fact]
    public async Task No_value_of_another_kind_ends_in_an_error_of_a_template()
    {
        var paths = ValuesFile.Chart.Written.Select(static key => key.Path).ToArray();

        // Steps without a common divisor with the numbers of paths and kinds visit all paths and kinds equally often.
        var wrong = await Task.WhenAll(
            Enumerable.Range(0, Sample).Select(i => WhyWrongAsync(3 + (i % 2), paths[i * 89 % paths.Length], Kinds[i * 5 % Kinds.Length]))
        );

        Assert.Empty(wrong.OfType<string>());
    }

    private static async Task<string?> WhyWrongAsync(int helm, string path, string value)
    {
        var change = JsonNode.Parse(value);
        foreach (var name in path.Split('.').Reverse())
        {
            change = new JsonObject { [name] = change };
        }

        var isMicroservices =
            path.Split('.')[0] is "distributor" or "liveStore" or "blockBuilder" or "querier" or "queryFrontend" or "memcached";
        var release = ReleaseCases.Base(isMicroservices ? "microservices" : "monolithic", "IPv6");

        var result = await Renders.RunAsync(
            HelmVersions.Of(helm),
            release.Arguments("-f", TemporaryValues.Write(Everything), "-f", TemporaryValues.Write(change!))
        );

        var isRight =
            result.ExitCode == 0
                ? !Leftovers().IsMatch(result.Output)
                : Sentence().IsMatch(result.Error) || result.Error.Contains("don't meet the specifications");
        return isRight ? null : $"{path}: {value} with Helm {helm}: {result.Error}";
    }

    [GeneratedRegex(@"%!|<nil>|<no value>")]
    private static partial Regex Leftovers();

    [GeneratedRegex(@"(?m)^\S.*: .*[.?]\n  Why: .*\n  Set: .*\n  Read: .*$")]
    private static partial Regex Sentence();
}
