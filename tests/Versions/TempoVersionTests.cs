using Tempo.PostRender.Tempo;

namespace Tempo.Helm.Tests.Versions;

public class TempoVersionTests
{
    [Theory]
    [InlineData("3.0.3", "3.0.3")]
    [InlineData("v2.9.3", "2.9.3")]
    [InlineData("2.10.8-amd64", "2.10.8")]
    [InlineData("3.0.0-rc.1", "3.0.0")]
    [InlineData("2.8.2+build.7", "2.8.2")]
    [InlineData("2.10", "2.10.8")]
    [InlineData("r210-abc1234", "2.10.8")]
    [InlineData("r30-abc1234", "3.0.3")]
    [InlineData("1.5.0", "1.5.0")]
    [InlineData("4.2.0", "4.2.0")]
    [InlineData("5.6", "5.6.0")]
    public void A_tag_that_states_a_version_is_read(string tag, string version) =>
        Assert.Equal(version, TempoVersion.Parse(tag)?.ToString());

    [Fact]
    public void Main_is_the_version_in_development_and_a_major_version_its_newest_release()
    {
        Assert.Equal(TempoVersions.Development, TempoVersion.Parse("main-abc1234"));
        Assert.Equal(TempoVersions.NewestRelease, TempoVersion.Parse($"{TempoVersions.NewestRelease.Major}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("prod-42")]
    [InlineData("main")]
    [InlineData("2024.11.3")]
    [InlineData("2.10.8.1")]
    [InlineData("2.x")]
    [InlineData("-1.2.3")]
    [InlineData("r210")]
    [InlineData("release-2.10")]
    [InlineData("99999999999.0.0")]
    [InlineData("..")]
    public void A_tag_that_states_none_is_not_guessed(string? tag) => Assert.Null(TempoVersion.Parse(tag));

    [Fact]
    public void Versions_are_ordered_by_their_numbers_not_by_their_text()
    {
        Assert.True(new TempoVersion(2, 9, 5) < new TempoVersion(2, 10, 0));
        Assert.True(new TempoVersion(3, 0, 0) > new TempoVersion(2, 10, 8));
        Assert.True(new TempoVersion(2, 2, 0) >= new TempoVersion(2, 2, 0) && new TempoVersion(2, 2, 0) <= new TempoVersion(2, 2, 0));
    }

    [Theory]
    [InlineData("2.9.2", true)]
    [InlineData("2.9.3", false)]
    [InlineData("2.10.0", true)]
    [InlineData("2.10.5", true)]
    [InlineData("2.10.6", false)]
    [InlineData("3.0.0", false)]
    public void A_receiver_can_leave_in_a_patch_and_of_an_older_branch_later(string version, bool has) =>
        Assert.Equal(has, TempoReceiver.VersionsOf("opencensus")!.Contains(TempoVersion.Parse(version)!.Value));

    [Fact]
    public void A_range_says_itself_in_words()
    {
        Assert.Equal("2.2 to 2.10", VersionRange.Between("2.2", "2.10").ToString());
        Assert.Equal("2.8 or later", VersionRange.Since("2.8").ToString());
        Assert.Equal("2.9.2 or earlier and 2.10 to 2.10.5", TempoReceiver.VersionsOf("opencensus")!.ToString());
    }
}
