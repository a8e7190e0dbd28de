using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Reporting;

namespace Tempo.Helm.Tests.Cli;

/// <summary>Names of objects and files cannot write to the terminal, or a command to the log of a workflow.</summary>
public sealed class HostileNameTests : IDisposable
{
    private const string Name = "\\n::error::pwn\\r\\e[31m";

    private readonly TemporaryFolder _folder = new();

    /// <summary>Every name is hostile: the family comes from a Service, a config, or an annotation, or is contradicted.</summary>
    private static readonly string[] Releases =
    [
        Release("[IPv6]", "{}", "{}"),
        Release("[IPv4]", "{}", "{memberlist: {bind_addr: ['::'], join_members: ['g']}}"),
        Release("[IPv4]", "{tempo-postrender/address-family: IPv6}", "{memberlist: {bind_addr: ['0.0.0.0'], join_members: ['g']}}"),
        Release("[IPv4]", "{}", "{memberlist: {bind_addr: ['::', '0.0.0.0'], join_members: ['g']}}"),
    ];

    public static TheoryData<ReportFormat> Formats => [.. Enum.GetValues<ReportFormat>()];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task They_are_shown_escaped_in_every_format(ReportFormat format)
    {
        foreach (var release in Releases)
        {
            var result = await AppRunner.RunAsync(release, "check", "--verbose", "--format", format.Word());

            Assert.NotEqual("", result.Output);
            AssertIsHarmless(result.Output + result.Error);
        }
    }

    [Fact]
    public async Task The_post_renderer_escapes_them_too()
    {
        foreach (var release in Releases)
        {
            AssertIsHarmless((await AppRunner.RunAsync(release, "--fail-on", "never")).Error);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task The_name_of_a_file_is_escaped(ReportFormat format)
    {
        var file = _folder.Write("r\n::error::pwn\r\e[31m.yaml", Streams.Contradiction);

        var result = await AppRunner.RunAsync("", "check", file, "--verbose", "--address-family", "IPv6", "--format", format.Word());

        AssertIsHarmless(result.Output + result.Error);
    }

    private static string Release(string families, string annotations, string config) =>
        $$$"""
            apiVersion: v1
            kind: Service
            metadata: {name: "s{{{Name}}}"}
            spec: {ipFamilies: {{{families}}}, selector: {a: b}, ports: [{port: 7946}]}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: "c{{{Name}}}", annotations: {{{annotations}}}}
            data: {tempo.yaml: "{{{config}}}"}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: "p{{{Name}}}", labels: {a: b}}
            spec:
              containers:
              - {name: t, image: "grafana/tempo:3.0.3", args: [-config.file=/c/tempo.yaml], volumeMounts: [{name: c, mountPath: /c}]}
              volumes: [{name: c, configMap: {name: "c{{{Name}}}"}}]

            """.ReplaceLineEndings("\n");

    private static void AssertIsHarmless(string shown)
    {
        Assert.DoesNotContain('\e', shown);
        Assert.DoesNotContain('\r', shown);
        Assert.DoesNotContain("\n::error::pwn", shown);
    }
}
