using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Forms;

/// <summary>Streams that were once checked or edited wrongly, or took too much work.</summary>
public class HardFormTests
{
    [Fact]
    public void Merges_of_merges_are_looked_through_once_each()
    {
        static string Stream(int levels) =>
            FormStream.Of(
                FormStream.ConfigMapWith(
                    "a0: &a0 {key: value}\n"
                        + string.Concat(Enumerable.Range(1, levels).Select(static i => $"a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}]}}\n"))
                        + $"server:\n  <<: *a{levels}\n  http_listen_address: 0.0.0.0\nmemberlist:\n  bind_addr: [0.0.0.0]\n"
                        + "  join_members: [traces-gossip-ring:7946]\nstorage: {trace: {backend: local}}\n"
                )
            );

        var result = Growth.AssertLinear(Stream, 15, "--address-family", "IPv6");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("http_listen_address: \"::0\"", result.Output);
    }

    [Fact]
    public async Task Comments_glued_to_values_are_kept()
    {
        var other =
            "---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: about-tempo\n  annotations:\n"
            + $"{string.Concat(Enumerable.Range(0, 300).Select(static i => $"    a{i}: \"x\"#c\n"))}";

        var output = await FormStream.RepairAsync(FormStream.Of(FormStream.ConfigMap) + other);

        Assert.EndsWith(other, output);
    }

    [Theory]
    [InlineData(
        "memberlist:\n  enable_inet6: true\n  join_members: [traces-gossip-ring:7946]\n",
        "    memberlist:\n      bind_addr: [\"::\"]\n      join_members: [traces-gossip-ring:7946]\n"
    )]
    [InlineData("memberlist:\n  enable_inet6: true # here\n", "    memberlist:\n      bind_addr: [\"::\"]\n")]
    [InlineData(
        "memberlist: {enable_inet6: true, join_members: [traces-gossip-ring]}\n",
        "    memberlist: {bind_addr: [\"::\"], join_members: [traces-gossip-ring]}\n"
    )]
    [InlineData(
        "memberlist: {enable_inet6: true, enable_inet6: false, join_members: [traces-gossip-ring]}\n",
        "    memberlist: {bind_addr: [\"::\"], join_members: [traces-gossip-ring]}\n"
    )]
    [InlineData(
        "memberlist: {join_members: [traces-gossip-ring], enable_inet6: true, enable_inet6: false}\n",
        "    memberlist: {bind_addr: [\"::\"], join_members: [traces-gossip-ring]}\n"
    )]
    [InlineData(
        "memberlist: {enable_inet6: true, join_members: [traces-gossip-ring], enable_inet6: false}\n",
        "    memberlist: {bind_addr: [\"::\"], join_members: [traces-gossip-ring]}\n"
    )]
    [InlineData("memberlist: {enable_inet6: true, enable_inet6: false}\n", "    memberlist: {bind_addr: [\"::\"]}\n")]
    [InlineData("memberlist: {enable_inet6: true}\n", "    memberlist: {bind_addr: [\"::\"]}\n")]
    [InlineData("memberlist: { enable_inet6: true }\n", "    memberlist: { bind_addr: [\"::\"] ")]
    public async Task A_key_goes_and_another_comes_in_one_mapping(string memberlist, string expected)
    {
        var result = await AppRunner.RunAsync(
            FormStream.Of(FormStream.ConfigMapWith($"{memberlist}storage: {{trace: {{backend: local}}}}\n")),
            "--address-family",
            "IPv6"
        );

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(expected, result.Output);
    }

    [Theory]
    [InlineData('\u0085')]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    public async Task Every_line_break_that_YAML_has_ends_a_line(char lineBreak)
    {
        var stream = FormStream.Of(FormStream.ConfigMap).Replace("  ipFamilies: [IPv4]\n", "").Replace("\nspec:\n", $"\nspec:{lineBreak}");
        Assert.Contains(lineBreak, stream);

        var output = await FormStream.RepairAsync(stream);

        Assert.Contains($"spec:{lineBreak}  ipFamil", output);
    }

    [Theory]
    [InlineData('\u0085')]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    public async Task Every_line_break_that_YAML_has_ends_a_line_of_a_config_too(char lineBreak)
    {
        var stream = FormStream.Of(FormStream.ConfigMap);
        var (start, end) = (stream.IndexOf("memberlist:"), stream.IndexOf("backend: local"));
        foreach (var at in Enumerable.Range(start, end - start).Where(i => stream[i] == '\n'))
        {
            var output = await FormStream.RepairAsync($"{stream[..at]}{lineBreak}{stream[(at + 1)..]}");

            Assert.Contains("\"::0\"", output);
            Assert.Contains(lineBreak, output);
        }
    }

    [Theory]
    [InlineData("[0.0.0.0, \"::\"]")]
    [InlineData("[0.0.0.0, 0.0.0.0]")]
    [InlineData("\n    - 0.0.0.0\n    - \"::\"")]
    public async Task An_item_that_is_right_already_stays_as_it_is_written(string list)
    {
        var config = FormStream.Config.Replace("[0.0.0.0]", list);

        var result = await AppRunner.RunAsync(FormStream.Of(FormStream.ConfigMapWith(config)), "--address-family", "IPv4");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(
            "0.0.0.0",
            ((List<object>)FormStream.At(FormStream.ConfigsIn(result.Output).Single(), "memberlist", "bind_addr")!).Single()
        );
    }

    [Fact]
    public async Task A_colon_without_quotes_between_brackets_is_refused_as_Tempo_would_refuse_it()
    {
        var config = FormStream.Config.Replace("[0.0.0.0]", "[::]");

        var result = await AppRunner.RunAsync(FormStream.Of(FormStream.ConfigMapWith(config)), "--address-family", "IPv6");

        Assert.Equal((65, ""), (result.ExitCode, result.Output));
        Assert.Contains("line 9, column 19", result.Error);
        Assert.Contains("needs quotes: \"::\"", result.Error);
    }

    [Fact]
    public async Task The_value_of_a_remedy_can_be_pasted_into_YAML()
    {
        var result = await AppRunner.RunAsync(FormStream.Of(FormStream.ConfigMap), "--address-family", "IPv6");

        Assert.Contains("Set to [\"::\"].", result.Error);
    }

    [Theory]
    [InlineData("join_members: dns+traces-gossip-ring:7946")]
    [InlineData("bind_port: 7946")]
    public async Task A_gossip_ring_found_by_the_label_that_is_added_is_repaired_in_the_same_run(string setting)
    {
        var pod = FormStream.Pod.Replace(
            "-config.file=/conf/tempo.yaml]",
            "-config.file=/conf/tempo.yaml, -memberlist.join=traces-gossip-ring]"
        );
        var config = FormStream.Config.Replace("join_members: [traces-gossip-ring:7946]", setting);
        var stream = FormStream
            .Of(FormStream.ConfigMapWith(config), pod)
            .Replace("labels: {app: querier, tempo-gossip-member: \"true\"}", "labels: {app: querier}");

        var once = await AppRunner.RunAsync(stream, "--address-family", "IPv6");
        var twice = await AppRunner.RunAsync(once.Output, "--address-family", "IPv6");

        Assert.Contains("ipFamilies: [IPv6]", once.Output);
        Assert.Contains("tempo-gossip-member: \"true\", app: querier", once.Output);
        Assert.Equal(once.Output, twice.Output);
    }

    [Fact]
    public async Task Two_addresses_of_a_Service_are_two_families()
    {
        const string Client =
            "---\napiVersion: v1\nkind: Service\nmetadata: {name: traces}\nspec:\n  ipFamilyPolicy: PreferDualStack\n"
            + "  clusterIPs: [\"fd00::1\", 10.0.0.1]\n  clusterIP: \"fd00::1\"\n  ports: [{port: 3200}]\n"
            + "  selector: {app: querier}\n";

        var output = await FormStream.RepairAsync(FormStream.Of(FormStream.ConfigMap) + Client);

        Assert.Contains("  ipFamilies: [IPv6, IPv4]\n", output);
    }

    [Fact]
    public async Task A_setting_that_is_removed_does_not_decide()
    {
        var pod = FormStream.Pod.Replace("-target=querier", "-target=query-frontend");
        var stream = FormStream
            .Of(FormStream.ConfigMapWith("compactor: {ring: {enable_inet6: true}}\nstorage: {trace: {backend: local}}\n"), pod)
            .Replace("  ipFamilies: [IPv4]\n  ipFamilyPolicy: SingleStack\n", "");

        var result = await AppRunner.RunAsync(stream);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("error TPF000", result.Error);
    }

    [Fact]
    public async Task Releases_of_the_same_names_in_two_namespaces_are_two()
    {
        var first = FormStream.Of(FormStream.ConfigMap).Replace("[0.0.0.0]", "[\"::\"]").Replace("[IPv4]", "[IPv6]");
        var second = FormStream
            .Of(FormStream.ConfigMap)
            .Replace("metadata:\n  name: traces-config", "metadata:\n  namespace: elsewhere\n  name: traces-config")
            .Replace("metadata: {name", "metadata: {namespace: elsewhere, name");

        var result = await AppRunner.RunAsync(first + second, "-n", "obs");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("traces-querier is IPv6", result.Error);
        Assert.Contains("elsewhere/traces-querier is IPv4", result.Error);
    }

    [Theory]
    [InlineData("-config.file=/conf/tempo.yaml, -config.verify=true")]
    [InlineData("-config.file=/conf/tempo.yaml")]
    public async Task Hooks_that_Helm_sends_apart_pass_through(string arguments)
    {
        var stream =
            "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: before\n  annotations: {helm.sh/hook: pre-install}\n"
            + "spec:\n  template:\n    spec:\n      containers:\n        - name: tempo\n"
            + $"          image: grafana/tempo:3.0.3\n          args: [{arguments}]\n"
            + "          volumeMounts: [{name: config, mountPath: /conf}]\n"
            + "      volumes: [{name: config, configMap: {name: traces-config}}]\n";

        var result = await AppRunner.RunAsync(stream);

        Assert.Equal((0, stream), (result.ExitCode, result.Output));
    }

    [Theory]
    [InlineData(
        "http_listen_network: tcp4",
        0,
        "fixed TPF003 ConfigMap/traces-config data[\"tempo.yaml\"]#server.http_listen_network: is tcp4"
    )]
    [InlineData("http_listen_network: tcp6", 0, "0 errors, 0 warnings")]
    [InlineData("grpc_listen_address: 0.0.0.0:9095", 2, "the port belongs in a key of its own")]
    [InlineData(
        "grpc_listen_address: \"::1\"",
        0,
        "warning TPF003 ConfigMap/traces-config data[\"tempo.yaml\"]#server.grpc_listen_address: is ::1; nothing "
            + "outside the pod can reach it"
    )]
    public async Task Servers_listen_where_the_family_is(string setting, int exitCode, string expected)
    {
        var config = FormStream.Config.Replace("http_listen_address: 0.0.0.0", setting);

        var result = await AppRunner.RunAsync(FormStream.Of(FormStream.ConfigMapWith(config)), "--address-family", "IPv6");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(expected, result.Error);
    }

    [Theory]
    [InlineData("True", 0)]
    [InlineData("yes", 0)]
    [InlineData("on", 0)]
    [InlineData("\"true\"", 2)]
    [InlineData("no", 2)]
    public async Task Booleans_are_those_that_Go_reads(string boolean, int exitCode)
    {
        var pod = FormStream.Pod.Replace("-target=querier", "-target=live-store");
        var config = FormStream.Config.Replace("0.0.0.0", "\"::\"") + $"live_store: {{ring: {{enable_inet6: {boolean}}}}}\n";
        var stream = FormStream.Of(FormStream.ConfigMapWith(config), pod).Replace("[IPv4]", "[IPv6]");

        var result = await AppRunner.RunAsync(stream, "check", "--address-family", "IPv6");

        Assert.True(exitCode == result.ExitCode, result.Output);
    }

    [Theory]
    [InlineData("http://prometheus/api?a=@10.0.0.1", false)]
    [InlineData("http://user:word@10.0.0.1/write", true)]
    [InlineData("http://10.0.0.1/x@y", true)]
    public async Task The_host_of_a_URL_ends_before_its_path(string url, bool isForeign)
    {
        var config = FormStream.Config + $"metrics_generator: {{storage: {{remote_write: [{{url: \"{url}\"}}]}}}}\n";

        var result = await AppRunner.RunAsync(FormStream.Of(FormStream.ConfigMapWith(config)), "check", "--address-family", "IPv6");

        Assert.Equal(isForeign, result.Output.Contains("TPF007"));
        Assert.DoesNotContain("word@", result.Output);
    }

    [Fact]
    public async Task A_Tempo_before_live_stores_is_not_given_their_section()
    {
        var pod = FormStream.Pod.Replace("grafana/tempo:3.0.3", "grafana/tempo:2.6.1").Replace("-target=querier", "-target=ingester");

        var result = await AppRunner.RunAsync(FormStream.Of(FormStream.ConfigMap, pod), "--address-family", "IPv6");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.DoesNotContain("live_store", result.Output);
        Assert.Contains("enable_inet6", result.Output);
    }

    [Fact]
    public async Task Names_cannot_write_lines_of_their_own()
    {
        var stream = FormStream
            .Of(FormStream.ConfigMap)
            .Replace("metadata: {name: traces-querier}", "metadata: {name: \"x\\n::error::injected\"}");

        var result = await AppRunner.RunAsync(stream, "check", "--address-family", "IPv6", "--verbose");

        Assert.DoesNotContain(result.Output.Split('\n'), static line => line.StartsWith("::error"));
    }
}
