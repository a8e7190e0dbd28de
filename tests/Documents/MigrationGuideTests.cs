using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Generated;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Documents;

/// <summary>The tables of the migration guides: every key in the column for this chart is a value of the chart.</summary>
public partial class MigrationGuideTests
{
    private const string Jsonnet = "docs/migrate-from-jsonnet.md";

    private static readonly string[] Guides =
    [
        "docs/migrate-from-tempo-distributed.md",
        "docs/migrate-from-tempo.md",
        "docs/migrate-from-tempo-operator.md",
        Jsonnet,
    ];

    /// <summary>
    /// Code in the right column that is not a value: fields of Kubernetes and Tempo, names, and parts of commands.
    /// </summary>
    private static readonly string[] OtherThings =
    [
        "-config.expand-env=true",
        "${",
        "--cascade=orphan",
        "/ready",
        "helm install -n",
        "helm test",
        "data-<pod>",
        "extra...",
        "kubernetes.io/hostname",
        "labelSelector",
        "namespaceSelector",
        "fsGroup",
        "cluster_label",
        "bind_addr",
        "ephemeral-storage",
        "tempo-gossip-member",
        "query_frontend",
        "live_store",
        "block_builder",
        "metrics_generator",
    ];

    public static TheoryData<string> Paths => [.. Guides];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_value_that_a_guide_names_is_a_value_of_the_chart(string guide)
    {
        var rows = Rows(guide).ToList();

        Assert.NotEmpty(rows);
        AssertNone.Of(rows.SelectMany(row => Unknown(row.Here).Select(code => $"{guide}, line {row.Line}: {code}")));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_value_that_a_guide_calls_the_same_has_the_same_name(string guide)
    {
        var same = Rows(guide).Where(static row => row.Here.StartsWith("same") || row.Here.StartsWith("only true")).ToList();

        AssertNone.Of(same.SelectMany(row => Unknown(row.There).Select(code => $"{guide}, line {row.Line}: {code}")));
        Assert.Equal(guide is Jsonnet or "docs/migrate-from-tempo-operator.md", same.Count == 0);
    }

    [Theory]
    [InlineData("`gossipRing.labelPod`")]
    [InlineData("`gateway.service.port`, `.prot`")]
    [InlineData("`persistence.enabled`, `.siez`, `config.any.key`")]
    public void A_value_that_does_not_exist_is_found(string cell) => Assert.Single(Unknown(cell));

    [Theory]
    [InlineData("`storage.trace.s3.bucket`, `.gcs.bucket_name`")]
    [InlineData("`<component>.persistence.emptyDir: {medium: Memory}`, `config.server.*`")]
    [InlineData("`persistence.enabled`, `.size`, `autoscaling.keda.enabled`")]
    public void A_path_may_go_on_from_the_one_before_it_and_into_open_maps(string cell) => Assert.Empty(Unknown(cell));

    /// <summary>The rows of the tables whose right column is called "here".</summary>
    private static IEnumerable<(int Line, string There, string Here)> Rows(string guide)
    {
        var isTable = false;
        var lines = File.ReadAllLines(Repository.Path(guide));
        for (var i = 0; i < lines.Length; i++)
        {
            var cells = lines[i].Split(" | ");
            if (cells.Length == 2 && lines[i].StartsWith("| "))
            {
                var (there, here) = (cells[0][2..], cells[1].TrimEnd('|', ' '));
                isTable |= here == "here";
                if (isTable && here is not ("here" or "---"))
                {
                    yield return (i + 1, there, here);
                }
            }
            else
            {
                isTable = false;
            }
        }
    }

    /// <summary>The code of a cell that should be a value of the chart but is not.</summary>
    private static IEnumerable<string> Unknown(string cell)
    {
        var above = "";
        foreach (var code in CodeSpan().Matches(cell).Select(static match => match.Groups[1].Value).Except(OtherThings))
        {
            var path = code.Split(':')[0].Replace("<component>", "distributor");
            path = path.EndsWith(".*") ? path[..^2] : path;
            var found =
                path.StartsWith('.') ? ValuesFile.Parents(above).Select(parent => parent + path).FirstOrDefault(Exists)
                : Exists(path) ? path
                : null;
            if (found is null)
            {
                yield return code;
            }

            above = found ?? above;
        }
    }

    /// <summary>A path from the top, or of a component.</summary>
    private static bool Exists(string path) => ValuesFile.Chart.Takes(path) || ValuesFile.Chart.Takes($"defaults.{path}");

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();
}
