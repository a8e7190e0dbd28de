namespace Tempo.PostRender.Migration;

/// <summary>What a note about a value that has no counterpart means for the user.</summary>
internal enum MigrationLevel
{
    /// <summary>Something that ran before does not run, or runs otherwise, until the user decides.</summary>
    Error,

    /// <summary>Something changes, and the new release works.</summary>
    Warning,

    /// <summary>Nothing has to be done.</summary>
    Note,
}

/// <summary>What the tables' rows about a value say when it has a certain content.</summary>
/// <param name="Write">Values to write besides.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Says">What to tell the user, or null.</param>
internal sealed record MigrationCase(ValueMap Write, MigrationLevel Level, string? Says);

/// <summary>A row of a table: keys of the old values, and what becomes of them.</summary>
internal sealed record MigrationRow
{
    /// <summary>The keys, without the component that the group of the row is for.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>
    /// The new paths; empty where there is none. <c>same</c> is the old path, <c>*</c> the last key of it, and
    /// <c>&lt;component&gt;</c> the component.
    /// </summary>
    public IReadOnlyList<string> Here { get; init; } = [];

    /// <summary>Why there is no such value here, or null.</summary>
    public string? Gone { get; init; }

    /// <summary>What to do instead, or null.</summary>
    public string? Instead { get; init; }

    /// <summary>How much it matters that there is no such value.</summary>
    public MigrationLevel Level { get; init; }

    /// <summary>The name of the <see cref="Converters">converter</see> of the value, or null where it stays as it is.</summary>
    public string? Converter { get; init; }

    /// <summary>Whether the old chart's default is written too, because the new one is another.</summary>
    public bool KeepsDefault { get; init; }

    /// <summary>Whether an empty value is written too, because the new default is not empty.</summary>
    public bool KeepsEmpty { get; init; }

    /// <summary>Whether defaults are left out of a map one by one; else a map is written as a whole.</summary>
    public bool ByLeaf { get; init; }

    /// <summary>An old path that has to be true, or <c>path=value</c>; else the value has no effect. Null for no condition.</summary>
    public string? When { get; init; }

    /// <summary>What the guide adds.</summary>
    public string? Remark { get; init; }

    /// <summary>What certain contents of the value need.</summary>
    public IReadOnlyDictionary<string, MigrationCase> Cases { get; init; } = new Dictionary<string, MigrationCase>();
}

/// <summary>A difference between the charts that no value of the old one causes.</summary>
/// <param name="What">What differs.</param>
/// <param name="There">How it is in the old chart.</param>
/// <param name="Here">How it is here; <c>{path}</c> stands for the default of a value.</param>
/// <param name="Set">The values that change it; empty where none does.</param>
internal sealed record MigrationDifference(string What, string There, string Here, IReadOnlyList<string> Set);

/// <summary>Rows under a title, perhaps for several components.</summary>
/// <param name="Title">The title in the guide.</param>
/// <param name="Components">The components; empty where the keys are whole paths.</param>
/// <param name="Rows">The rows; of two with the same key, the first counts.</param>
internal sealed record MigrationGroup(string Title, IReadOnlyList<string> Components, IReadOnlyList<MigrationRow> Rows);

/// <summary>A row for one old path.</summary>
/// <param name="Component">The component, or nothing.</param>
internal sealed record MigrationEntry(MigrationRow Row, string Component, string Key)
{
    /// <summary>The old path.</summary>
    public string Path { get; } = Component.Length == 0 ? Key : $"{Component}.{Key}";

    /// <summary>The new paths.</summary>
    public IReadOnlyList<string> Targets => [.. Row.Here.Select(here => here == "same" ? Path : Fill(here))];

    /// <summary>A path of the row with what its placeholders stand for.</summary>
    public string Fill(string path) =>
        path.Replace("<component>", Component, StringComparison.Ordinal)
            .Replace("<key>", Key, StringComparison.Ordinal)
            .Replace("*", Path[(Path.LastIndexOf('.') + 1)..], StringComparison.Ordinal);

    /// <summary>Whether the value has an effect, given all old values.</summary>
    public bool HasEffect(ValueMap old)
    {
        if (Row.When is null)
        {
            return true;
        }

        var condition = Fill(Row.When).Split('=');
        return old.At(condition[0]) is ValueScalar scalar && scalar.Text == (condition.Length > 1 ? condition[1] : "true");
    }
}
