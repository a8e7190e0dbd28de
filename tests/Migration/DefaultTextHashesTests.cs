using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Migration;

namespace Tempo.Helm.Tests.Migration;

/// <summary>Texts that are defaults of the old charts are left out, even if the user's editor changed their blanks.</summary>
public class DefaultTextHashesTests
{
    private const string ClusterLabel = "{{ .Release.Name }}.{{ .Release.Namespace }}";

    [Theory]
    [InlineData(ClusterLabel, true)]
    [InlineData(ClusterLabel + "  \n", true)]
    [InlineData("{{ .Release.Name }}.mine and more", false)]
    [InlineData("", false)]
    [InlineData("#", false)]
    public void A_default_is_known_whatever_blanks_end_its_lines(string text, bool isKnown) =>
        Assert.Equal(isKnown, DefaultTextHashes.Contains(text));

    [Fact]
    public async Task A_copy_of_a_default_is_not_written_again()
    {
        var result = await AppRunner.RunAsync($"memberlist: {{cluster_label: '{ClusterLabel}', gossip_nodes: 3}}\n", "migrate", "-");

        Assert.Contains("gossip_nodes: 3", result.Output);
        Assert.DoesNotContain("cluster_label", result.Output);
    }

    /// <summary>Adds the texts of a values file of the old charts, if the environment names one.</summary>
    [Fact]
    public void The_hashes_are_in_order_and_those_of_a_new_version_can_be_added()
    {
        var path = Repository.Path("postrender", "Migration", DefaultTextHashes.File);
        var lines = File.ReadAllLines(path);
        var hashes = lines.Where(static line => line[0] != '#').SelectMany(static line => line.Split(' ')).ToList();
        if (Update.IsAsked && Environment.GetEnvironmentVariable("TEMPO_OLD_VALUES") is { Length: > 0 } values)
        {
            var texts = Texts(ValueReader.Read(ManifestStream.Open(File.ReadAllBytes(values))));
            hashes = [.. hashes.Concat(texts.Select(DefaultTextHashes.Hash)).Distinct().Order()];
            File.WriteAllLines(
                path,
                [.. lines.Where(static line => line[0] == '#'), .. hashes.Chunk(6).Select(static chunk => string.Join(' ', chunk))]
            );
        }

        Assert.Equal(hashes.Distinct().Order(), hashes);
    }

    private static IEnumerable<string> Texts(Value value) =>
        value switch
        {
            ValueMap map => map.Entries.Values.SelectMany(Texts),
            ValueScalar { Text: var text } when text.Contains('\n') || (Templates.IsIn(text) && text.Contains(' ')) => [text],
            _ => [],
        };
}
