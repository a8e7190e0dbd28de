using System.Diagnostics;
using System.Text;
using CsCheck;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Properties;

/// <summary>No input crashes or hangs the program, and it writes output only if it succeeds.</summary>
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

    public static TheoryData<string> HostileInputs() =>
        [
            "kind: Service\nmetadata: " + new string('[', 100_000),
            "kind: Service\nmetadata: " + new string('{', 100_000),
            "kind: Service\nmetadata:\n " + string.Concat(Enumerable.Repeat("- ", 100_000)),
            "{" + new string('[', 100_000),
            "- " + string.Concat(Enumerable.Repeat("? ", 50_000)),
            string.Concat(Enumerable.Range(0, 20_000).Select(static depth => new string(' ', depth % 500) + "a:\n")) + "kind: 1\n",
            "a: &a [x,x,x,x,x,x,x,x,x]\n"
                + string.Concat(
                    Enumerable
                        .Range('b', 20)
                        .Select(static c => $"{(char)c}: &{(char)c} [{string.Join(',', Enumerable.Repeat($"*{(char)(c - 1)}", 9))}]\n")
                )
                + "kind: [*u]\n",
            "<<: &a {<<: *a}\nkind: *a\n",
            "kind: Service\nspec: &s\n  <<: *s\n  selector: *s\n",
            new string('\n', 1_000_000) + "x",
            string.Concat(Enumerable.Repeat("---\n", 200_000)),
            "kind: " + new string('x', 5_000_000) + "\n",
            "\"" + new string('a', 3_000_000) + "\": 1\nkind: Service\n",
            "kind: Service\nspec: \"" + string.Concat(Enumerable.Repeat("x\n", 100_000)) + "\"\n",
            "kind: Service\nspec: [" + string.Concat(Enumerable.Repeat("\nx,", 100_000)) + "]\n",
            "kind: Service\nspec: {" + string.Concat(Enumerable.Repeat("a: &x 1, ", 20_000)) + "}\n",
            "kind: Service\nspec:\n" + string.Concat(Enumerable.Range(0, 100_000).Select(static i => $"  k{i}: \"v\"#c\n")),
            "kind: Service\nspec: " + new string('x', 1_000_000) + "\n",
            "kind: Service\nspec: " + string.Concat(Enumerable.Repeat("x:y ", 250_000)) + "\n",
            "kind: Service\nspec: \"" + string.Concat(Enumerable.Repeat("\\'", 500_000)) + "\"\n",
            "kind: Service\nspec: '" + string.Concat(Enumerable.Repeat("''", 500_000)) + "'\n",
            "kind: Service\nspec:\n"
                + string.Concat(Enumerable.Repeat("  \n", 300_000))
                + "  x: |\n"
                + string.Concat(Enumerable.Repeat("      \n", 100_000)),
            "kind: Service\nspec: {" + string.Concat(Enumerable.Repeat("\nx: 1,", 200_000)) + "\n}\n",
            "kind: Service\nspec: " + new string('[', 900) + string.Concat(Enumerable.Repeat("x, ", 300_000)),
            "kind: Service\nspec: [" + string.Concat(Enumerable.Repeat("{a: [b: c]}: d, ", 60_000)) + "]\n",
            "kind: List\nitems:\n"
                + string.Concat(
                    Enumerable
                        .Range(0, 10_000)
                        .Select(static i => $"- {{kind: Service, metadata: {{name: s{i}}}, spec: {{selector: {{app: querier}}}}}}\n")
                ),
        ];

    [Theory]
    [MemberData(nameof(HostileInputs))]
    public void Hostile_inputs_end_soon(string input)
    {
        // A release in the same stream makes the program read every document.
        var watch = Stopwatch.StartNew();

        AssertDefined(Encoding.UTF8.GetBytes(Streams.Helm3 + "---\n" + input));

        // Not a benchmark: the difference between linear and quadratic is minutes here.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"took {watch.Elapsed}");
    }

    [Fact]
    public async Task A_line_of_100_MB_ends_soon()
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

    private static void AssertDefined(byte[] input)
    {
        var result = AppRunner.RunAsync(input, "--address-family", "IPv6").GetAwaiter().GetResult();

        Assert.True(Codes.Contains(result.ExitCode), $"exit code {result.ExitCode}: {result.Error}");
        Assert.True(result.ExitCode == 0 || result.OutputBytes.Length == 0);
        Assert.NotEqual("", result.Error);
    }
}
