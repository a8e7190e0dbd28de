using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Migration;

/// <summary>Keys that no row of a table is for.</summary>
internal static class UnknownKeys
{
    /// <summary>The paths of values that a table does not know, each as far up as nothing below is known.</summary>
    public static IEnumerable<string> In(ValueMap values, MigrationTable table) => In(values, "", NodePath.Root, table);

    private static IEnumerable<string> In(ValueMap values, string above, NodePath shown, MigrationTable table)
    {
        foreach (var (key, value) in values.Entries)
        {
            var path = above.Length == 0 ? key : $"{above}.{key}";
            if (table.Find(path) is not null || value.IsEmpty)
            {
                continue;
            }

            var at = shown.Key(key);
            if (value is ValueMap map && table.HasBelow(path))
            {
                foreach (var unknown in In(map, path, at, table))
                {
                    yield return unknown;
                }
            }
            else
            {
                yield return at.ToString();
            }
        }
    }
}
