using Tempo.Helm.Tests.Support;
using Tempo.PostRender;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Rules;

/// <summary>Two releases in one stream, and objects that belong to both.</summary>
public class SharedObjectTests
{
    private const string BothConfigs = "sources: [{configMap: {name: a}}, {configMap: {name: b}}]";

    [Fact]
    public void Pods_that_mount_the_configs_of_two_releases_have_one_checksum()
    {
        var outcome = Run(Release("a", "a"), Release("b", "b"), Pods("reader", $"projected: {{{BothConfigs}}}"));
        var text = Yaml.Concat(outcome.Output!);

        Assert.False(outcome.Report.IsRefused);
        Assert.Equal(3, text.Split("tempo-postrender/config-checksum").Length - 1);
        Assert.Contains("3 workloads will restart", Text(outcome.Report));
        AssertUnchanged(text);
    }

    [Fact]
    public void Two_releases_with_their_configs_in_one_ConfigMap_restart_with_both()
    {
        var configs = $"{ConfigMap("both", "a")}{Lines(Config, "b.yaml")}  # of b\n";
        var outcome = Run(configs, Pods("a", Mounted("both")), Pods("b", Mounted("both")));
        var text = Yaml.Concat(outcome.Output!);

        Assert.False(outcome.Report.IsRefused);
        Assert.Contains("2 workloads will restart", Text(outcome.Report));
        AssertUnchanged(text);
    }

    /// <summary>The values of one requirement read like the key and the operator of another one.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_NetworkPolicy_is_told_from_one_with_similar_expressions(bool isFirst)
    {
        var selecting = Policy("selecting", "{key: app, operator: In, values: [a, none, Exists]}");
        var other = Policy("other", "{key: app, operator: In, values: [a]}, {key: none, operator: Exists}");

        var findings = Run([Release("a", "a"), .. isFirst ? (string[])[selecting, other] : [other, selecting]]).Report.Findings;

        Assert.Equal(
            ["NetworkPolicy/obs/selecting"],
            findings.Where(static finding => finding.Rule.Id == "TPF013").Select(static finding => finding.Place.Object)
        );
    }

    private static string Config => "server:\n  http_listen_address: 0.0.0.0\nstorage:\n  trace:\n    backend: local\n";

    private static string Mounted(string configMap) => $"configMap: {{name: {configMap}}}";

    private static string Release(string name, string configMap) => $"{ConfigMap(configMap, name)}---\n{Pods(name, Mounted(configMap))}";

    private static string ConfigMap(string name, string file) =>
        $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}, namespace: obs}}\ndata:\n{Lines(Config, $"{file}.yaml")}";

    private static string Lines(string text, string key) => $"  {key}: |\n    {text.TrimEnd().Replace("\n", "\n    ")}\n";

    private static string Pods(string name, string volume) =>
        $$"""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: {{name}}, namespace: obs}
            spec:
              selector:
                matchLabels: {app: {{name}} }
              template:
                metadata:
                  labels: {app: {{name}}}
                spec:
                  containers:
                    - name: main
                      image: {{(name == "reader" ? "busybox" : "grafana/tempo:2.8.0")}}
                      args: [-config.file=/conf/{{name}}.yaml, -target=all]
                      volumeMounts: [{name: conf, mountPath: /conf}]
                  volumes:
                    - name: conf
                      {{volume}}

            """;

    private static string Policy(string name, string expressions) =>
        $$"""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: {{name}}, namespace: obs}
            spec:
              podSelector: {matchExpressions: [{{expressions}}]}
              ingress:
                - from:
                    - ipBlock: {cidr: 0.0.0.0/0}

            """;

    private static Outcome Run(params IEnumerable<string> documents) => RunText(string.Join("---\n", documents));

    private static Outcome RunText(string text) =>
        Pipeline.Run(
            Yaml.Stream(text),
            new PipelineOptions(
                new RuleOptions(AddressFamily.IPv6, RuleOptions.FamilyOption, RuleOptions.DefaultGossipLabel, new HashSet<string>()),
                FailOn.Error,
                Namespace: null
            ),
            RunMode.Enforce
        );

    private static void AssertUnchanged(string text)
    {
        var again = RunText(text);

        Assert.Equal(text, Yaml.Concat(again.Output!));
        Assert.Empty(again.Report.Findings);
    }

    private static string Text(Report report)
    {
        using var output = new StringWriter();
        TextReporter.Write(report, verbose: false, output);
        return output.ToString();
    }
}
