using Tempo.PostRender.Words;

namespace Tempo.PostRender.Migration;

/// <summary>Says which values the old chart cannot have meant so: mistyped keys, and a map where it takes a single value.</summary>
internal static class ValueFaults
{
    /// <summary>A file with more unknown keys is not mistyped, and comparing words takes time.</summary>
    private const int MaxSuggestions = 100;

    /// <summary>Says which keys the old chart does not have, and which ones may be meant.</summary>
    public static void SayUnknown(ValueMap given, MigrationTable table, MigrationResult result)
    {
        foreach (var (number, unknown) in UnknownKeys.In(given, table).Index())
        {
            if (table.HasBelow(unknown.Path))
            {
                SayForm(unknown.Shown, unknown.Value, "a map", table, result);
                continue;
            }

            result.Say(
                MigrationLevel.Warning,
                unknown.Shown,
                $"is not a value of {table.Source} in its versions {table.Versions}; it was left out. Check its "
                    + $"spelling{NearestWord.Question(number < MaxSuggestions ? Nearest(unknown.Path, table) : null)}"
            );
        }
    }

    /// <summary>
    /// A value without those in it that have another form than their defaults, and says which; null if nothing is left. An empty default
    /// does not show which form is right.
    /// </summary>
    public static Value? WithoutMisfits(Value value, Value? standard, string path, MigrationTable table, MigrationResult result)
    {
        if (value.IsEmpty || standard is null or { IsEmpty: true })
        {
            return value;
        }

        if (value.Form != standard.Form)
        {
            SayForm(path, value, standard.Form, table, result);
            return null;
        }

        if (value is not ValueMap map || standard is not ValueMap defaults)
        {
            return value;
        }

        var fitting = new ValueMap();
        foreach (var (key, below) in map.Entries)
        {
            fitting[key] = WithoutMisfits(below, defaults[key], $"{path}.{key}", table, result);
        }

        return fitting.IsEmpty ? null : fitting;
    }

    private static string? Nearest(string path, MigrationTable table)
    {
        var dot = path.LastIndexOf('.');
        return NearestWord.Of(path[(dot + 1)..], table.KeysBelow(dot < 0 ? "" : path[..dot]));
    }

    private static void SayForm(string path, Value value, string form, MigrationTable table, MigrationResult result) =>
        result.Say(MigrationLevel.Error, path, $"is {value.Form}, but {table.Source} takes {form} there; it was left out. Correct it");
}
