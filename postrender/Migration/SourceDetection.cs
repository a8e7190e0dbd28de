namespace Tempo.PostRender.Migration;

/// <summary>Detects from the keys of values what they are for.</summary>
internal static class SourceDetection
{
    /// <summary>The table that knows most of the values, or null where no table knows more than the others.</summary>
    public static MigrationTable? Find(ValueMap given)
    {
        var kind = given.Text("kind");
        if (kind is not null && given["apiVersion"] is not null)
        {
            return MigrationTable.All.FirstOrDefault(table => table.Kind == kind);
        }

        var ranked = MigrationTable
            .All.Where(static table => table.Kind is null)
            .Select(table => (Table: table, Unknown: UnknownKeys.In(given, table).Count()))
            .OrderBy(static entry => entry.Unknown)
            .ToList();
        return ranked[0].Unknown < ranked[1].Unknown ? ranked[0].Table : null;
    }

    /// <summary>The key of a dependency that has the values in those of a parent chart, or null.</summary>
    public static string? ParentKey(ValueMap given)
    {
        var unknown = FewestUnknown(given);
        return given
            .Entries.Where(static entry => entry.Key.Contains("tempo", StringComparison.OrdinalIgnoreCase))
            .FirstOrDefault(entry => entry.Value is ValueMap { IsEmpty: false } below && FewestUnknown(below) < unknown)
            .Key;
    }

    private static int FewestUnknown(ValueMap values) =>
        MigrationTable.All.Where(static table => table.Kind is null).Min(table => UnknownKeys.In(values, table).Count());
}
