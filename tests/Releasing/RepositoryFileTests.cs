using System.Text.Json;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Releasing;

/// <summary>The files that a Git host and its bots read have the required form.</summary>
public class RepositoryFileTests
{
    public static TheoryData<string> Projects => [.. Files("*.csproj")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_project_has_a_lock_file_that_any_platform_and_SDK_can_restore(string project)
    {
        using var locked = JsonDocument.Parse(File.ReadAllBytes(Repository.Path(Path.GetDirectoryName(project)!, "packages.lock.json")));
        var frameworks = locked.RootElement.GetProperty("dependencies").EnumerateObject().ToList();

        Assert.Equal("net10.0", Assert.Single(frameworks).Name);
        Assert.DoesNotContain(frameworks[0].Value.EnumerateObject(), static package => package.Name.Contains("ILCompiler"));
    }

    [Fact]
    public void A_question_of_an_issue_form_has_a_label_and_an_id_of_its_own()
    {
        foreach (
            var form in Directory
                .EnumerateFiles(Repository.Path(".github", "ISSUE_TEMPLATE"))
                .Where(static file => Path.GetFileName(file) != "config.yml")
        )
        {
            var root = YamlFile.Load(form);
            var questions = ((YamlSequenceNode)root["body"]).Where(static item => item["type"].ToString() != "markdown").ToList();

            Assert.All(new[] { "name", "description" }, key => Assert.NotEqual("", root[key].ToString()));
            Assert.All(questions, static question => Assert.NotEqual("", question["attributes"]["label"].ToString()));
            Assert.Equal(questions.Count, questions.Select(static question => question["id"].ToString()).Distinct().Count());
        }
    }

    [Fact]
    public void Every_file_has_an_owner()
    {
        var lines = File.ReadLines(Repository.Path(".github", "CODEOWNERS"))
            .Where(static line => line is not "" && line[0] != '#')
            .ToList();

        Assert.StartsWith("* ", lines[0]);
        Assert.All(lines, static line => Assert.Matches(@"^\S+ +@[\w-]+/[\w-]+$", line));
    }

    [Fact]
    public void Renovate_names_packages_and_files_that_are_there()
    {
        using var renovate = JsonDocument.Parse(File.ReadAllBytes(Repository.Path("renovate.json")));
        var rules = renovate.RootElement.GetProperty("packageRules").EnumerateArray().ToList();
        var packages = File.ReadAllText(Repository.Path("Directory.Packages.props"));

        Assert.All(Names(rules, "matchPackageNames"), name => Assert.Contains($"Include=\"{name}\"", packages));
        Assert.All(Names(rules, "matchFileNames"), static name => Assert.True(File.Exists(Repository.Path(name)), name));
        Assert.All(
            renovate.RootElement.GetProperty("ignorePaths").EnumerateArray().Select(static path => path.GetString()!.Replace("/**", "")),
            static path => Assert.True(Directory.Exists(Repository.Path(path)), path)
        );
    }

    [Fact]
    public void The_dev_container_has_the_SDK_of_the_repository()
    {
        using var container = JsonDocument.Parse(File.ReadAllBytes(Repository.Path(".devcontainer", "devcontainer.json")));
        using var sdk = JsonDocument.Parse(File.ReadAllBytes(Repository.Path("global.json")));
        var version = Regex.Match(sdk.RootElement.GetProperty("sdk").GetProperty("version").GetString()!, @"^\d+\.\d+").Value;

        Assert.EndsWith($"/dotnet:1-{version}", container.RootElement.GetProperty("image").GetString());
    }

    private static IEnumerable<string> Names(IEnumerable<JsonElement> rules, string key) =>
        rules
            .SelectMany(rule => rule.TryGetProperty(key, out var names) ? names.EnumerateArray() : default)
            .Select(static name => name.GetString()!);

    private static IEnumerable<string> Files(string pattern) =>
        new[] { "postrender", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), pattern, SearchOption.AllDirectories))
            .Select(static file => Path.GetRelativePath(Repository.Root, file))
            .Order();
}
