using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Usage;

/// <summary>The affinity of the values, combined with the anti-affinity between live-stores of different zones.</summary>
public class ZoneAffinityTests
{
    private const string Values = """
        liveStore:
          affinity:
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - {topologyKey: kubernetes.io/arch, labelSelector: {matchLabels: {app: batch}}}
          zoneAwareReplication:
            enabled: true
            rollAtOnce: true
            topologyKey: kubernetes.io/hostname
            zones:
              - name: zone-a
                extraAffinity:
                  podAntiAffinity:
                    requiredDuringSchedulingIgnoredDuringExecution:
                      - {topologyKey: topology.kubernetes.io/zone, labelSelector: {matchLabels: {app: other}}}
              - name: zone-b
        """;

    [Theory]
    [InlineData(3, "tempo-live-store-zone-a", "kubernetes.io/arch,kubernetes.io/hostname,topology.kubernetes.io/zone")]
    [InlineData(4, "tempo-live-store-zone-b", "kubernetes.io/arch,kubernetes.io/hostname")]
    public async Task Terms_of_the_values_of_the_zone_and_of_the_chart_all_apply(int helm, string workload, string keys)
    {
        var release = ReleaseCases.Base("microservices", "IPv6");

        var result = await Renders.RunAsync(
            HelmVersions.Of(helm),
            release.Arguments("-f", TemporaryValues.Write(StrictYaml.Read(Values)!))
        );

        Assert.True(result.ExitCode == 0, result.Error);
        var pods = new RenderedRelease(release, result.Output).Find("StatefulSet", workload)!.Template;
        var terms = pods.At("spec", "affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution").Items();
        Assert.Equal(keys, string.Join(',', terms.Select(static term => term.At("topologyKey").Text())));
    }
}
