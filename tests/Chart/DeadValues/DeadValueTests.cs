using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Generated;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.DeadValues;

/// <summary>Every leaf of values.yaml changes something that is rendered, and templates use no other.</summary>
/// <remarks>
/// Every text, number, list and map gets a mark, all in one render, and each mark must appear in the output. A boolean, a value with a few
/// choices, and a value with a change of its own in changes.yaml are changed alone, and must make a difference.
/// </remarks>
public partial class DeadValueTests
{
    private static readonly JsonNode Changes = StrictYaml.Read(
        File.ReadAllText(Repository.Path("tests", "Chart", "DeadValues", "changes.yaml"))
    )!;

    private static readonly List<Leaf> Leaves =
    [
        .. LeavesOf(StrictYaml.Read(File.ReadAllText(Repository.Path("chart", "values.yaml"))), "")
            .Select(static (leaf, i) => new Leaf(leaf.Path, leaf.Default, 21000 + i)),
    ];

    private static readonly ReleaseCase[] Bases =
    [
        .. ReleaseCases.Modes.Select(static mode => ReleaseCases.Base(mode, "IPv6")),
        .. ReleaseCases.Everything.Where(static release => release.Family == "IPv6"),
    ];

    /// <summary>A value that is not a block of other values.</summary>
    private sealed record Leaf(string Path, JsonNode? Default, int Mark)
    {
        public JsonNode? Change => Changes.At([Path]);

        /// <summary>The value for a separate render, or null: from changes.yaml, or another choice of the schema.</summary>
        public JsonNode? To => Change.At("to") ?? (OtherChoice is { } other ? JsonValue.Create(other) : null);

        public bool IsAlone =>
            To is not null || Change.At("never") is not null || Default?.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

        private string? OtherChoice =>
            ValuesFile.Chart.Find(Path) is { } key ? ValuesSchema.Choices(key).LastOrDefault(choice => choice != Default.Text()) : null;
    }

    [Fact]
    public async Task Every_value_changes_the_release()
    {
        var marked = await MarkedAsync();
        var silent = await Task.WhenAll(
            Leaves
                .Where(leaf => !marked.Contains(leaf) && leaf.Change.At("never") is null)
                .Select(static async leaf => (leaf, Why: await WhySilentAsync(leaf)))
        );

        AssertNone.Of(
            silent.Where(static one => one.Why is not null).Select(static one => $"{one.leaf.Path}: {one.Why}"),
            "Use these values in a template, or say in tests/Chart/DeadValues/changes.yaml which change makes a difference:"
        );
    }

    [Fact]
    public void Only_values_that_exist_are_listed() =>
        Assert.Empty(Changes.Entries().Select(static change => change.Key).Except(Leaves.Select(static leaf => leaf.Path)));

    [Fact]
    public void Templates_use_no_value_that_is_not_declared()
    {
        var values = StrictYaml.Read(File.ReadAllText(Repository.Path("chart", "values.yaml")));
        var undeclared =
            from file in TemplateFiles()
            from match in Use().Matches(File.ReadAllText(file))
            let path = match.Groups["path"].Value
            where !IsDeclared(values, path.Split('.'))
            select $"{Path.GetFileName(file)}: .Values.{path}";

        AssertNone.Of(undeclared.Distinct(), "Add these values to chart/values.yaml:");
    }

    [Fact]
    public void Every_helper_is_included()
    {
        var text = string.Concat(TemplateFiles().Select(File.ReadAllText));
        var defined = Define().Matches(text).Select(static match => match.Groups["name"].Value);
        var included = Include().Matches(text).Select(static match => match.Groups["name"].Value).ToHashSet();

        // Rows of files/components.yaml and of files/types.yaml name these.
        var templates = ChartFile("components.yaml").Entries().Select(static row => row.Value.At("template").Text());
        var types = ChartFile("types.yaml").Entries().Where(static row => row.Value.At("set") is null).Select(static row => row.Key);
        Assert.Empty(
            defined
                .Except(included)
                .Except(templates.SelectMany(static name => new[] { $"tempo.pod.{name}", $"tempo.ports.{name}" }))
                .Except(types.Select(static name => $"tempo.better.{name}"))
        );
    }

    private static JsonNode? ChartFile(string name) => StrictYaml.Read(File.ReadAllText(Repository.Path("chart", "files", name)));

