using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Migration;

/// <summary>How the values of another chart, or the fields of a resource, become values of this one: the files of this folder.</summary>
internal sealed class MigrationTable
{
    private static readonly string[] Names = ["tempo-distributed", "tempo", "tempo-stack", "tempo-monolithic"];

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
        Kind = (file["kind"] as ValueScalar)?.Text;
        Settings = file["set"] as ValueMap ?? new ValueMap();
        Aliased = file["aliased"] as ValueMap ?? new ValueMap();
        Last = file["last"] as ValueMap ?? new ValueMap();
        Comments = file["comments"] as ValueMap ?? new ValueMap();
        Required = file["required"] as ValueMap ?? new ValueMap();
        Differences = [.. Items(file["differs"]).Select(ReadDifference)];
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

    private static IEnumerable<MigrationEntry> Entries(MigrationGroup group) =>
        from row in @group.Rows
        from component in @group.Components.DefaultIfEmpty("")
        from key in row.Keys
        select new MigrationEntry(row, component, key);

    private static IEnumerable<MigrationGroup> ReadGroups(ValueMap file) => Items(file["groups"]).Select(ReadGroup);

    private static MigrationDifference ReadDifference(Value row)
    {
        var map = (ValueMap)row;
        return new MigrationDifference(Text(map, "what"), Text(map, "there"), Text(map, "here"), Texts(map["set"]));
    }

    private static MigrationGroup ReadGroup(Value group)
    {
        var map = (ValueMap)group;
        return new MigrationGroup(Text(map, "title"), Texts(map["for"]), [.. Items(map["rows"]).Select(ReadRow)]);
    }

    private static MigrationRow ReadRow(Value row)
    {
        var map = (ValueMap)row;
        return new MigrationRow
        {
            Keys = Texts(map["keys"]),
            Here = Texts(map["here"]),
            Gone = (map["gone"] as ValueScalar)?.Text,
            Instead = (map["instead"] as ValueScalar)?.Text,
            Level = Level(map),
            Converter = (map["as"] as ValueScalar)?.Text,
            KeepsDefault = Texts(map["keep"]).Contains("default"),
            KeepsEmpty = Texts(map["keep"]).Contains("empty"),
            ByLeaf = map.IsTrue("leaves"),
            When = (map["when"] as ValueScalar)?.Text,
            Remark = (map["remark"] as ValueScalar)?.Text,
            Cases = (map["cases"] as ValueMap ?? new ValueMap()).Entries.ToDictionary(
                static entry => entry.Key,
                static entry => ReadCase((ValueMap)entry.Value)
            ),
        };
    }

    private static MigrationCase ReadCase(ValueMap map) =>
        new(map["write"] as ValueMap ?? new ValueMap(), Level(map), (map["says"] as ValueScalar)?.Text);

    private static MigrationLevel Level(ValueMap map) =>
        map["level"] is ValueScalar level ? Enum.Parse<MigrationLevel>(level.Text, ignoreCase: true) : MigrationLevel.Error;

    private static string Text(ValueMap map, string key) =>
        (map[key] as ValueScalar)?.Text ?? throw new InvalidOperationException($"a table of values lacks {key}");

    private static IReadOnlyList<Value> Items(Value? value) => (value as ValueList)?.Items ?? [];

    private static IReadOnlyList<string> Texts(Value? value) =>
        value is ValueScalar single ? [single.Text] : [.. Items(value).OfType<ValueScalar>().Select(static item => item.Text)];

    private static ValueMap Load(string name) => ValueReader.Read(ManifestStream.Open(Resource.Read(name)));
}
