using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CliWrap;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Rules;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Documents;

/// <summary>The documents agree with the program: commands, outputs, values, links and paths.</summary>
[Collection(DocumentCollection.Name)]
public partial class DocumentTests
{
    private static readonly string[] Languages = ["console", "diff", "json", "mermaid", "text", "yaml"];

    /// <summary>Why a command is not run by the tests. The tests still check that its flags exist.</summary>
    private static readonly string[] Needs = ["cluster", "internet", "build", "program"];

    public static TheoryData<string> Paths => [.. Document.All.Select(static document => document.Path)];

    public static TheoryData<string, int> Runs
    {
        get
        {
            var runs = new TheoryData<string, int>();
            foreach (var (path, helm) in DocumentRun.All())
            {
                runs.Add(path, helm);
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Commands_do_what_the_document_shows(string path, int helm)
    {
        var run = await DocumentRun.OfAsync(path, helm);
        // An error that nobody expects must never become the output that a document shows.
        AssertNone.Of(
            run.Steps.Where((result, index) => result.ExitCode != 0 && run.Steps.ElementAtOrDefault(index + 1)?.Step.Command != "echo $?")
                .Select(static result =>
                    $"{result.Step.Block.Place}: {result.Step.Command}\nexit code {result.ExitCode}\n{string.Join('\n', result.Output)}"
                ),
            "These commands fail. Correct them, or follow each with $ echo $? if it is meant to fail:"
        );
        var wrong = run.Steps.Where(static result => !result.Step.Shows(result.Output)).ToList();
        // A pipe hides the exit code of all its commands but the last.
        var isError = wrong.Exists(static result => result.Output.Any(static line => line.StartsWith("Error: ")));
        if (wrong.Count > 0 && Update.IsAsked && !isError)
        {
            Accept(Document.Of(path), wrong);
            return;
        }

        Assert.True(wrong.Count == 0, string.Concat(wrong.Select(Difference)) + Update.Advice);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Git_ignores_the_files_that_the_commands_of_the_README_write(int helm)
    {
        var run = await DocumentRun.OfAsync("README.md", helm);
        Assert.NotEmpty(run.NewFiles);
        var ignored = await CliWrap
            .Cli.Wrap("git")
            .WithArguments(["check-ignore", "--no-index", "--stdin"])
            .WithWorkingDirectory(Repository.Root)
            .WithStandardInputPipe(PipeSource.FromString(string.Concat(run.NewFiles.Select(static file => file + "\n"))))
            .RunToEndAsync();

        Assert.Empty(run.NewFiles.Except(ignored.Output.Split('\n')));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Commands_and_flags_exist_in_the_programs_named(string path)
    {
        var document = Document.Of(path);
        var faults = new List<string>();
        foreach (var block in document.Blocks.Where(static block => block.Language == "console"))
        {
            foreach (var step in block.Steps())
            {
                await LookUpAsync(block.Place, step.Command, block.Attributes.TryGetValue("helm", out var helm) ? [helm[0] - '0'] : [3, 4]);
            }
        }

        foreach (var (line, code) in document.CodeSpans.Where(static span => ProgramName().IsMatch(span.Code)))
        {
            await LookUpAsync($"{path}, line {line}", code, code.Contains("helm plugin") ? [4] : [3, 4]);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));

        async Task LookUpAsync(string place, string line, IEnumerable<int> helms)
        {
            if (await Programs.FaultAsync(line, helms) is { } fault)
            {
                faults.Add($"{place}: {line}\n  {fault}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Blocks_say_what_they_are_and_why_they_are_not_run(string path)
    {
        foreach (var block in Document.Of(path).Blocks)
        {
            Assert.True(
                Languages.Contains(block.Language),
                $"{block.Place}: the language is \"{block.Language}\", but must be one of {string.Join(", ", Languages)}"
            );
            Assert.True(
                !block.Attributes.TryGetValue("needs", out var need) || Needs.Contains(need),
                $"{block.Place}: needs is \"{need}\", but must be one of {string.Join(", ", Needs)}"
            );
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Blocks_of_YAML_and_JSON_can_be_read(string path)
    {
        foreach (var block in Document.Of(path).Blocks)
        {
            try
            {
                switch (block.Language)
                {
                    case "yaml":
                        new YamlStream().Load(new StringReader(block.Text));
                        break;
                    case "json":
                        using (JsonDocument.Parse(block.Text)) { }

                        break;
                }
            }
            catch (Exception exception) when (exception is YamlException or JsonException)
            {
                Assert.Fail($"{block.Place}: {exception.Message}");
            }
        }
    }

    [Fact]
    public async Task Blocks_of_values_are_taken_by_the_chart()
    {
        var faults = await Task.WhenAll(
            Document
                .All.SelectMany(static document => document.Blocks)
                .Where(static block => block.Attributes.ContainsKey("values"))
                .Select(async block =>
                {
                    using var values = new TemporaryFile(block.Text);
                    string[] below = block.Attributes["values"] is { Length: > 0 } file ? ["-f", file] : [];
                    var result = await Renders.RunAsync(HelmVersions.Four, ["template", "tempo", "chart", .. below, "-f", values.Path]);
                    return result.ExitCode == 0 ? null : $"{block.Place}: {result.Error}";
                })
        );
        Assert.True(Array.TrueForAll(faults, static fault => fault is null), string.Concat(faults));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Links_lead_somewhere(string path)
    {
        foreach (var (line, target) in Document.Of(path).Links.Where(static link => !link.Target.StartsWith("https://")))
        {
            var parts = target.Split('#', 2);
            var file =
                parts[0].Length == 0
                    ? path
                    : Path.GetRelativePath(Repository.Root, Path.GetFullPath(parts[0], Path.GetDirectoryName(Repository.Path(path))!))
                        .Replace('\\', '/');
            Assert.True(Path.Exists(Repository.Path(file)), $"{path}, line {line}: there is no {file}");
            if (parts.Length == 2)
            {
                Assert.True(Document.Of(file).Anchors.Contains(parts[1]), $"{path}, line {line}: {file} has no heading #{parts[1]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Paths_of_this_repository_exist(string path)
    {
        foreach (var (line, code) in Document.Of(path).CodeSpans.Where(static span => RepositoryPath().IsMatch(span.Code)))
        {
            var (folder, name) = (Path.GetDirectoryName(code)!, Path.GetFileName(code));
            Assert.True(
                name.Contains('*')
                    ? Directory.EnumerateFileSystemEntries(Repository.Path(folder), name).Any()
                    : Path.Exists(Repository.Path(code)),
                $"{path}, line {line}: there is no {code}"
            );
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Rules_that_are_named_exist(string path)
    {
        // The ids of rules for manifests, and of checks of live clusters.
        var ids = typeof(RuleIds).GetProperties().Select(static id => id.GetValue(null)).OfType<string>().ToHashSet();

        Assert.All(RuleId().Matches(File.ReadAllText(Repository.Path(path))).Select(static id => id.Value), id => Assert.Contains(id, ids));
    }

    [Theory]
    [InlineData("FOO=1 helm template 'a b' ./chart 2>&1 > out.yaml | head -5", "helm template a b ./chart / head -5")]
    [InlineData("cat < in | tempo-postrender --mode=check && echo \"a | b\"", "cat / tempo-postrender --mode=check / echo a | b")]
    [InlineData("kubectl get pods \\\n  -n tempo; helm list", "kubectl get pods -n tempo / helm list")]
    public void A_shell_line_is_split_into_commands(string line, string commands) =>
        Assert.Equal(commands, string.Join(" / ", CommandLine.Commands(line).Select(static command => string.Join(' ', command))));

    [Theory]
    [InlineData("tempo-postrender check --formt json")]
    [InlineData("tempo-postrender chekc")]
    [InlineData("tempo-postrender template ./chart --show-onyl a.yaml")]
    [InlineData("helm instal tempo ./chart")]
    [InlineData("helm install tempo ./chart --post-render x")]
    [InlineData("cat x | helm plugin instal .")]
    public async Task A_slip_in_a_command_is_found(string line) => Assert.NotNull(await Programs.FaultAsync(line, [3, 4]));

    private static string Difference(StepResult result) =>
        $"""
            {result.Step.Block.Place}: $ {result.Step.Command}
            the document shows:
            {string.Join('\n', result.Step.Output)}
            printed was (exit code {result.ExitCode}):
            {string.Join('\n', result.Output)}


            """;

    /// <summary>Replaces the shown output by the printed output, last block first, so that line numbers stay valid.</summary>
    private static void Accept(Document document, IEnumerable<StepResult> results)
    {
        var lines = document.Lines.ToList();
        foreach (var (step, _, output) in results.OrderByDescending(static result => result.Step.OutputLine))
        {
            lines.RemoveRange(step.OutputLine, step.Output.Count);
            lines.InsertRange(step.OutputLine, output.Select(line => (step.Block.Indent + line).TrimEnd()));
        }

        File.WriteAllText(
            Repository.Path(document.Path),
            string.Concat(lines.Select(static line => line + "\n")),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
        );
    }

    [GeneratedRegex("TPF[0-9]{3}")]
    private static partial Regex RuleId();

    [GeneratedRegex("^(helm|tempo-postrender|kubectl) ")]
    private static partial Regex ProgramName();

    [GeneratedRegex(@"^(\.ci|\.github|chart|docs|eng|postrender|tests)/[\w./*-]*$")]
    private static partial Regex RepositoryPath();
}
