using System.Text;
using CsCheck;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Properties;

/// <summary>
/// Properties of every release. A failure prints the seed; CsCheck_Seed=… repeats it, CsCheck_Time=600 (seconds)
/// makes a longer run.
/// </summary>
public class ReleaseProperties
{
    private const int Iterations = 300;

    private static readonly Gen<(int Seed, AddressFamily Family, int Noise)> Cases = Gen.Select(
        Gen.Int[0, int.MaxValue - 1],
        Gen.Bool.Select(static isIPv6 => isIPv6 ? AddressFamily.IPv6 : AddressFamily.IPv4),
        Gen.Int[0, 3]
    );

    [Fact]
    public void Streams_without_Tempo_come_back_byte_for_byte() =>
        Gen.Int[0, int.MaxValue - 1]
            .Sample(
                seed =>
                {
                    var random = new Random(seed);
                    var stream = string.Concat(
                        Enumerable.Range(0, random.Next(1, 6)).Select(_ => "---\n" + GeneratedNoise.Document(random, withTempo: false))
                    );

                    var outcome = Run(stream, AddressFamily.IPv6, RunMode.Enforce);

                    Assert.Equal(stream, Yaml.Concat(outcome.Output!));
                },
                iter: Iterations * 5
            );

    [Fact]
    public void Output_is_input_but_for_the_findings_paths() =>
        Cases.Sample(
            generated =>
            {
                var (documents, stream) = Generate(generated.Seed, generated.Noise);
                var outcome = Run(stream, generated.Family, RunMode.Enforce);
                var after = Yaml.Concat(outcome.Output!).Split("---\n")[1..];
                Assert.Equal(documents.Count, after.Length);
                for (var i = 0; i < documents.Count; i++)
                {
                    var edits = outcome
                        .Report.Findings.SelectMany(static finding => finding.Edits)
                        .Where(edit => IndexOf(edit) == i)
                        .ToList();
                    if (edits.Count == 0)
                    {
                        Assert.Equal(documents[i], after[i]);
                        continue;
                    }

                    AssertOnlyChanged(Paths.Of(documents[i]), Paths.Of(after[i]), [.. edits.Select(PathOf)]);
                    // Comments have no path; comments on their own lines must stay.
                    Assert.Equal(
                        documents[i].Split('\n').Where(static line => line.TrimStart().StartsWith('#')),
                        after[i].Split('\n').Where(static line => line.TrimStart().StartsWith('#'))
                    );
                }
            },
            iter: Iterations
        );

    [Fact]
    public void A_second_run_changes_nothing_and_finds_nothing() =>
        Cases.Sample(
            generated =>
            {
                var (_, stream) = Generate(generated.Seed, generated.Noise);
                var once = Yaml.Concat(Run(stream, generated.Family, RunMode.Enforce).Output!);

                var twice = Run(once, generated.Family, RunMode.Enforce);

                Assert.Equal(once, Yaml.Concat(twice.Output!));
                Assert.All(twice.Report.Findings, static finding => Assert.Equal(FindingLevel.Warning, finding.Level));
                Assert.All(twice.Report.Analyses, analysis => Assert.Equal(generated.Family, analysis.Decision.Family));
            },
            iter: Iterations
        );

    [Fact]
    public void The_output_of_enforce_mode_states_its_family() =>
        Cases.Sample(
            generated =>
            {
                var (_, stream) = Generate(generated.Seed, generated.Noise);
                var once = Yaml.Concat(Run(stream, generated.Family, RunMode.Enforce).Output!);

                var silent = Run(once, family: null, RunMode.Enforce);

                // Without a Service, only unused settings can decide the family.
                Assert.All(
                    silent.Report.Analyses,
                    analysis =>
                        Assert.True(
                            analysis.Decision.Family is null
                                || analysis.Decision.Family == generated.Family
                                || analysis.Decision.Basis.StartsWith("the config, in settings that nothing uses")
                        )
                );
            },
            iter: Iterations
        );

    [Fact]
    public void The_order_of_documents_does_not_matter() =>
        Cases.Sample(
            generated =>
            {
                var (documents, stream) = Generate(generated.Seed, generated.Noise);
                var random = new Random(generated.Seed);
                var shuffled = "---\n" + string.Join("---\n", documents.OrderBy(_ => random.Next()));

                Assert.Equal(Verdicts(stream, generated.Family), Verdicts(shuffled, generated.Family));
            },
            iter: Iterations
        );

    [Fact]
    public void Releases_of_one_stream_do_not_touch_each_other() =>
        Cases.Sample(
            generated =>
            {
                var first = Stream(new GeneratedRelease(generated.Seed, "first").Documents);
                var second = Stream(new GeneratedRelease(generated.Seed / 2, "second-one").Documents);

                var together = Verdicts(first + second, generated.Family).Order();

                Assert.Equal(Verdicts(first, generated.Family).Concat(Verdicts(second, generated.Family)).Order(), together);
            },
            iter: Iterations
        );

    private static (List<string> Documents, string Stream) Generate(int seed, int noise)
    {
        var random = new Random(seed);
        var documents = new GeneratedRelease(seed)
            .Documents.Concat(Enumerable.Range(0, noise).Select(_ => GeneratedNoise.Document(random, withTempo: true)))
            .OrderBy(_ => random.Next())
            .ToList();
        return (documents, Stream(documents));
    }

    private static string Stream(IEnumerable<string> documents) => string.Concat(documents.Select(static document => "---\n" + document));

    private static IReadOnlyList<string> Verdicts(string stream, AddressFamily family) =>
        [
            .. Run(stream, family, RunMode.Check)
                .Report.Findings.Select(static finding =>
                    $"{finding.Rule.Id} {finding.Level} {finding.Place.Object} {finding.Place.FullPath} {finding.Found}"
                )
                .Order(),
        ];

    private static Outcome Run(string stream, AddressFamily? family, RunMode mode) =>
        Pipeline.Run(
            ManifestStream.Open(Encoding.UTF8.GetBytes(stream)),
            new PipelineOptions(
                new RuleOptions(family, "--address-family", RuleOptions.DefaultGossipLabel, new HashSet<string>()),
                FailOn.Never,
                Namespace: null
            ),
            mode
        );

    private static int IndexOf(Edit edit) =>
        (edit.Document is EmbeddedDocument embedded ? (ManifestDocument)embedded.Container : (ManifestDocument)edit.Document).Index;

    private static string PathOf(Edit edit) =>
        edit.Document is EmbeddedDocument embedded ? $"{Dotted(embedded.ContainerPath)}#{Dotted(edit.Path)}" : Dotted(edit.Path);

    private static string Dotted(NodePath path) =>
        string.Concat(path.Segments.Select(static segment => segment.Key is null ? $"[{segment.Index}]" : $".{segment.Key}"));

    private static void AssertOnlyChanged(Dictionary<string, string> before, Dictionary<string, string> after, List<string> edited)
    {
        foreach (var path in before.Keys.Union(after.Keys))
        {
            if (before.GetValueOrDefault(path) != after.GetValueOrDefault(path))
            {
                // A path itself, a path below it, or a mapping above it that had to be added.
                Assert.True(
                    edited.Exists(edit => path.StartsWith(edit) || edit.StartsWith(path.TrimEnd('}').TrimEnd('{'))),
                    $"{path} changed from {before.GetValueOrDefault(path)} to {after.GetValueOrDefault(path)}, edited "
                        + $"were {string.Join(", ", edited)}"
                );
            }
        }
    }
}
