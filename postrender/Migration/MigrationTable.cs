using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Migration;

/// <summary>How the values of another chart, or the fields of a resource, become values of this one: the files of this folder.</summary>
internal sealed class MigrationTable
{
    /// <summary>The names of all tables.</summary>
    public static IReadOnlyList<string> Names { get; } = ["tempo-distributed", "tempo", "tempo-stack", "tempo-monolithic"];

    private static readonly Lazy<IReadOnlyList<MigrationTable>> Tables = new(static () =>
        [.. Names.Select(static name => new MigrationTable(name))]
    );

    private readonly OrderedDictionary<string, MigrationEntry> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _above = new(StringComparer.Ordinal);

    private MigrationTable(string name)
    {
        var file = Load($"{name}.yaml");
        Name = name;
        Source = Text(file, "source");
        Versions = Text(file, "versions");
        Guide = Text(file, "guide");
        Kind = file.Text("kind");
        Settings = file.Map("set");
        Aliased = file.Map("aliased");
        Last = file.Map("last");
        Comments = file.Map("comments");
        Required = file.Map("required");
        Differences = [.. Maps(file["differs"]).Select(ReadDifference)];
        Defaults = Kind is null ? Load($"{name}.defaults.yaml") : new ValueMap();
        Groups = [.. Texts(file["more"]).Select(static more => Load($"{more}.yaml")).Prepend(file).SelectMany(ReadGroups)];
        foreach (var entry in Groups.SelectMany(static group => Entries(group)))
        {
            if (_entries.TryAdd(entry.Path, entry))
            {
                for (var dot = entry.Path.LastIndexOf('.'); dot > 0; dot = entry.Path.LastIndexOf('.', dot - 1))
                {
                    _above.Add(entry.Path[..dot]);
                }
            }
        }
    }

    public static IReadOnlyList<MigrationTable> All => Tables.Value;

    /// <summary>The name, as the option <c>--from</c> has it.</summary>
    public string Name { get; }

    /// <summary>What the values are of, in words.</summary>
    public string Source { get; }

    /// <summary>The versions of it whose values the table has.</summary>
    public string Versions { get; }

    /// <summary>The document that describes the way.</summary>
    public string Guide { get; }

    /// <summary>The kind of the resource, or null for values of a chart.</summary>
    public string? Kind { get; }

    /// <summary>Values to write in any case, by their new paths.</summary>
    public ValueMap Settings { get; }

    /// <summary>Values to write for a dependency of a parent chart where no row has written one, by their new paths.</summary>
    public ValueMap Aliased { get; }

    /// <summary>Values to write where no row has written one, by their new paths: the old defaults that no old key has.</summary>
    public ValueMap Last { get; }

    /// <summary>Comments above new values, by their paths.</summary>
    public ValueMap Comments { get; }

    /// <summary>New paths that must have a value, and what to say where they have none.</summary>
    public ValueMap Required { get; }

    /// <summary>The defaults of the old chart, as far as they say something.</summary>
    public ValueMap Defaults { get; }

    /// <summary>What changes although nothing is set.</summary>
    public IReadOnlyList<MigrationDifference> Differences { get; }

    public IReadOnlyList<MigrationGroup> Groups { get; }

    /// <summary>The rows by old path, in the order of the table.</summary>
    public IReadOnlyCollection<MigrationEntry> AllEntries => _entries.Values;

    /// <summary>The entry of an old path, or null.</summary>
    public MigrationEntry? Find(string path) => _entries.GetValueOrDefault(path);

    /// <summary>Whether an old path below another one has an entry.</summary>
    public bool HasBelow(string path) => _above.Contains(path);

    /// <summary>The keys that the map at an old path can have, or the keys at the top for an empty path.</summary>
    public IEnumerable<string> KeysBelow(string path)
    {
        var start = path.Length == 0 ? "" : $"{path}.";
        return _entries
            .Keys.Concat(_above)
            .Where(known => known.StartsWith(start, StringComparison.Ordinal))
            .Select(known => known[start.Length..].Split('.')[0])
            .Distinct();
    }

    private static IEnumerable<MigrationEntry> Entries(MigrationGroup group) =>
        from row in @group.Rows
        from component in @group.Components.DefaultIfEmpty("")
        from key in row.Keys
        select new MigrationEntry(row, component, key);

    private static IEnumerable<MigrationGroup> ReadGroups(ValueMap file) => Maps(file["groups"]).Select(ReadGroup);

    private static MigrationDifference ReadDifference(ValueMap map) =>
        new(Text(map, "what"), Text(map, "there"), Text(map, "here"), Texts(map["set"]));

    private static MigrationGroup ReadGroup(ValueMap map) =>
        new(Text(map, "title"), Texts(map["for"]), [.. Maps(map["rows"]).Select(ReadRow)]);

    private static MigrationRow ReadRow(ValueMap map) =>
        new()
        {
            Keys = Texts(map["keys"]),
            Here = Texts(map["here"]),
            Gone = map.Text("gone"),
            Instead = map.Text("instead"),
            Level = Level(map),
            Converter = map.Text("as"),
            KeepsDefault = Texts(map["keep"]).Contains("default"),
            KeepsEmpty = Texts(map["keep"]).Contains("empty"),
            ByLeaf = map.IsTrue("leaves"),
            When = map.Text("when"),
            Remark = map.Text("remark"),
            Cases = map.Map("cases").Entries.ToDictionary(static entry => entry.Key, static entry => ReadCase((ValueMap)entry.Value)),
        };

    private static MigrationCase ReadCase(ValueMap map) => new(map.Map("write"), Level(map), map.Text("says"));

    private static MigrationLevel Level(ValueMap map) =>
        map.Text("level") is { } level ? Enum.Parse<MigrationLevel>(level, ignoreCase: true) : MigrationLevel.Error;

    private static string Text(ValueMap map, string key) =>
        map.Text(key) ?? throw new InvalidOperationException($"a table of values lacks {key}");

    private static IEnumerable<ValueMap> Maps(Value? value) => (value as ValueList)?.Items.Cast<ValueMap>() ?? [];

    private static IReadOnlyList<string> Texts(Value? value) =>
        value is ValueScalar single ? [single.Text]
        : value is ValueList list ? [.. list.Items.OfType<ValueScalar>().Select(static item => item.Text)]
        : [];

    private static ValueMap Load(string name) => ValueReader.Read(ManifestStream.Open(EmbeddedFile.Read($"Migration.{name}")));
}
