using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Documents;

/// <summary>Documents cannot know where a release is published. They use one placeholder for it, and explain it.</summary>
public partial class RepositoryNameTests
{
    public static TheoryData<string> Paths =>
        [.. Document.All.Where(static document => Text(document.Path).Contains("OWNER")).Select(static document => document.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void The_place_of_a_release_is_spelled_in_one_way(string path)
    {
        var other = Places().Replace(Text(path), "");

        Assert.DoesNotContain("OWNER", other);
        Assert.DoesNotContain("REPOSITORY/", other);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_page_that_names_it_links_to_its_meaning(string path) =>
        Assert.Contains(path == "README.md" ? "`OWNER/REPOSITORY` stands for" : "(../README.md#get-it)", Text(path));

    [Fact]
    public void Addresses_of_releases_name_no_other_place()
    {
        foreach (var document in Document.All)
        {
            Assert.All(
                Published().Matches(Text(document.Path)).Select(static match => match.Value),
                static address => Assert.Contains("OWNER", address)
            );
        }
    }

    private static string Text(string path) => File.ReadAllText(Repository.Path(path));

    /// <summary>The repository on GitHub, and the registry of its owner.</summary>
    [GeneratedRegex(@"(github\.com/|githubusercontent\.com/|uses: |--repo |`)OWNER/REPOSITORY|ghcr\.io/OWNER\b|`OWNER`")]
    private static partial Regex Places();

    /// <summary>Addresses of the project's own chart, image, action and files.</summary>
    [GeneratedRegex(@"ghcr\.io/\S*(tempo-postrender|charts)|github\S*/releases/download/\S*tempo\S*|uses: \S+/\S*tempo-?helm\S*")]
    private static partial Regex Published();
}
