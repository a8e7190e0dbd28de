using System.Text;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cli;

/// <summary>A config in a Secret is checked and fixed like any other, and only its addresses are shown.</summary>
public class SecretTests
{
    private const string Password = "hunter2-very-secret";

    private const string Config =
        "memberlist:\n  bind_addr: [0.0.0.0]\n  join_members: [\""
        + Password
        + "\"]\nserver:\n  http_listen_address: 0.0.0.0\n  grpc_listen_address: \"["
        + Password
        + "]\"\nstorage:\n  trace:\n    s3:\n      secret_key: "
        + Password
        + "\n";

    private const string Querier = """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: querier
        spec:
          template:
            metadata:
              labels: {app: querier, tempo-gossip-member: "true"}
            spec:
              containers:
              - name: tempo
                image: grafana/tempo:3.0.3
                args: [-target=querier, -config.file=/conf/tempo.yaml]
                volumeMounts: [{name: config, mountPath: /conf}]
              volumes: [{name: config, secret: {secretName: tempo-config}}]

        """;

    [Fact]
    public async Task In_base64_it_is_decoded_changed_and_encoded_again()
    {
        var before = Convert.ToBase64String(Encoding.UTF8.GetBytes(Config));
        var input = $"apiVersion: v1\nkind: Secret\nmetadata:\n  name: tempo-config\ndata:\n  tempo.yaml: {before} # the config\n{Querier}";
        var after = Convert.ToBase64String(
            Encoding.UTF8.GetBytes(
                Config
                    .Replace("bind_addr: [0.0.0.0]", "bind_addr: [\"::\"]")
                    .Replace("http_listen_address: 0.0.0.0", "http_listen_address: \"::0\"")
            )
        );

        var result = await AppRunner.RunAsync(input, "--address-family", "IPv6", "--verbose");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains($"  tempo.yaml: {after} # the config\n", result.Output);
        AssertSaysNothing(result.Error);
    }

    [Fact]
    public async Task As_text_it_is_changed_line_by_line()
    {
        var lines = string.Concat(Config.TrimEnd('\n').Split('\n').Select(static line => $"    {line}\n"));
        var input = $"apiVersion: v1\nkind: Secret\nmetadata:\n  name: tempo-config\nstringData:\n  tempo.yaml: |\n{lines}{Querier}";

        var result = await AppRunner.RunAsync(input, "--address-family", "IPv6");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("      bind_addr: [\"::\"]\n", result.Output);
        Assert.Contains("Secret/tempo-config stringData[\"tempo.yaml\"]#memberlist.bind_addr: is [0.0.0.0]", result.Error);
        AssertSaysNothing(result.Error);
    }

    [Fact]
    public async Task A_broken_one_is_refused_without_showing_it()
    {
        var broken = Convert.ToBase64String(Encoding.UTF8.GetBytes(Config + $"{Password}: [\"{Password}\n"));
        var input = $"apiVersion: v1\nkind: Secret\nmetadata:\n  name: tempo-config\ndata:\n  tempo.yaml: {broken}\n{Querier}";

        var result = await AppRunner.RunAsync(input, "--address-family", "IPv6");

        Assert.Equal((65, ""), (result.ExitCode, result.Output));
        AssertSaysNothing(result.Error);
    }

    [Fact]
    public async Task Base64_that_is_not_text_is_reported_as_not_checked()
    {
        var input = $"apiVersion: v1\nkind: Secret\nmetadata:\n  name: tempo-config\ndata:\n  tempo.yaml: /////w==\n{Querier}";

        var result = await AppRunner.RunAsync(input, "--address-family", "IPv6");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("warning TPF016 Deployment/querier", result.Error);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("github")]
    [InlineData("mermaid")]
    [InlineData("markdown")]
    [InlineData("html")]
    public async Task A_remedy_does_not_show_what_a_finding_hides(string format)
    {
        var config =
            Config
            + $"metrics_generator:\n  storage:\n    remote_write:\n      - url: http://user:{Password}@fd00::1:9090/api?token={Password}\n";
        var input =
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: tempo-config\ndata:\n"
            + $"  tempo.yaml: {Convert.ToBase64String(Encoding.UTF8.GetBytes(config))}\n{Querier}";

        var result = await AppRunner.RunAsync(input, "check", "--address-family", "IPv6", "--format", format);

        Assert.Equal(2, result.ExitCode);
        AssertSaysNothing(result.Output);
    }

    private static void AssertSaysNothing(string error)
    {
        Assert.DoesNotContain(Password, error);
        Assert.DoesNotContain("hunter", error);
    }
}
