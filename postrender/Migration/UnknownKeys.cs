using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Migration;

/// <summary>A value that no row of a table is for.</summary>
/// <param name="Shown">Its path, as messages show it.</param>
/// <param name="Path">Its path, with dots.</param>
internal sealed record UnknownKey(string Shown, string Path, Value Value);

/// <summary>Keys that no row of a table is for.</summary>
internal static class UnknownKeys
{
    /// <summary>The values that a table does not know, each as far up as nothing below is known.</summary>
    public static IEnumerable<UnknownKey> In(ValueMap values, MigrationTable table) => In(values, "", NodePath.Root, table);

    private static IEnumerable<UnknownKey> In(ValueMap values, string above, NodePath shown, MigrationTable table)
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
                yield return new UnknownKey(at.ToString(), path, value);
            }
        }
    }
}
