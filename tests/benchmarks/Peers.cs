using System.Text;

namespace Tempo.Helm.Benchmarks;

/// <summary>Compares the post-renderer with similar tools on the same release; only the ratios on one machine count.</summary>
internal static class Peers
{
    /// <summary>Prints the table, with a row for each other build of the post-renderer that is named.</summary>
    public static async Task RunAsync(int runs, string[] otherBuilds)
    {
        using var folder = new BenchmarkFolder();
        var stream = await folder.WriteAsync("release.yaml", await Programs.OutputOfAsync(Programs.Template));
        await folder.WriteAsync("kustomization.yaml", Kustomization());
        var rows = new[]
        {
            ("`tempo-postrender`", Programs.Repair(Programs.PostRender, stream)),
            ("a native program that does nothing", Programs.Run(Programs.Empty)),
            ("`tempo-postrender --version`", Programs.Run(Programs.PostRender, "--version")),
        }
            .Concat(otherBuilds.Select(build => ($"`{build}`", Programs.Repair(build, stream))))
            .Append(("`kubectl kustomize`", Programs.Run(Programs.Kubectl, "kustomize", folder.Path)))
            .Append(("`helm template`", Programs.Template))
            .ToList();

        var costs = await Measurement.OfAsync(runs, rows.ConvertAll(static row => row.Item2));

        Table.Head("one microservices release, changed from IPv4 to IPv6", "processor time", "ratio", "wall time", "ratio");
        foreach (var ((name, _), cost) in rows.Zip(costs))
        {
            Table.Row(
                name,
                Table.Time(cost.Processor),
                Table.Ratio(cost.Processor, costs[0].Processor),
                Table.Time(cost.Wall),
                Table.Ratio(cost.Wall, costs[0].Wall)
            );
        }
    }

    /// <summary>Static patches of the same Services and labels: they read no config and have no rules.</summary>
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
                $"  - target: {{name: .*-{member}, kind: Deployment|StatefulSet}}\n    patch: |\n"
                    + "      - {op: add, path: /spec/template/metadata/labels/tempo-gossip-member, value: \"true\"}\n"
            );
        }

        return text.ToString();
    }
}
