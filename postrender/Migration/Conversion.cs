namespace Tempo.PostRender.Migration;

/// <summary>A note for the user. It never contains a value, because values can be secrets.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="Key">The old path.</param>
/// <param name="Text">What was found and what to do.</param>
internal sealed record MigrationNote(MigrationLevel Level, string Key, string Text);

/// <summary>What a migration writes and says.</summary>
internal sealed class MigrationResult
{
    private readonly List<MigrationNote> _notes = [];

    public ValueMap Values { get; } = new();

    /// <summary>Comments above new values, by their paths.</summary>
    public Dictionary<string, string> Comments { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<MigrationNote> Notes => _notes;

    public void Say(MigrationLevel level, string key, string text) => _notes.Add(new MigrationNote(level, key, text));
}

/// <summary>The value of one row on its way.</summary>
internal sealed class Conversion
{
    public required Value Value { get; init; }

    /// <summary>The value as a map; an empty one if it is none.</summary>
    public ValueMap Map => Value as ValueMap ?? new ValueMap();

    public required MigrationEntry Entry { get; init; }

    /// <summary>All old values over the defaults of the old chart.</summary>
    public required ValueMap Old { get; init; }

    public required MigrationResult Result { get; init; }

    /// <summary>Writes a value to all new paths of the row.</summary>
    public void Put(Value value)
    {
        foreach (var target in Entry.Targets)
        {
            Result.Values.Put(target, value);
        }
    }

    /// <summary>Writes a value below the new path of the row.</summary>
    public void Put(string below, Value value) => Result.Values.Put($"{Entry.Targets[0]}.{below}", value);

    public void Say(MigrationLevel level, string text) => Result.Say(level, Entry.Path, text);
}
