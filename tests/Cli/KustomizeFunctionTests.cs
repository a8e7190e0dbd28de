using System.Text;
using Tempo.Helm.Tests.Documents;
using Tempo.Helm.Tests.Rules;
using Tempo.Helm.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Cli;

/// <summary>The post-renderer as a KRM function: a <c>ResourceList</c> in, a <c>ResourceList</c> with results out.</summary>
public sealed class KustomizeFunctionTests : IDisposable
{
    private static readonly string Release = File.ReadAllText(Repository.Path("docs", "examples", "release.yaml"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("IPv6")]
    [InlineData("IPv4")]
    public async Task Items_are_fixed_as_by_the_post_renderer_and_keep_their_order(string family)
    {
        var fixtures = RuleFixture
            .All.Where(fixture => fixture.Fixed is not null && $"{fixture.Family}" == family)
            .DistinctBy(static fixture => fixture.Rule)
            .ToList();
        Assert.True(fixtures.Count > 5);

        foreach (var fixture in fixtures)
        {
            var result = await AppRunner.RunAsync(List(fixture.Text, $"spec: {{addressFamily: {family}}}"));

            Assert.True(result.ExitCode == 0, $"{fixture}: {result.Error}");
            Assert.Equal(Documents(fixture.Fixed!), Items(result.Output));
            Assert.Contains(
                (YamlSequenceNode)Root(result.Output)["results"],
                finding => finding["tags"]["rule"].ToString() == fixture.Rule
            );
        }
    }

    [Fact]
    public async Task A_result_has_a_message_a_severity_and_a_place()
    {
        var first = Release.IndexOf("metadata:\n");
        var annotated = Release.Insert(
            first + "metadata:\n".Length,
            "  annotations: {internal.config.kubernetes.io/path: deploy/tempo.yaml, internal.config.kubernetes.io/index: \"3\"}\n"
        );

        var results = ((YamlSequenceNode)Root((await AppRunner.RunAsync(List(annotated))).Output)["results"]).ToList();

        var bind = results.Single(static finding => finding["tags"]["rule"].ToString() == "TPF004");
        Assert.StartsWith("TPF004 data[\"tempo.yaml\"]#memberlist.bind_addr: is empty; ", bind["message"].ToString());
        Assert.Equal("info", bind["severity"].ToString());
        Assert.Equal("{ { apiVersion, v1 }, { kind, ConfigMap }, { name, traces-config } }", bind["resourceRef"].ToString());
        Assert.Equal("{ { path, deploy/tempo.yaml }, { index, 3 } }", bind["file"].ToString());
        Assert.Equal("data[\"tempo.yaml\"]#memberlist.bind_addr", bind["field"]["path"].ToString());
        Assert.Equal(7, results.Count);
    }

    [Fact]
    public async Task A_refused_list_keeps_its_items_and_says_why()
    {
        var release = Release.Replace("clusterIP: None", "clusterIP: 10.0.0.7");

        var result = await AppRunner.RunAsync(List(release));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error TPF002 Service/traces-gossip-ring ", result.Error);
        Assert.Contains("tempo-postrender: refused: 1 document read, all returned unchanged; ", result.Error);
        Assert.Equal(Documents(release), Items(result.Output));
        Assert.Contains(
            (YamlSequenceNode)Root(result.Output)["results"],
            static finding => finding["severity"].ToString() == "error" && finding["tags"]["rule"].ToString() == "TPF002"
        );
    }

    [Theory]
    [InlineData("spec: {mode: check}", 2)]
    [InlineData("spec: {mode: check, failOn: never}", 0)]
    [InlineData("spec: {mode: check, disable: [], gossipLabel: null}", 2)]
    [InlineData("spec: {mode: check, disable: [TPF001, TPF004, TPF006, TPF009]}", 0)]
    [InlineData("kind: ConfigMap\n  data: {mode: check, disable: \"TPF001,TPF004,TPF006,TPF009\"}", 0)]
    public async Task The_functionConfig_contains_the_options(string config, int exitCode)
    {
        var result = await AppRunner.RunAsync(List(Release, config));

        Assert.True(exitCode == result.ExitCode, result.Error);
        Assert.Equal(Documents(Release), Items(result.Output));
    }

    [Fact]
    public async Task The_functionConfig_of_the_page_is_accepted()
    {
        var file = Document
            .Of("docs/kustomize.md")
            .Blocks.Single(static block => block.Attributes.TryGetValue("file", out var name) && name == "family.yaml")
            .Text;
        var spec = file[file.IndexOf("spec:")..].TrimEnd().Replace("\n", "\n  ");

        var result = await AppRunner.RunAsync(List(Release, spec));

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.NotEmpty((YamlSequenceNode)Root(result.Output)["results"]);
    }

    [Theory]
    [InlineData(
        "spec: {family: IPv6}",
        "functionConfig has family, which is no option; the options are addressFamily, disable, failOn, gossipLabel, mode, namespace"
    )]
    [InlineData("spec: {addressFamily: ipv6}", "--address-family is ipv6, but must be IPv6, IPv4 or auto, in this spelling")]
    [InlineData("spec: {mode: enforced}", "functionConfig: --mode is enforced, but must be one of enforce, check")]
    public async Task An_option_that_does_not_exist_is_refused(string config, string message)
    {
        var result = await AppRunner.RunAsync(List(Release, config));

        Assert.Equal((64, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"tempo-postrender: {message}", result.Error);
    }

    [Fact]
    public async Task Results_of_an_earlier_run_are_replaced()
    {
        var once = await AppRunner.RunAsync(List(Release));

        var twice = await AppRunner.RunAsync(once.Output);

        Assert.Equal(0, twice.ExitCode);
        Assert.Equal(Items(once.Output), Items(twice.Output));
        Assert.Empty((YamlSequenceNode)Root(twice.Output)["results"]);
    }

    [Fact]
    public async Task A_list_in_JSON_is_answered_too()
    {
        const string Json = """
            {"apiVersion": "config.kubernetes.io/v1", "kind": "ResourceList", "functionConfig": {"spec": {"addressFamily": "IPv6"}},
             "items": [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "other"}}]}
            """;

        var result = await AppRunner.RunAsync(Json);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Empty((YamlSequenceNode)Root(result.Output)["results"]);
        Assert.Single((YamlSequenceNode)Root(result.Output)["items"]);
    }

    [KustomizeFact]
    public async Task The_real_Kustomize_runs_the_function_and_gives_what_the_post_renderer_gives()
    {
        _folder.Write("release.yaml", Release);
        _folder.Write("repaired.yaml", (await AppRunner.RunAsync(Release)).Output);
        _folder.Write(
            "family.yaml",
            $"""
            apiVersion: tempo-postrender/v1
            kind: TempoFamily
            metadata:
              name: family
              annotations:
                config.kubernetes.io/function: |
                  exec:
                    path: {Path.Combine(AppContext.BaseDirectory, "tempo-postrender")}
            spec:
              addressFamily: IPv6
            """
        );

        _folder.Write("kustomization.yaml", "resources: [release.yaml]\ntransformers: [family.yaml]\n");
        var built = await Kustomize.BuildAsync(_folder.Path, "--enable-alpha-plugins", "--enable-exec");
        _folder.Write("kustomization.yaml", "resources: [repaired.yaml]\n");
        var expected = await Kustomize.BuildAsync(_folder.Path);

        Assert.True(built.ExitCode == 0, built.Error);
        Assert.Equal(expected.Output, built.Output);
    }

    /// <summary>A release as Kustomize passes it to a function.</summary>
    private static string List(string release, string config = "spec: {addressFamily: IPv6}")
    {
        var text = new StringBuilder(
            "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nfunctionConfig:\n"
                + $"  apiVersion: tempo-postrender/v1\n  metadata:\n    name: family\n  {config}\nitems:\n"
        );
        foreach (
            var document in release
                .Split("---\n", StringSplitOptions.RemoveEmptyEntries)
                .Where(static document => document.Contains("kind:"))
        )
        {
            var lines = document.TrimEnd('\n').Split('\n').SkipWhile(static line => line.StartsWith('#') || line.Length == 0).ToList();
            text.Append("- ").Append(lines[0]).Append('\n');
            lines.Skip(1).ToList().ForEach(line => text.Append(line.Length == 0 ? "" : "  ").Append(line).Append('\n'));
        }

        return text.ToString();
    }

    private static YamlNode Root(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents[0].RootNode;
    }

    private static List<string> Items(string list) => [.. ((YamlSequenceNode)Root(list)["items"]).Select(static item => item.ToString())];

    private static List<string> Documents(string release)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(release));
        return
        [
            .. stream
                .Documents.Select(static document => document.RootNode)
                .OfType<YamlMappingNode>()
                .Select(static root => root.ToString()),
        ];
    }
}
