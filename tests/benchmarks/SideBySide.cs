using System.Text;
using BenchmarkDotNet.Attributes;

namespace Tempo.Helm.Benchmarks;

/// <summary>The post-renderer beside its peers, on the same release: ratios of one run on one machine are what counts.</summary>
public class SideBySide
{
    private static readonly string[] Template =
    [
        "template",
        "tempo",
        "chart",
        "-n",
        "observability",
        "-f",
        "chart/ci/microservices-ipv4-values.yaml",
    ];

    private string _folder = "";

    /// <summary>How many documents the stream has: one release, or the release in an umbrella.</summary>
    [Params(1, 1_200)]
    public int Documents { get; set; }

    private string Stream => Path.Combine(_folder, "release.yaml");

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _folder = Directory.CreateTempSubdirectory("tempo-helm-benchmark-").FullName;
        var release = await Programs.OutputOfAsync(Programs.Helm, Template);
        var stream = BenchmarkStreams.Umbrella(release, Documents);
        await File.WriteAllTextAsync(Stream, stream);
        await File.WriteAllTextAsync(Path.Combine(_folder, "kustomization.yaml"), Kustomization());
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    /// <summary>Patches of the same Services and labels, written down beforehand: no reading of configs, no rules.</summary>
    [Benchmark(Baseline = true)]
    public Task Kustomize() => Programs.RunAsync(Programs.Kubectl, inputFile: null, "kustomize", _folder);

    [Benchmark]
    public Task PostRender() => Programs.RunAsync(Programs.PostRender, Stream, "--address-family", "IPv6");

    /// <summary>What starting a native .NET program costs that does nothing.</summary>
    [Benchmark]
    public Task EmptyProgram() => Programs.RunAsync(Programs.Empty, inputFile: null);

    [Benchmark]
    public Task HelmTemplate() => Programs.RunAsync(Programs.Helm, inputFile: null, Template);

    private static string Kustomization()
    {
        var text = new StringBuilder("resources: [release.yaml]\npatches:\n");
        text.Append(
            "  - target: {kind: Service, namespace: observability}\n    patch: |\n"
                + "      - {op: add, path: /spec/ipFamilies, value: [IPv6]}\n"
                + "      - {op: add, path: /spec/ipFamilyPolicy, value: SingleStack}\n"
        );
        foreach (var member in (string[])["distributor", "querier", "live-store", "block-builder", "metrics-generator", "backend-worker"])
        {
            text.Append(
                $"  - target: {{name: tempo-{member}, kind: Deployment|StatefulSet}}\n    patch: |\n"
                    + "      - {op: add, path: /spec/template/metadata/labels/tempo-gossip-member, value: \"true\"}\n"
            );
        }

        return text.ToString();
    }
}
