using System.Text;
using CsCheck;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Migration;

namespace Tempo.Helm.Tests.Properties;

/// <summary>For any input, migrate ends with a defined exit code, writes values or nothing, and works in proportion to the input.</summary>
public class MigrationProperties
{
    private const string Characters = "tempo: config\n-[]{}#&*!|>'\"%@`,?: \t\r\n\u0085\u2028\uFEFF\\{{abc019~<=";

    private static readonly int[] Codes = [0, 2, 64, 65];

    private static readonly string[] Charts = ["tempo", "tempo-distributed"];

    private static readonly string[] Keys =
    [
        .. MigrationTable.All.SelectMany(static table => table.AllEntries).Select(static entry => entry.Path).Distinct(),
    ];

    private static readonly string[] Texts =
    [
        "1",
        "true",
        "''",
        "[]",
        "{}",
        "~",
        "[a, b]",
        "{a: {b: c}}",
        "'{{ x }}'",
        "|\n  a\n   b\n",
        "\"\\e\\u2028\"",
    ];

    [Fact]
    public void Any_bytes_end_with_a_defined_exit_code() =>
        Gen.Byte.Array[0, 300].Sample(static bytes => AssertDefined(bytes), iter: 1_000);

    [Fact]
    public void Any_text_of_YAMLs_own_characters_ends_with_a_defined_exit_code() =>
        Gen.String[Gen.Int[0, Characters.Length - 1].Select(static i => Characters[i]), 0, 150]
            .Sample(static text => AssertDefined(Encoding.UTF8.GetBytes(text)), iter: 2_000);

    [Fact]
    public void Known_keys_with_any_value_end_with_a_defined_exit_code() =>
        Gen.Select(Gen.Int[0, Keys.Length - 1].Array[1, 6], Gen.Int[0, Texts.Length - 1])
            .Sample(
                static (keys, text) => AssertDefined(Encoding.UTF8.GetBytes(Nested(keys.Select(static key => Keys[key]), Texts[text]))),
                iter: 3_000
            );

    [Fact]
    public void Any_text_that_is_written_reads_as_the_same_text() =>
        Gen.String.Sample(static text =>
        {
            var values = new ValueMap();
            values["a"] = new ValueList([new ValueScalar(text.Replace('\uFFFD', ' '), isPlain: false)]);
            if (Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text)
            {
                ValueWriter.Write(values, new Dictionary<string, string>());
            }
        });

    private static readonly Dictionary<string, Func<int, string>> Hostile = new()
    {
        ["lists in lists"] = static size => "tempo: " + new string('[', size),
        ["maps in maps"] = static size => "tempo: " + Repeat("{a: ", size / 6) + new string('}', size / 6),
        ["unknown keys"] = static size => "tempo:\n" + string.Concat(Enumerable.Range(0, size).Select(static i => $"  k{i}: v\n")),
        ["templates that are not closed"] = static size =>
            "config: |\n" + Repeat("  {{ include \"tempo.selectorLabels\" (dict \"ctx\" . \"component\" \n", size),
        ["objects with templates"] = static size =>
            "extraObjects:\n" + Repeat("- '{{ include \"tempo.fullname\" . }} {{ .Values.a.b.c }}'\n", size),
        ["quotes"] = static size => "gateway: {nginxConfig: {logFormat: \"" + new string('\'', size) + "\"}}\n",
        ["constraints in a text"] = static size =>
            "querier: {topologySpreadConstraints: \"" + Repeat("labelSelector:\\n matchLabels:\\n ", size) + "\"}\n",
        ["annotations"] = static size =>
            "distributor: {podAnnotations: {" + string.Concat(Enumerable.Range(0, size).Select(static i => $"k{i}: v, ")) + "}}\n",
        ["a long annotation"] = static size => "distributor: {podAnnotations: {a: \"" + new string('x', size) + "\"}}\n",
    };

    public static TheoryData<string> HostileForms() => [.. Hostile.Keys];

    [Theory]
    [MemberData(nameof(HostileForms))]
    public void The_work_grows_with_a_hostile_input(string form)
    {
        foreach (var chart in Charts)
        {
            AssertDefined(Growth.AssertLinear(Hostile[form], 1_200, "migrate", "--from", chart, "-"));
        }
    }

    [Fact]
    public async Task Aliases_of_aliases_are_refused_at_a_million_values()
    {
        var levels = Enumerable.Range(1, 20).Select(static i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n");

        var result = await AppRunner.RunAsync(
            $"a0: &a0 [x]\n{string.Concat(levels)}distributor: *a20\n",
            "migrate",
            "--from",
            "tempo",
            "-"
        );

        Assert.Equal((65, ""), (result.ExitCode, result.Output));
        Assert.Contains("more than a million values", result.Error);
    }

    [Fact]
    public void An_alias_of_itself_ends_with_a_defined_exit_code() => AssertDefined("a: &a {<<: *a}\n"u8.ToArray());

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    /// <summary>One values file with a value at some paths.</summary>
    private static string Nested(IEnumerable<string> paths, string value)
    {
        var values = new ValueMap();
        foreach (var path in paths)
        {
            values.Put(path, ValueReader.ReadText(value) ?? ValueScalar.Null);
        }

        return ValueWriter.Write(values, new Dictionary<string, string>());
    }

    private static void AssertDefined(byte[] input) =>
        // It reads from memory, so it never leaves this thread.
        AssertDefined(AppRunner.RunAsync(input, "migrate", "--from", Charts[input.Length % 2], "-").GetAwaiter().GetResult());

    private static void AssertDefined(RunResult result)
    {
        Assert.True(Codes.Contains(result.ExitCode), $"exit code {result.ExitCode}: {result.Error}");
        Assert.Equal(result.ExitCode >= 64, result.OutputBytes.Length == 0);
        Assert.NotEqual("", result.Error);
        if (result.ExitCode < 64)
        {
            Assert.NotNull(ManifestStream.Open(result.OutputBytes).Document(0).Root);
        }
    }
}
