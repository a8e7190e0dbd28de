using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Reporting;

/// <summary>The Markdown report is read in pull requests and in summaries of jobs.</summary>
public class MarkdownTests
{
    [Fact]
    public async Task A_release_becomes_a_comment() => SnapshotAssert.Match(await ReportAsync(Streams.Helm3), "Reporting", "markdown");

    [Fact]
    public async Task Decisions_of_the_user_come_before_the_diagram()
    {
        var report = await ReportAsync(Streams.Contradiction);

        var decide = report.IndexOf("**To decide**");
        Assert.True(decide > 0);
        Assert.True(decide < report.IndexOf("```mermaid"));
    }

    /// <summary>GitHub refuses longer comments.</summary>
    [Fact]
    public async Task It_is_never_longer_than_a_comment_may_be_and_says_what_is_left_out()
    {
        var many = string.Concat(Enumerable.Range(0, 80).Select(static number => Streams.Helm3.Replace("traces-", $"traces-{number}-")));

        var report = await ReportAsync(many);

        Assert.InRange(report.Length, 1_000, 65_536);
        Assert.Contains("The report is too long for GitHub", report);
        Assert.Contains("left out", report);
    }

    private static async Task<string> ReportAsync(string manifests) =>
        (await AppRunner.RunAsync(manifests, "check", "--address-family", "IPv6", "--format", "markdown")).Output;
}
