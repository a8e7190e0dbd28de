using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Reporting;

namespace Tempo.Helm.Tests.Reporting;

/// <summary>What a user reads on a terminal.</summary>
public class GroupedReportTests
{
    private static readonly string Example = File.ReadAllText(Repository.Path("docs", "examples", "release.yaml"));

    private static readonly string Pinned = Example.Replace("clusterIP: None", "clusterIP: 10.0.0.7");

    /// <summary>A Service per component, as charts have them, and a Service of another release's name in wide letters.</summary>
    private static readonly string Services =
        Example
        + string.Concat(
            new[] { "querier", "query-frontend", "backend-worker", "日本語のトレース" }.Select(static name =>
                $$$"""
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: traces-{{{name}}}, namespace: observability}
                    spec: {clusterIP: None, ipFamilies: [IPv4], ipFamilyPolicy: SingleStack, selector: {app: {{{name}}}}}
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: traces-{{{name}}}, namespace: observability}
                    spec:
                      template:
                        metadata: {labels: {app: {{{name}}}, tempo-gossip-member: "true"}}
                        spec:
                          containers:
                            - name: tempo
                              image: grafana/tempo:3.0.3
                              args: [-target=querier, -config.file=/conf/tempo.yaml]
                              volumeMounts: [{name: config, mountPath: /conf}]
                          volumes: [{name: config, configMap: {name: traces-config}}]

                    """.ReplaceLineEndings("\n")
            )
        );

    public static TheoryData<string, int, bool> Forms
    {
        get
        {
            var forms = new TheoryData<string, int, bool>();
            foreach (var name in (string[])["fixable", "fixed", "refused", "failed", "services", "consistent", "nothing"])
            {
                forms.Add(name, 80, false);
            }

            forms.Add("fixed", 120, true);
            forms.Add("refused", 120, true);
            forms.Add("services", 120, false);
            return forms;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_verdict_comes_first_then_what_is_left_then_what_changed_then_what_to_run(string name, int width, bool colours)
    {
        var text = await RunAsync(name, new TerminalSettings(width, colours));

        SnapshotAssert.Match(text, "Reporting", $"{name}.{width}{(colours ? ".colours" : "")}");
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task No_line_is_wider_than_the_terminal_unless_it_is_one_word(int width)
    {
        foreach (var name in (string[])["fixed", "refused", "services"])
        {
            Assert.All(
                (await RunAsync(name, new TerminalSettings(width, Colours: false))).Split('\n'),
                line => Assert.True(TerminalPage.WidthOf(line) <= width || !line.Trim().Contains(' '), line)
            );
        }
    }

    [Fact]
    public async Task Colours_change_nothing_but_the_look()
    {
        foreach (var name in (string[])["fixed", "refused"])
        {
            var (coloured, plain) = (
                await RunAsync(name, new TerminalSettings(80, Colours: true)),
                await RunAsync(name, new TerminalSettings(80, Colours: false))
            );

            Assert.DoesNotContain('\e', plain);
            Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(coloured, "\e\\[[\\d;]*m", ""));
            Assert.All(coloured.Split('\n'), static line => Assert.Matches("^([^\e]|\e\\[[\\d;]+m[^\e]*\e\\[0m)*$", line));
        }
    }

    [Fact]
    public void Wide_characters_take_two_columns_and_combining_ones_none()
    {
        using var output = new StringWriter();
        new TerminalPage(output, new TerminalSettings(10, Colours: false)).Write(0, 2, "日本語 日本 e\u0301e\u0301e\u0301e\u0301 abcd");

        Assert.Equal("日本語\n  日本\n  e\u0301e\u0301e\u0301e\u0301\n  abcd\n", output.ToString());
    }

    [Fact]
    public void A_word_of_several_looks_is_not_broken()
    {
        using var output = new StringWriter();
        new TerminalPage(output, new TerminalSettings(9, Colours: true)).Write(
            0,
            1,
            "see ",
            new StyledText("TPF001", TerminalStyle.Good, "https://x.example/#1"),
            ", or not"
        );

        Assert.Equal("see\n \e[32m\e]8;;https://x.example/#1\e\\TPF001\e]8;;\e\\\e[0m,\n or not\n", output.ToString());
    }

    [Fact]
    public async Task The_next_command_repeats_the_options_that_decided_this_one()
    {
        string[] options = ["--address-family", "IPv6", "--disable", "TPF015", "--gossip-label", "example.org/ring", "-n", "obs"];

        var result = await AppRunner.RunAsync(
            "",
            ["check", "--format", "grouped", .. options, Repository.Path("docs", "examples", "release.yaml")]
        );
        var shown = string.Join(' ', result.Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

        Assert.Contains(
            "tempo-postrender check --fix --address-family IPv6 --disable TPF015 --gossip-label example.org/ring --namespace obs ",
            shown
        );
        Assert.Contains(
            "helm upgrade --install NAME CHART --namespace obs --post-renderer tempo-postrender --post-renderer-args=--address-family=IPv6 "
                + "--post-renderer-args=--disable=TPF015 --post-renderer-args=--gossip-label=example.org/ring "
                + "--post-renderer-args=--namespace=obs",
            shown
        );
    }

    [Fact]
    public void A_rule_is_linked_to_its_page_in_the_same_version()
    {
        var rule = PostRender.Rules.RuleCatalog.Descriptions.Single(static rule => rule.Id == "TPF001");

        Assert.Null(RuleLinks.Of(rule, repository: null, "0.1.0"));
        Assert.Equal(
            "https://git.example/o/r/blob/v0.1.0/docs/rules.md#tpf001-service-family",
            RuleLinks.Of(rule, "https://git.example/o/r", "0.1.0")
        );
        Assert.Equal(
            "https://git.example/o/r/blob/0a1b/docs/rules.md#tpf001-service-family",
            RuleLinks.Of(rule, "https://git.example/o/r/", "0.1.0+0a1b")
        );
    }

    /// <summary>The report of a run on a terminal.</summary>
    private static async Task<string> RunAsync(string name, TerminalSettings terminal)
    {
        var input = name switch
        {
            "refused" or "failed" => Pinned,
            "services" => Services,
            "consistent" => (await AppRunner.RunAsync(Example)).Output,
            "nothing" => "apiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n",
            _ => Example,
        };
        var checks = name is "fixable" or "failed" or "consistent";
        var result = await AppRunner.OnTerminalAsync(
            input,
            terminal,
            checks ? ["check"]
                : name == "services" ? ["--address-family", "IPv6"]
                : []
        );
        return checks ? result.Output : result.Error;
    }
}
