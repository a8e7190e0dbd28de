using Tempo.Helm.Tests.Support;
using Tempo.PostRender;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Rules;

/// <summary>
/// A file of <c>tests/Rules/Fixtures/&lt;rule&gt;</c>: <c>ok.&lt;why&gt;.yaml</c> holds, <c>bad.&lt;why&gt;.yaml</c> does not, and
/// <c>fixed.&lt;why&gt;.yaml</c> is the whole text that enforce makes of it. Comments at the top say for which family, and which
/// other rules are broken too.
/// </summary>
public sealed class RuleFixture
{
    private const string FamilyComment = "# address-family: ";
    private const string AlsoComment = "# also: ";

    private RuleFixture(string path)
    {
        Path = path;
        Rule = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path))!;
        var parts = System.IO.Path.GetFileName(path).Split('.');
        Kind = parts[0];
        Why = parts[1];
        Text = File.ReadAllText(path);
    }

    public static string Folder { get; } = Repository.Path("tests", "Rules", "Fixtures");

    public static IReadOnlyList<RuleFixture> All { get; } =
        [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(static path => new RuleFixture(path))];

    public string Path { get; }

    public string Rule { get; }

    public string Kind { get; }

    public string Why { get; }

    public string Text { get; }

    public AddressFamily? Family => AddressFamilies.Parse(Comment(FamilyComment));

    public IReadOnlyList<string> Also => Comment(AlsoComment)?.Split(", ") ?? [];

    public RuleFixture? Fixed => All.FirstOrDefault(other => other.Rule == Rule && other.Kind == "fixed" && other.Why == Why);

    public Outcome Run(RunMode mode, string? text = null) => Pipeline.Run(Yaml.Stream(text ?? Text), Options(Family), mode);

    public override string ToString() => $"{Rule}/{System.IO.Path.GetFileName(Path)}";

    private static PipelineOptions Options(AddressFamily? family) =>
        new(new RuleOptions(family, "--address-family", RuleOptions.DefaultGossipLabel, new HashSet<string>()), FailOn.Error, Namespace: null);

    private string? Comment(string prefix) =>
        Text.Split('\n').TakeWhile(static line => line.StartsWith('#')).FirstOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
}
