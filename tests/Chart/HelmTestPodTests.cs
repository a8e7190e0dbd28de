using Tempo.Helm.Tests.Chart.Releases;

namespace Tempo.Helm.Tests.Chart;

/// <summary>The pods of <c>helm test</c>: which addresses they call, and in which family.</summary>
public class HelmTestPodTests
{
    [Fact]
    public async Task Every_Service_of_Tempo_is_asked_by_its_own_name_and_port()
    {
        foreach (
            var release in await Task.WhenAll(ReleaseCases.Ci.Concat(ReleaseCases.Clusters).Select(static release => release.RenderAsync()))
        )
        {
            var port = release.TempoConfig.At("server", "http_listen_port").Text();
            var asked = Environment(release, "services", "URLS")?.Split(' ') ?? [];
            var tempo = release.Services.Where(service =>
                service.Spec.At("ports").Items().Any(static p => p.At("name").Text() == "http-metrics")
                && release.Workloads.Any(workload =>
                    workload.IsSelectedBy(service.Spec.At("selector"))
                    && workload.Containers.Any(static container =>
                        container.At("args").Items().Any(static a => a.Text()!.StartsWith("-target="))
                    )
                )
            );

            Assert.NotEmpty(asked);
            Assert.Equal(
                tempo.Select(service => $"{service.Name}.observability.svc.cluster.local:{port}").Order(),
                asked.Select(static url => url.Split("://")[1]).Order()
            );
        }
    }

    [Theory]
    [InlineData("IPv6", "-6")]
    [InlineData("IPv4", "-4")]
    public async Task A_trace_is_sent_and_read_back_in_the_family(string family, string option)
    {
        var release = await ReleaseCases.Base("microservices", family).RenderAsync();

        Assert.Equal(option, Environment(release, "trace", "FAMILY"));
        Assert.Equal(option, Environment(release, "services", "FAMILY"));
        Assert.Equal("http://tempo-distributor.observability.svc.cluster.local:4318/v1/traces", Environment(release, "trace", "OTLP"));
        Assert.Equal("http://tempo-query-frontend.observability.svc.cluster.local:3200/api/traces", Environment(release, "trace", "QUERY"));
    }

    /// <summary>
    /// A namespace may refuse pods without requests and limits, so users can set them; the pods are removed after the test.
    /// </summary>
    [Fact]
    public async Task Tests_are_hooks_that_run_once()
    {
        var release = await ReleaseCases.Base("monolithic", "IPv6").RenderAsync();

        Assert.All(
            release.OfKind("Pod"),
            static pod =>
            {
                Assert.Equal("test", pod.Json.At("metadata", "annotations", "helm.sh/hook").Text());
                Assert.Equal("Never", pod.Spec.At("restartPolicy").Text());
            }
        );
    }

    /// <summary>Only a receiver for OTLP over HTTP can be reached by curl.</summary>
    [Fact]
    public async Task Without_a_receiver_that_takes_it_no_trace_is_sent()
    {
        string[] files = [TemporaryValues.Write(StrictYaml.Read("{traces: {otlp: {http: {enabled: false}}}}")!)];

        var release = await new ReleaseCase("without OTLP over HTTP", files).RenderAsync();

        Assert.Equal(["tempo-test-services"], release.OfKind("Pod").Select(static pod => pod.Name));
    }

    private static string? TestPod(RenderedRelease release, string test) =>
        release.OfKind("Pod").Select(static pod => pod.Name).FirstOrDefault(name => name.EndsWith($"-test-{test}"));

    private static string? Environment(RenderedRelease release, string test, string name) =>
        release
            .Find("Pod", TestPod(release, test))
            ?.Containers.SelectMany(static container => container.At("env").Items())
            .FirstOrDefault(variable => variable.At("name").Text() == name)
            .At("value")
            .Text();
}
