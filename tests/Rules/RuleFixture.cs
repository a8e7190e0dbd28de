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

    private readonly Dictionary<string, string> _head;
    private readonly string? _changes;

    private RuleFixture(string path)
    {
        Path = path;
        Rule = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path))!;
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        Kind = name.Split('.')[0];
        Why = name[(Kind.Length + 1)..];
        var sections = $"\n{File.ReadAllText(path)}".Split($"\n{SectionMark}");
        _head = sections[0]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(static line => !line.StartsWith('#'))
            .Select(static line => line.Split(": ", 2))
            .ToDictionary(static entry => entry[0], static entry => entry[1]);
        Text = string.Concat(
            sections.Skip(1).Select(Document).Where(static document => document is not null).Select(static document => $"---\n{document}")
        );
        _changes = Array.Find(sections, static section => section.StartsWith($"{FixedSection}\n"))?[(FixedSection.Length + 1)..];
        Fixed = _changes is null ? null : Changed(FixedSection, Text, _changes.Split('\n'));
        if (!_head.ContainsKey("family"))
        {
            throw new InvalidOperationException($"{this} has no header family: IPv6, IPv4 or auto");
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

    public string Text { get; }

    /// <summary>The complete output of enforce mode for <see cref="Text"/>, or null if it must not write any.</summary>
    public string? Fixed { get; }

    /// <summary>The family that the option states, or null for auto.</summary>
    public AddressFamily? Family => AddressFamilies.Parse(_head.GetValueOrDefault("family") ?? "auto");

    /// <summary>Other rules that the text breaks.</summary>
    public IReadOnlyList<string> Also => _head.GetValueOrDefault("also")?.Split(", ") ?? [];

    /// <summary>Why the rule applies to one family only, or null.</summary>
    public string? OneDirection => _head.GetValueOrDefault("one-direction");

    /// <summary>The mode in which the rule reports it: check, unless the finding depends on fixes.</summary>
    public RunMode Mode => _head.GetValueOrDefault("mode") == "enforce" ? RunMode.Enforce : RunMode.Check;

    public Outcome Run(RunMode mode, string? text = null) => Pipeline.Run(Yaml.Stream(text ?? Text), Options(Family), mode);

    /// <summary>The fixture, in its file too, with what enforce mode changes now; documents of the same run show it.</summary>
    private RuleFixture Updated()
    {
        var repaired = Kind == "bad" && Run(RunMode.Enforce).Output is { } output ? Yaml.Concat(output) : null;
        if (repaired is null || repaired == (Fixed ?? Text))
        {
            return this;
        }

        var file = File.ReadAllText(Path);
        var end = file.IndexOf($"\n{SectionMark}{FixedSection}\n");
        File.WriteAllText(
            Path,
            $"{(end < 0 ? file.TrimEnd('\n') : file[..end])}\n{SectionMark}{FixedSection}\n{LineDiff.Shortest(Text, repaired)}"
        );
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
            "config" => ConfigMap("tempo-config", "tempo.yaml", body),
            "nginx" => ConfigMap("tempo-gateway", "nginx.conf", body),
            _ => Changed(
                lines[0],
                File.ReadAllText(Repository.Path("tests", "Rules", "Bases", $"{name[0]}.yaml"))
                    .Replace("COMPONENT", name.ElementAtOrDefault(1) ?? "")
                    .Replace("FAMILY", Family?.ToString() ?? nameof(AddressFamily.IPv6)),
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

    private static string ConfigMap(string name, string key, IEnumerable<string> lines) =>
        $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\ndata:\n  {key}: |\n"
        + $"{string.Concat(lines.Select(static line => line.Length == 0 ? "\n" : $"    {line}\n"))}";

    private static PipelineOptions Options(AddressFamily? family) =>
        new(
            new RuleOptions(family, "--address-family", RuleOptions.DefaultGossipLabel, new HashSet<string>()),
            FailOn.Error,
            Namespace: null
        );
}
