using System.Text;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Forms;

/// <summary>A config in every form is checked and fixed, and another YAML reader sees the fixed values.</summary>
public class ConfigFormTests
{
    private const string Metadata = "metadata:\n  name: traces-config\n";

    private static readonly string Base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(FormStream.Config));

    private static readonly string Json =
        """{"memberlist":{"bind_addr":["0.0.0.0"],"join_members":["traces-gossip-ring:7946"]},"server":"""
        + """{"http_listen_address":"0.0.0.0"},"storage":{"trace":{"backend":"local"}}}""";

    public static TheoryData<string, string> ConfigObjects() =>
        new()
        {
            { "block scalar", FormStream.ConfigMap },
            { "block scalar without its last line end", FormStream.ConfigMap.Replace("tempo.yaml: |", "tempo.yaml: |-") },
            { "block scalar that keeps its line ends", FormStream.ConfigMap.Replace("tempo.yaml: |", "tempo.yaml: |+") + "\n\n" },
            { "block scalar with an indentation indicator", FormStream.ConfigMap.Replace("tempo.yaml: |", "tempo.yaml: |2") },
            {
                "double quotes",
                $"apiVersion: v1\nkind: ConfigMap\n{Metadata}data:\n"
                    + $"  tempo.yaml: {System.Text.Json.JsonSerializer.Serialize(FormStream.Config)}\n"
            },
            { "single quotes around JSON", $"apiVersion: v1\nkind: ConfigMap\n{Metadata}data:\n  tempo.yaml: '{Json}'\n" },
            { "JSON in a block scalar", FormStream.ConfigMapWith(Json) },
            {
                "a manifest in JSON",
                """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"traces-config"},"data":{"tempo.yaml":"""
                    + System.Text.Json.JsonSerializer.Serialize(FormStream.Config)
                    + "}}"
            },
            { "a quoted kind", FormStream.ConfigMap.Replace("kind: ConfigMap", "\"kind\": \"ConfigMap\"") },
            { "binaryData", $"apiVersion: v1\nkind: ConfigMap\n{Metadata}binaryData:\n  tempo.yaml: {Base64}\n" },
            { "Secret data", $"apiVersion: v1\nkind: Secret\n{Metadata}data:\n  tempo.yaml: {Base64}\n" },
            { "Secret data in a block scalar", $"apiVersion: v1\nkind: Secret\n{Metadata}data:\n  tempo.yaml: >-\n    {Base64}\n" },
            { "Secret stringData", FormStream.ConfigMap.Replace("kind: ConfigMap", "kind: Secret").Replace("\ndata:", "\nstringData:") },
            {
                "an anchored list",
                FormStream.ConfigMapWith(FormStream.Config.Replace("bind_addr: [0.0.0.0]", "bind_addr: &all [0.0.0.0]"))
            },
            {
                "anchors and a merge key",
                FormStream.ConfigMapWith(
                    "base: &base\n  join_members: [traces-gossip-ring:7946]\nmemberlist:\n  <<: *base\n"
                        + "  bind_addr: [0.0.0.0]\nserver:\n  http_listen_address: 0.0.0.0\n"
                        + "storage: {trace: {backend: local}}\n"
                )
            },
            {
                "flow style",
                FormStream.ConfigMapWith(
                    "memberlist: {bind_addr: [0.0.0.0], join_members: ['traces-gossip-ring:7946']}\n"
                        + "server: {http_listen_address: 0.0.0.0}\nstorage: {trace: {backend: local}}\n"
                )
            },
            {
                "comments everywhere",
                FormStream.ConfigMapWith(
                    "# head\nmemberlist: # ring\n  # addresses\n  bind_addr: # all\n    # one\n"
                        + "    - 0.0.0.0 # of IPv4\n  join_members: # whom\n    - traces-gossip-ring:7946\nserver: # here\n"
                        + "  http_listen_address: 0.0.0.0 # too\nstorage: {trace: {backend: local}} # end\n# tail\n"
                )
            },
            {
                "tabs before comments",
                FormStream.ConfigMapWith(
                    "memberlist:\n  bind_addr: [0.0.0.0]\t# all\n  join_members: [traces-gossip-ring:7946]\nserver:\n"
                        + "  http_listen_address: 0.0.0.0\t# too\nstorage: {trace: {backend: local}}\n"
                )
            },
            { "astral characters", FormStream.ConfigMapWith($"# \U0001F6F0\n\"\U0001D528ey\": \"value \U0001F680\"\n{FormStream.Config}") },
            { "a document marker", FormStream.ConfigMapWith($"---\n{FormStream.Config}") },
            {
                "megabytes beside it",
                FormStream.ConfigMap + $"  other.txt: |\n{string.Concat(Enumerable.Repeat($"    {new string('x', 120)}\n", 25_000))}"
            },
        };

    [Theory]
    [MemberData(nameof(ConfigObjects))]
    public async Task A_config_is_repaired_in_the_form_it_comes_in(string form, string configObject)
    {
        var output = await FormStream.RepairAsync(FormStream.Of(configObject));

        AssertRepaired(output, form);
    }

    [Fact]
    public async Task A_key_may_be_longer_than_other_readers_allow()
    {
        var output = await FormStream.RepairAsync(
            FormStream.Of(FormStream.ConfigMapWith($"{string.Concat(Enumerable.Repeat("😀", 600))}: value\n{FormStream.Config}"))
        );

        Assert.Contains("      bind_addr: [\"::\"]\n", output);
        Assert.Contains("      http_listen_address: \"::0\"\n", output);
    }

    [Fact]
    public async Task Items_of_a_list_are_objects_like_any_other()
    {
        var output = await FormStream.RepairAsync(FormStream.AsList());

        AssertRepaired(output, "List");
        Assert.Contains("      ipFamilies: [IPv6]\n", output);
    }

    [Fact]
    public async Task Line_ends_a_byte_order_mark_and_a_missing_last_line_end_stay_as_they_are()
    {
        var input = "\uFEFF" + FormStream.Of(FormStream.ConfigMap).TrimEnd('\n').Replace("\n", "\r\n");

        var output = await FormStream.RepairAsync(input);

        Assert.StartsWith("\uFEFF---\r\n", output);
        Assert.DoesNotContain("\n", output.Replace("\r\n", ""));
        Assert.False(output.EndsWith('\n'));
        AssertRepaired(output, "CRLF");
    }

    [Fact]
    public async Task Every_object_of_the_name_is_repaired_where_a_chart_has_it_twice()
    {
        var output = await FormStream.RepairAsync(FormStream.Of($"{FormStream.ConfigMap}---\n{FormStream.ConfigMap}"));

        Assert.Equal(2, FormStream.ConfigsIn(output).Count());
        AssertRepaired(output, "twice");
    }

    [Fact]
    public async Task Of_two_equal_keys_the_one_that_Tempo_reads_is_repaired()
    {
        var config = FormStream.Config.Replace(
            "  http_listen_address: 0.0.0.0\n",
            "  http_listen_address: \"::0\"\n  http_listen_address: 0.0.0.0\n"
        );

        var result = await AppRunner.RunAsync(FormStream.Of(FormStream.ConfigMapWith(config)), "--address-family", "IPv6");

        // Tempo refuses a config with a duplicate key; the last one must not stay on IPv4 without a finding.
        Assert.DoesNotContain("      http_listen_address: 0.0.0.0\n", result.Output);
    }

    private static void AssertRepaired(string output, string form) =>
        Assert.All(
            FormStream.ConfigsIn(output),
            config =>
            {
                Assert.True((string)((List<object>)FormStream.At(config, "memberlist", "bind_addr")!).Single() == "::", form);
                Assert.True(FormStream.At(config, "server", "http_listen_address") is "::0" or "::", form);
                Assert.True(
                    (string)((List<object>)FormStream.At(config, "memberlist", "join_members")!).Single() == "traces-gossip-ring:7946",
                    form
                );
            }
        );
}
