using System.Text;
using CsCheck;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Reporting;

/// <summary>A value that its mapping names as a credential is shown nowhere, whatever the order and the form of the keys.</summary>
public class MaskingProperties
{
    /// <summary>An address, so that a rule reports a variable with this value.</summary>
    private const string Secret = "10.0.0.1:6379/hunter2";

    private const string Indent = "    ";

    private static readonly string[] Names = ["DB_PASSWORD", "X_API_TOKEN", "authorization", "client-secret", "dbPw"];

    private static readonly string[] NameForms =
    [
        "name: NAME",
        "\"name\": 'NAME'",
        "name: \"NAME\" # comment",
        "name:\n  NAME",
        "name: >-\n  NAME",
        "name: &name NAME",
        "? name\n: NAME",
        "!!str name: NAME",
        "name: NAME\n# not the end of the mapping",
        "key: NAME",
        "header: NAME",
    ];

    private static readonly string[] ValueForms =
    [
        "value: SECRET",
        "'value': \"SECRET\"",
        "value: # comment\n  SECRET",
        "value:\n\n  SECRET",
        "value: |\n  SECRET\n\n  more\n  SECRET",
        "value: >-\n  more\n\n  SECRET",
        "value: \"more\n\n  SECRET\"",
        "value: &value SECRET",
        "value: !!str SECRET",
        "? value\n: SECRET",
        "values: [more, SECRET]",
        "values:\n- SECRET\n- SECRET",
        "values:\n  - more\n  - SECRET",
        "values: [\n  SECRET\n  ]",
    ];

    private static readonly string[] Others =
    [
        "optional: false",
        "# comment",
        "valueFrom: null",
        "labels: {app: x}",
        "nested:\n  a:\n  - b",
    ];

    private static readonly Gen<string> Items = Gen.Int.Select(static seed => Item(new Random(seed)));

    [Fact]
    public async Task A_diff_does_not_show_it() =>
        await Items.SampleAsync(
            async item =>
            {
                var input = Streams.Helm3.Replace("  ipFamilies: [IPv4]\n", $"  list:\n{item}  ipFamilies: [IPv4]\n");

                var result = await AppRunner.RunAsync(input, "check", "--diff", "--address-family", "IPv6");

                Assert.Contains("+  ipFamilies: [IPv6]\n", result.Output);
                Assert.DoesNotContain("hunter2", result.Output + result.Error);
            },
            iter: 300
        );

    [Fact]
    public async Task The_line_of_a_finding_does_not_show_it()
    {
        var findings = 0;
        await Items.SampleAsync(
            async item =>
            {
                var input = Streams.Helm3.Replace("        args:\n", $"        env:\n{item.Replace(Indent, "        ")}        args:\n");

                var result = await AppRunner.RunAsync(
                    Encoding.UTF8.GetBytes(input),
                    static name => name == "HELM_PLUGIN_NAME" ? "tempo-postrender" : null,
                    "--address-family",
                    "IPv6"
                );

                Assert.DoesNotContain("hunter2", result.Error);
                Interlocked.Add(ref findings, result.Error.Contains(" to 10.0.0.1; ") ? 1 : 0);
            },
            iter: 300
        );

        Assert.InRange(findings, 100, 300);
    }

    /// <summary>An item of a list: a mapping with a name, a value and other keys, in any order.</summary>
    private static string Item(Random random)
    {
        string[] entries =
        [
            Any(NameForms).Replace("NAME", Any(Names)),
            Any(ValueForms).Replace("SECRET", Secret),
            .. Others.Where(_ => random.Next(2) == 0),
        ];
        random.Shuffle(entries);
        var lines = string.Join('\n', entries).Split('\n');
        var startsBelow = lines[0].StartsWith('#') || random.Next(3) == 0;
        return (startsBelow ? $"{Indent}-\n" : "")
            + string.Concat(lines.Select((line, index) => $"{Indent}{(index == 0 && !startsBelow ? "- " : "  ")}{line}\n"));

        string Any(string[] forms) => forms[random.Next(forms.Length)];
    }
}