    /// <summary>The leaves whose marks appear in the output of one render with all marks.</summary>
    private static async Task<HashSet<Leaf>> MarkedAsync()
    {
        var leaves = Leaves.Where(static leaf => !leaf.IsAlone).ToList();
        var values = new JsonObject();
        foreach (var leaf in leaves)
        {
            Put(values, leaf.Path, MarkOf(leaf));
        }

        var renders = await Task.WhenAll(
            Bases.Where(static release => release.Name.StartsWith("everything")).Select(release => RenderAsync(release, values))
        );
        AssertNone.Of(
            renders.Where(static render => render.ExitCode != 0).Select(static render => render.Error),
            "A value takes no arbitrary text, number, list or map: add a line for it to tests/Chart/DeadValues/changes.yaml."
        );
        var words = renders.SelectMany(static render => Word().Matches(render.Output)).Select(static match => match.Value).ToHashSet();
        return [.. leaves.Where(leaf => words.Contains($"{leaf.Mark}") || words.Contains($"mark{leaf.Mark}"))];
    }

    /// <summary>Why a change of this leaf alone makes no difference, or null if it makes one.</summary>
    private static async Task<string?> WhySilentAsync(Leaf leaf)
    {
        var with = leaf.Change.At("with") ?? new JsonObject();
        var release = Bases.First(release => release.Name.StartsWith(leaf.Change.At("over").Text() ?? "ci/monolithic"));
        var change = new JsonObject();
        Put(
            change,
            leaf.Path,
            (
                leaf.To
                ?? (leaf.Default is JsonValue value && value.TryGetValue<bool>(out var flag) ? JsonValue.Create(!flag) : MarkOf(leaf))
            ).DeepClone()
        );

        var before = await RenderAsync(release, with);
        var after = await RenderAsync(release, with, change);

        return before.ExitCode != 0 || after.ExitCode != 0 ? $"{release}: {(before.Error + after.Error).ReplaceLineEndings(" ")}"
            : before.Output == after.Output ? $"{release}: no difference"
            : null;
    }

    private static JsonNode MarkOf(Leaf leaf) =>
        leaf.Default switch
        {
            _ when leaf.Change.At("mark") is { } mark => JsonNode.Parse(mark.ToJsonString().Replace("MARK", $"mark{leaf.Mark}"))!,
            JsonObject => new JsonObject { [$"mark{leaf.Mark}"] = $"mark{leaf.Mark}" },
            JsonArray => new JsonArray($"mark{leaf.Mark}"),
            JsonValue value when value.IsNumber() => JsonValue.Create(leaf.Mark),
            _ => JsonValue.Create($"mark{leaf.Mark}"),
        };

    private static Task<RunResult> RenderAsync(ReleaseCase release, params JsonNode[] values) =>
        Renders.RunAsync(
            HelmVersions.Four,
            release.Arguments([.. values.SelectMany(static one => new[] { "-f", TemporaryValues.Write(one) })])
        );

    private static void Put(JsonObject values, string path, JsonNode? value)
    {
        var keys = path.Split('.');
        foreach (var key in keys[..^1])
        {
            values = (JsonObject)(values[key] ??= new JsonObject());
        }

        values[keys[^1]] = value;
    }

    private static IEnumerable<(string Path, JsonNode? Default)> LeavesOf(JsonNode? node, string path) =>
        node is JsonObject { Count: > 0 } map
            ? map.SelectMany(entry => LeavesOf(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}"))
            : [(path, node)];

    /// <summary>A path through a map of any keys counts as declared.</summary>
    private static bool IsDeclared(JsonNode? values, string[] keys)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (values is not JsonObject { Count: > 0 } map)
            {
                return i > 0;
            }

            if (!map.TryGetPropertyValue(keys[i], out values))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> TemplateFiles() =>
        new[] { "templates", "files" }.SelectMany(static folder =>
            Directory.EnumerateFiles(Repository.Path("chart", folder), "*", SearchOption.AllDirectories)
        );

    [GeneratedRegex(@"\.Values\.(?<path>[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*)")]
    private static partial Regex Use();

    [GeneratedRegex("define \"(?<name>[^\"]+)\"")]
    private static partial Regex Define();

    [GeneratedRegex("(include|template) \"(?<name>[^\"]+)\"")]
    private static partial Regex Include();

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Word();
}
