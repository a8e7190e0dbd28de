using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Forms;

/// <summary>The config is found and fixed in every way in which a pod can start Tempo and mount its config.</summary>
public class PodFormTests
{
    private const string Mounts = "volumeMounts: [{name: config, mountPath: /conf}]";
    private const string Volumes = "volumes: [{name: config, configMap: {name: traces-config}}]";

    public static TheoryData<string, string> Pods() =>
        new()
        {
            { "usual", FormStream.Pod },
            {
                "items renamed",
                Pod(
                    "args: [-target=querier, -config.file=/conf/other.yaml]",
                    Mounts,
                    "volumes: [{name: config, configMap: {name: traces-config, items: [{key: tempo.yaml, path: other.yaml}]}}]"
                )
            },
            {
                "a file mounted alone",
                Pod(
                    "args: [-target=querier, -config.file=/etc/tempo.yaml]",
                    "volumeMounts: [{name: config, mountPath: /etc/tempo.yaml, subPath: tempo.yaml}]",
                    Volumes
                )
            },
            {
                "projected",
                Pod(
                    "args: [-target=querier, -config.file=/conf/tempo.yaml]",
                    Mounts,
                    "volumes: [{name: config, projected: {sources: [{serviceAccountToken: {path: token}}, {configMap: "
                        + "{name: traces-config}}]}}]"
                )
            },
            {
                "projected with items",
                Pod(
                    "args: [-target=querier, -config.file=/conf/a/b.yaml]",
                    Mounts,
                    "volumes: [{name: config, projected: {sources: [{configMap: {name: traces-config, items: [{key: "
                        + "tempo.yaml, path: a/b.yaml}]}}]}}]"
                )
            },
            {
                "nested mounts",
                Pod(
                    "args: [-target=querier, -config.file=/conf/tempo/tempo.yaml]",
                    "volumeMounts: [{name: other, mountPath: /conf}, {name: config, mountPath: /conf/tempo}]",
                    "volumes: [{name: other, emptyDir: {}}, {name: config, configMap: {name: traces-config}}]"
                )
            },
            { "two dashes", Pod("args: [--target=querier, --config.file=/conf/tempo.yaml]", Mounts, Volumes) },
            { "values in entries of their own", Pod("args: [-target, querier, -config.file, /conf/tempo.yaml]", Mounts, Volumes) },
            { "block list", Pod("args:\n  - \"-target=querier\"\n  - '-config.file=/conf/tempo.yaml'", Mounts, Volumes) },
            { "command", Pod("command: [/tempo, -target=querier, -config.file=/conf/tempo.yaml]", Mounts, Volumes) },
            { "command and args", Pod("command: [/tempo]\nargs: [-target=querier, -config.file=/conf/tempo.yaml]", Mounts, Volumes) },
            {
                "shell",
                Pod("command: [/bin/sh, -c]\nargs: [\"exec /tempo -target=querier -config.file=/conf/tempo.yaml\"]", Mounts, Volumes)
            },
            {
                "shell script over lines",
                Pod(
                    "command:\n  - /bin/sh\n  - -c\n  - |\n    exec /tempo \\\n    -target=querier \\\n    -config.file=/conf/tempo.yaml",
                    Mounts,
                    Volumes
                )
            },
            { "several targets", Pod("args: [\"-target=querier,query-frontend\", -config.file=/conf/tempo.yaml]", Mounts, Volumes) },
            {
                "path from a variable",
                Pod("env: [{name: CONFIG, value: /conf/tempo.yaml}]\nargs: [-target=querier, -config.file=$(CONFIG)]", Mounts, Volumes)
            },
            {
                "expanded variables",
                Pod("args: [-target=querier, -config.file=/conf/tempo.yaml, -config.expand-env=true]", Mounts, Volumes)
            },
            {
                "an image of another name",
                Pod("args: [-target=querier, -config.file=/conf/tempo.yaml]", Mounts, Volumes)
                    .Replace(
                        "grafana/tempo:3.0.3",
                        "mirror.example.org:5000/observability/traces:3.0.3@sha256:"
                            + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                    )
            },
            {
                "containers beside it",
                FormStream.Pod.Replace(
                    "volumes:",
                    "  - name: logs\n    image: grafana/loki:3.5.0\n    args: [-target=read, -config.file=/loki/loki.yaml]\nvolumes:"
                )
            },
        };

    [Theory]
    [MemberData(nameof(Pods))]
    public async Task The_config_is_found_however_it_gets_into_the_pod(string form, string pod)
    {
        var output = await FormStream.RepairAsync(FormStream.Of(FormStream.ConfigMap, pod));

        Assert.True(output.Contains("      bind_addr: [\"::\"]\n"), form);
        Assert.Contains("      http_listen_address: \"::0\"\n", output);
    }

    [Fact]
    public async Task A_pod_of_two_Tempos_has_both_configs_repaired()
    {
        var pod = FormStream.Pod.Replace(
            "volumes:",
            """
              - name: second
                image: grafana/tempo:3.0.3
                args: [-target=live-store, -config.file=/conf/second.yaml]
                volumeMounts: [{name: config, mountPath: /conf}]
            volumes:
            """
        );
        var configMap =
            FormStream.ConfigMap
            + FormStream.ConfigMap[FormStream.ConfigMap.IndexOf("  tempo.yaml")..].Replace("tempo.yaml", "second.yaml");

        var output = await FormStream.RepairAsync(FormStream.Of(configMap, pod));

        Assert.Equal(2, FormStream.ConfigsIn(output).Count());
        Assert.DoesNotContain("0.0.0.0", output);
    }

    [Theory]
    [InlineData("${BIND:0.0.0.0}", "0.0.0.0")]
    [InlineData("${BIND:-0.0.0.0}", "0.0.0.0")]
    public async Task A_variable_counts_with_the_value_that_the_pod_gives_it(string written, string value)
    {
        var config = FormStream.Config.Replace("bind_addr: [0.0.0.0]", $"bind_addr: [\"{written}\"]");
        var expanding = Pod("args: [-target=querier, -config.file=/conf/tempo.yaml, -config.expand-env=true]", Mounts, Volumes);

        var result = await AppRunner.RunAsync(
            FormStream.Of(FormStream.ConfigMapWith(config), expanding),
            "check",
            "--address-family",
            "IPv6"
        );

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(value, result.Output);
    }

    [Fact]
    public async Task Other_programs_keep_what_they_have()
    {
        const string Loki =
            "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: loki}\ndata:\n  loki.yaml: |\n"
            + "    memberlist: {bind_addr: [0.0.0.0], join_members: [loki-memberlist]}\n"
            + "    server: {http_listen_address: 0.0.0.0}\n---\napiVersion: apps/v1\nkind: StatefulSet\n"
            + "metadata: {name: loki}\nspec:\n  template:\n    metadata: {labels: {app: loki}}\n    spec:\n"
            + "      containers: [{name: loki, image: 'grafana/loki:3.5.0', args: [-config.file=/conf/loki.yaml, "
            + "-target=querier], volumeMounts: [{name: c, mountPath: /conf}]}]\n"
            + "      volumes: [{name: c, configMap: {name: loki}}]\n";

        var output = await FormStream.RepairAsync(FormStream.Of(FormStream.ConfigMap) + Loki);

        Assert.EndsWith(Loki, output);
    }

    private static string Pod(string container, string mounts, string volumes) =>
        "containers:\n  - name: tempo\n    image: grafana/tempo:3.0.3\n"
        + $"    {container.Replace("\n", "\n    ")}\n    {mounts}\n{volumes}";
}
