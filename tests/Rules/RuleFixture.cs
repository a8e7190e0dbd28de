using Tempo.Helm.Tests.Support;
using Tempo.PostRender;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Rules;

/// <summary>
/// A file of <c>tests/Rules/Fixtures/&lt;rule&gt;</c>: <c>ok.&lt;why&gt;.fixture</c> passes the rule, <c>bad.&lt;why&gt;.fixture</c>
/// breaks it. It contains its changes to the objects in <c>tests/Rules/Bases</c>; CONTRIBUTING.md describes the form.
/// </summary>
public sealed class RuleFixture
{
    private const string SectionMark = "=== ";
    private const string FixedSection = "fixed";

    private static readonly string[] Headers = ["family", "also", "mode", "one-direction"];

    private readonly Dictionary<string, string> _head;
    private readonly Lazy<string?> _fixed;

    private RuleFixture(string path)
    {
        Path = path;
        Rule = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path))!;
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        Kind = name.Split('.')[0];
        Why = name[(Kind.Length + 1)..];
        var sections = $"\n{File.ReadAllText(path)}".Split($"\n{SectionMark}");
        var head = sections[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Comment = head.FirstOrDefault() is { } first && first.StartsWith("# ") ? first[2..] : null;
        _head = head.Where(static line => !line.StartsWith('#'))
            .Select(static line => line.Split(": ", 2))
            .ToDictionary(static entry => entry[0], static entry => entry[1]);
        Text = string.Concat(
            sections.Skip(1).Select(Document).Where(static document => document is not null).Select(static document => $"---\n{document}")
        );
        var changes = Array.Find(sections, static section => section.StartsWith($"{FixedSection}\n"))?[(FixedSection.Length + 1)..];
        _fixed = new(() => changes is null ? null : Changed(FixedSection, Text, changes.Split('\n')));
        if (_head.GetValueOrDefault("family") is not ("IPv6" or "IPv4" or "auto"))
        {
            throw new InvalidOperationException($"{this} has no header family: IPv6, IPv4 or auto");
        }

        if (_head.Keys.Except(Headers).FirstOrDefault() is { } unknown)
        {
            throw new InvalidOperationException($"{this} has the unknown header {unknown}; known are {string.Join(", ", Headers)}");
        }
    }

    public static string Folder { get; } = Repository.Path("tests", "Rules", "Fixtures");

    public static IReadOnlyList<RuleFixture> All { get; } =
    [
        .. Directory
            .EnumerateFiles(Folder, "*.fixture", SearchOption.AllDirectories)
            .Order()
            .Select(static path => new RuleFixture(path))
            .Select(static fixture => Update.IsAsked ? fixture.Updated() : fixture),
    ];

    public string Path { get; }

    public string Rule { get; }

    /// <summary><c>ok</c> or <c>bad</c>.</summary>
    public string Kind { get; }

    public string Why { get; }

    /// <summary>What the fixture is about, from its first line; or null.</summary>
    public string? Comment { get; }

    public string Text { get; }

    /// <summary>The complete output of enforce mode for <see cref="Text"/>, or null if it must not write any.</summary>
    public string? Fixed => _fixed.Value;

    /// <summary>The family that the option states, or null for auto.</summary>
    public AddressFamily? Family => AddressFamilies.Parse(_head.GetValueOrDefault("family"));

    /// <summary>Other rules that the text breaks.</summary>
    public IReadOnlyList<string> Also => _head.GetValueOrDefault("also")?.Split(", ") ?? [];

    /// <summary>Why the fixture has no counterpart in the other family, or null.</summary>
    public string? OneDirection => _head.GetValueOrDefault("one-direction");

    /// <summary>The mode in which the rule reports it: check, unless the finding depends on fixes.</summary>
    public RunMode Mode => _head.GetValueOrDefault("mode") == "enforce" ? RunMode.Enforce : RunMode.Check;

    public Outcome Run(RunMode mode, string? text = null) => Pipeline.Run(Yaml.Stream(text ?? Text), Options(Family), mode);

    /// <summary>Writes what enforce mode changes now into the file, and returns that fixture, for generated documents.</summary>
    private RuleFixture Updated()
    {
        var repaired = Kind == "bad" && Run(RunMode.Enforce).Output is { } output ? Yaml.Concat(output) : null;
        if (repaired is null || repaired == Text)
        {
            return this;
        }

        var old = File.ReadAllText(Path);
        var end = old.IndexOf($"\n{SectionMark}{FixedSection}\n");
        var now = $"{(end < 0 ? old.TrimEnd('\n') : old[..end])}\n{SectionMark}{FixedSection}\n{LineDiff.Shortest(Text, repaired)}";
        if (now == old)
        {
            return this;
        }

        File.WriteAllText(Path, now);
        return new RuleFixture(Path);
    }

    public override string ToString() => $"{Rule}/{System.IO.Path.GetFileName(Path)}";

    /// <summary>The object of a section: its first line names the base, the other lines are the changes.</summary>
    private string? Document(string section)
    {
        var lines = section.TrimEnd('\n').Split('\n');
        var (name, body) = (lines[0].Split(' '), lines[1..]);
        return name[0] switch
        {
            FixedSection => null,
            "document" => string.Concat(body.Select(static line => $"{line}\n")),
            _ => Changed(
                lines[0],
                File.ReadAllText(Repository.Path("tests", "Rules", "Bases", $"{name[0]}.yaml"))
                    .Replace("COMPONENT", name.ElementAtOrDefault(1) ?? "")
                    .Replace("FAMILY", $"{Family ?? AddressFamily.IPv6}")
                    .Replace("WILDCARD", (Family ?? AddressFamily.IPv6).Wildcard()),
                body
            ),
        };
    }

    /// <summary>The text with the changes of a section; an error names the fixture and the section.</summary>
    private string Changed(string section, string text, IEnumerable<string> changes)
    {
        try
        {
            return LineDiff.Apply(text, changes);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{this}, section {section}: {exception.Message}", exception);
        }
    }

    private static PipelineOptions Options(AddressFamily? family) =>
        new(
            new RuleOptions(family, "--address-family", RuleOptions.DefaultGossipLabel, new HashSet<string>()),
            FailOn.Error,
            Namespace: null
        );
}
