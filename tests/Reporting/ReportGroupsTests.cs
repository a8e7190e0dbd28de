using Tempo.Helm.Tests.Support;
using Tempo.PostRender;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Reporting;

/// <summary>A report grouped for reading: equal changes once, and the same numbers in every mode.</summary>
public class ReportGroupsTests
{
    [Fact]
    public void Equal_changes_of_many_objects_are_reported_once()
    {
        var release = Release(Of(RunMode.Enforce, Streams.Helm3));

        var services = release.Fixes.Single(static group => group.Rule.Id == "TPF001");
        Assert.Equal(services.Count, services.Groups.Sum(static same => same.Findings.Count));
        Assert.All(services.Groups, static same => Assert.Equal(same.Findings.Count, same.Changes.Count * same.Objects.Count));
        Assert.Distinct(services.Groups.SelectMany(static same => same.Changes));
        var label = Assert.Single(release.Fixes.Single(static group => group.Rule.Id == "TPF009").Groups);
        Assert.Equal(["Deployment/obs/traces-distributor", "StatefulSet/obs/traces-live-store"], label.Objects);
        Assert.Equal(["not set -> \"true\""], label.Changes.Select(static change => change.ToString().Split(": ")[1]));
    }

    [Fact]
    public void A_change_has_the_old_and_the_new_value()
    {
        var changes = Release(Of(RunMode.Enforce, Streams.Helm3))
            .Fixes.SelectMany(static rule => rule.Groups)
            .SelectMany(static same => same.Changes);

        Assert.Contains("memberlist.bind_addr: [] -> [\"::\"]", changes.Select(static change => change.ToString()));
        Assert.Contains(
            "distributor.receivers.otlp.protocols.grpc.endpoint: 0.0.0.0:4317 -> \"[::]:4317\"",
            changes.Select(static change => change.ToString())
        );
        Assert.Contains("spec.ipFamilies: not set -> [IPv6]", changes.Select(static change => change.ToString()));
    }

    [Fact]
    public void The_numbers_of_check_and_of_the_post_renderer_agree()
    {
        var (check, fix) = (Of(RunMode.Check, Streams.Helm3).Report, Of(RunMode.Enforce, Streams.Helm3).Report);

        Assert.Equal(fix.Count(ReportedLevel.Fixed), check.Count(ReportedLevel.Fixable));
        Assert.Equal((0, 0), (check.Count(ReportedLevel.Error), check.Count(ReportedLevel.Fixed)));
        Assert.Equal(fix.Count(ReportedLevel.Warning), check.Count(ReportedLevel.Warning));
        Assert.NotEmpty(fix.RestartsOf(0));
        Assert.Equal(fix.RestartsOf(0), check.RestartsOf(0));
    }

    [Theory]
    [InlineData(RunMode.Enforce, FailOn.Error, Verdict.Fixed)]
    [InlineData(RunMode.Check, FailOn.Error, Verdict.Fixable)]
    public void The_verdict_says_whose_turn_it_is(RunMode mode, FailOn failOn, Verdict verdict)
    {
        Assert.Equal(verdict, Of(mode, Streams.Helm3, failOn).Verdict);
        Assert.Equal(Verdict.Consistent, Of(mode, Yaml.Concat(Run(RunMode.Enforce, Streams.Helm3, failOn).Output!), failOn).Verdict);
        Assert.Equal(Verdict.NothingToDo, Of(mode, "kind: Secret\n", failOn).Verdict);
        var refused = Of(mode, Streams.Helm3.Replace("clusterIP: None", "clusterIP: 10.0.0.7"), failOn);
        Assert.Equal(Verdict.NeedsDecision, refused.Verdict);
        Assert.True(refused.Report.IsRefused);
        Assert.Equal(0, refused.Report.Count(ReportedLevel.Fixed));
        Assert.Equal("TPF002", Release(refused).Decisions.Single().Rule.Id);
    }

    private static ReleaseGroups Release(ReportGroups groups) => groups.Releases.Single();

    private static ReportGroups Of(RunMode mode, string stream, FailOn failOn = FailOn.Error) =>
        ReportGroups.Of(Run(mode, stream, failOn).Report);

    private static Outcome Run(RunMode mode, string stream, FailOn failOn) =>
        Pipeline.Run(
            Yaml.Stream(stream),
            new PipelineOptions(
                new RuleOptions(AddressFamily.IPv6, "--address-family", RuleOptions.DefaultGossipLabel, new HashSet<string>()),
                failOn,
                Namespace: null
            ),
            mode
        );
}
