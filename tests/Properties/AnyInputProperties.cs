using System.Text;
using CsCheck;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Properties;

/// <summary>No input crashes the program or makes it work out of proportion, and it writes output only if it succeeds.</summary>
public class AnyInputProperties
{
    private const string Characters = "kind: Service\n-[]{}#&*!|>'\"%@`,?: \t\r\n\u0085\u2028\uFEFF\\abc019~<=";

    private static readonly int[] Codes = [0, 2, 64, 65];

    [Fact]
    public void Any_bytes_end_with_a_defined_exit_code() => Gen.Byte.Array[0, 400].Sample(bytes => AssertDefined(bytes), iter: 2_000);

    [Fact]
    public void Any_text_of_YAMLs_own_characters_ends_with_a_defined_exit_code() =>
        Gen.String[Gen.Int[0, Characters.Length - 1].Select(static i => Characters[i]), 0, 200]
            .Sample(text => AssertDefined(Encoding.UTF8.GetBytes(text)), iter: 3_000);

    [Fact]
    public void A_good_stream_with_anything_done_to_it_ends_with_a_defined_exit_code() =>
        Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Int[1, 6])
            .Sample(
                (seed, mutations) =>
                {
                    var random = new Random(seed);
                    var text = new StringBuilder(
                        string.Concat(new GeneratedRelease(seed).Documents.Select(static document => "---\n" + document))
                    );
                    for (; mutations > 0; mutations--)
                    {
                        Mutate(text, random);
                    }

                    AssertDefined(Encoding.UTF8.GetBytes(text.ToString()));
                },
                iter: 1_000
            );

    private static readonly Dictionary<string, Func<int, string>> Hostile = new()
    {
        ["lists in lists"] = static size => "kind: NetworkPolicy\nmetadata: " + new string('[', size),
        ["maps in maps"] = static size => "kind: NetworkPolicy\nmetadata: " + new string('{', size),
        ["lists in lists in block style"] = static size => "kind: NetworkPolicy\nmetadata:\n " + Repeat("- ", size),
        ["a map with lists in lists as its key"] = static size => "{" + new string('[', size),
        ["keys in keys"] = static size => "- " + Repeat("? ", size),
        ["nothing closed"] = static size => "kind: NetworkPolicy\nspec: " + new string('[', 900) + Repeat("x, ", size),
        ["maps that become deeper and deeper"] = static size =>
            string.Concat(Enumerable.Range(0, size).Select(static depth => new string(' ', depth % 500) + "a:\n")) + "kind: 1\n",
        ["empty lines"] = static size => new string('\n', size) + "x",
        ["empty documents"] = static size => Repeat("---\n", size),
        ["a long kind"] = static size => "kind: " + new string('x', size) + "\n",
        ["a long key"] = static size => "\"" + new string('a', size) + "\": 1\nkind: NetworkPolicy\n",
        ["a long value"] = static size => "kind: NetworkPolicy\nspec: " + new string('x', size) + "\n",
        ["colons"] = static size => "kind: NetworkPolicy\nspec: " + Repeat("x:y ", size) + "\n",
        ["a quoted text of many lines"] = static size => "kind: NetworkPolicy\nspec: \"" + Repeat("x\n", size) + "\"\n",
        ["escapes that are none"] = static size => "kind: NetworkPolicy\nspec: \"" + Repeat("\\'", size) + "\"\n",
        ["quotes in quotes"] = static size => "kind: NetworkPolicy\nspec: '" + Repeat("''", size) + "'\n",
        ["items on a line each"] = static size => "kind: NetworkPolicy\nspec: [" + Repeat("\nx,", size) + "]\n",
        ["entries on a line each"] = static size => "kind: NetworkPolicy\nspec: {" + Repeat("\nx: 1,", size) + "\n}\n",
        ["the same anchor again and again"] = static size => "kind: NetworkPolicy\nspec: {" + Repeat("a: &x 1, ", size) + "}\n",
        ["comments behind values"] = static size =>
            "kind: NetworkPolicy\nspec:\n" + string.Concat(Enumerable.Range(0, size).Select(static i => $"  k{i}: \"v\"#c\n")),
        ["empty lines of blanks"] = static size =>
            "kind: NetworkPolicy\nspec:\n" + Repeat("  \n", size) + "  x: |\n" + Repeat("      \n", size),
        ["maps as keys"] = static size => "kind: NetworkPolicy\nspec: [" + Repeat("{a: [b: c]}: d, ", size) + "]\n",
        ["objects in a list"] = static size =>
            "kind: List\nitems:\n"
            + string.Concat(
                Enumerable
                    .Range(0, size / 10)
                    .Select(static i => $"- {{kind: NetworkPolicy, metadata: {{name: s{i}}}, spec: {{selector: {{app: querier}}}}}}\n")
            ),
    };

    public static TheoryData<string> HostileForms() => [.. Hostile.Keys];

    /// <summary>Where there is a release in the stream, every NetworkPolicy is read.</summary>
    [Theory]
    [MemberData(nameof(HostileForms))]
    public void The_work_grows_with_a_hostile_input(string form) =>
        AssertDefined(Growth.AssertLinear(size => Streams.Helm3 + "---\n" + Hostile[form](size), 5_000, "--address-family", "IPv6"));

    [Fact]
    public void Aliases_of_aliases_are_not_multiplied() =>
        AssertDefined(
            Growth.AssertLinear(
                static levels =>
                    Streams.Helm3
                    + "---\nkind: NetworkPolicy\na0: &a0 [x,x,x,x,x,x,x,x,x]\n"
                    + string.Concat(
                        Enumerable
                            .Range(1, levels)
                            .Select(static i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n")
                    )
                    + $"metadata: [*a{levels}]\n",
                5,
                "--address-family",
                "IPv6"
            )
        );

    [Theory]
    [InlineData("<<: &a {<<: *a}\nkind: *a\n")]
    [InlineData("kind: NetworkPolicy\nspec: &s\n  <<: *s\n  podSelector: *s\n")]
    public void Aliases_of_themselves_end_with_a_defined_exit_code(string input) =>
        AssertDefined(Encoding.UTF8.GetBytes(Streams.Helm3 + "---\n" + input));

    [Fact]
    public async Task A_line_of_100_MB_passes_through()
    {
        var input = Encoding.UTF8.GetBytes(
            Streams.Helm3
                + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: big}\ndata: {x: \""
                + new string('x', 100_000_000)
                + "\"}\n"
        );

        var result = await AppRunner.RunAsync(input, "--address-family", "IPv6");

        Assert.Equal(0, result.ExitCode);
        Assert.True(result.OutputBytes.Length > 100_000_000);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static void Mutate(StringBuilder text, Random random)
    {
        var at = random.Next(text.Length);
        var length = Math.Min(random.Next(1, 20), text.Length - at);
        switch (random.Next(5))
        {
            case 0:
                text.Remove(at, length);
                break;
            case 1:
                text.Insert(at, text.ToString(at, length));
                break;
            case 2:
                text.Insert(at, "\n---\n");
                break;
            case 3:
                text[at] = " \n\t:-[]{}&*!|>'\"#%,?\r\u0085\u2028\\"[random.Next(24)];
                break;
            default:
                text.Insert(at, (char)random.Next(0x20, 0x3000));
                break;
        }
    }

    private static void AssertDefined(byte[] input) =>
        // It reads from memory, so it never leaves this thread.
        AssertDefined(AppRunner.RunAsync(input, "--address-family", "IPv6").GetAwaiter().GetResult());

    private static void AssertDefined(RunResult result)
    {
        Assert.True(Codes.Contains(result.ExitCode), $"exit code {result.ExitCode}: {result.Error}");
        Assert.True(result.ExitCode == 0 || result.OutputBytes.Length == 0);
        Assert.NotEqual("", result.Error);
    }
}
