using System.Diagnostics;
using System.Text;
using CsCheck;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Migration;

namespace Tempo.Helm.Tests.Properties;

/// <summary>Whatever is handed to the command migrate, it ends soon, with a defined exit code, and writes values or nothing.</summary>
public class MigrationProperties
{
    private const string Characters = "tempo: config\n-[]{}#&*!|>'\"%@`,?: \t\r\n\u0085\u2028\uFEFF\\{{abc019~<=";

    private static readonly int[] Codes = [0, 2, 64, 65];

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

    public static TheoryData<string> HostileInputs() =>
        [
            "tempo: " + new string('[', 100_000),
            "tempo: " + string.Concat(Enumerable.Repeat("{a: ", 900)) + new string('}', 900),
            "a: &a [x,x,x,x,x,x,x,x,x]\n"
                + string.Concat(
                    Enumerable
                        .Range('b', 20)
                        .Select(static c => $"{(char)c}: &{(char)c} [{string.Join(',', Enumerable.Repeat($"*{(char)(c - 1)}", 9))}]\n")
                )
                + "distributor: *u\n",
            "a: &a {<<: *a}\n",
            "tempo:\n" + string.Concat(Enumerable.Range(0, 100_000).Select(static i => $"  k{i}: v\n")),
            "config: |\n"
                + string.Concat(Enumerable.Repeat("  {{ include \"tempo.selectorLabels\" (dict \"ctx\" . \"component\" \n", 20_000)),
            "extraObjects:\n" + string.Concat(Enumerable.Repeat("- '{{ include \"tempo.fullname\" . }} {{ .Values.a.b.c }}'\n", 50_000)),
            "gateway: {nginxConfig: {logFormat: \"" + new string('\'', 500_000) + "\"}}\n",
            "querier: {topologySpreadConstraints: \""
                + string.Concat(Enumerable.Repeat("labelSelector:\\n matchLabels:\\n ", 50_000))
                + "\"}\n",
            "distributor: {podAnnotations: {" + string.Concat(Enumerable.Range(0, 50_000).Select(static i => $"k{i}: v, ")) + "}}\n",
            "distributor: {podAnnotations: {a: \"" + new string('x', 3_000_000) + "\"}}\n",
        ];

    [Theory]
    [MemberData(nameof(HostileInputs))]
    public void Hostile_inputs_end_soon(string input)
    {
        var watch = Stopwatch.StartNew();

        AssertDefined(Encoding.UTF8.GetBytes(input));

        // Not a benchmark: the difference between linear and quadratic is minutes here.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"took {watch.Elapsed}");
    }

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

    private static void AssertDefined(byte[] input)
    {
        var result = AppRunner
            .RunAsync(input, "migrate", "--from", input.Length % 2 == 0 ? "tempo" : "tempo-distributed", "-")
            .GetAwaiter()
            .GetResult();

        Assert.True(Codes.Contains(result.ExitCode), $"exit code {result.ExitCode}: {result.Error}");
        Assert.Equal(result.ExitCode >= 64, result.OutputBytes.Length == 0);
        Assert.NotEqual("", result.Error);
        if (result.ExitCode < 64)
        {
            Assert.NotNull(ManifestStream.Open(result.OutputBytes).Document(0).Root);
        }
    }
}
