using Tempo.PostRender.Words;

namespace Tempo.PostRender.Migration;

/// <summary>Limits in the flat form of Tempo 2 become the scoped ones of Tempo 3, for all tenants and for single ones.</summary>
internal static class FlatLimits
{
    private const string Section = "overrides";
    private const string Tenants = "per_tenant_overrides";
    private const string Switch = "enable_legacy_overrides";

    private static readonly Lazy<IReadOnlyList<(string Flat, string Scoped)>> Names = new(static () =>
        [
            .. EmbeddedFile
                .List("Migration.flat-limits.txt")
                .Select(static line => line.Split(' '))
                .Select(static words => (words[0], words[1])),
        ]
    );

    /// <summary>Translates the limits of the new values, and says which keys had any.</summary>
    public static void Translate(MigrationResult result)
    {
        foreach (var path in new[] { Section, $"config.{Section}" })
        {
            if (result.Values.At(path) is ValueMap limits && Translate(limits, "defaults."))
            {
                Say(result, path);
            }
        }

        var tenants = result
            .Values.Map(Tenants)
            .Entries.Where(static tenant => tenant.Value is ValueMap limits && Translate(limits, ""))
            .Select(static tenant => tenant.Key)
            .ToList();
        if (tenants.Count > 0)
        {
            Say(result, tenants.Count == 1 ? $"{Tenants}.{tenants[0]}" : Tenants);
        }
    }

    /// <summary>The path of a limit in the scoped form, or null for a name that is none of the flat form.</summary>
    public static string? ScopedPath(string name)
    {
        var (flat, scoped) = Names.Value.FirstOrDefault(entry =>
            entry.Flat.EndsWith('_') ? name.StartsWith(entry.Flat, StringComparison.Ordinal) : name == entry.Flat
        );
        return flat is null ? null
            : flat.EndsWith('_') ? scoped + name[flat.Length..]
            : scoped;
    }

    private static bool Translate(ValueMap limits, string above)
    {
        var flat = limits.Entries.Where(static entry => ScopedPath(entry.Key) is not null).ToList();
        foreach (var (name, value) in flat)
        {
            limits[name] = null;
            limits.Put(above + ScopedPath(name), value);
        }

        // Tempo reads these two in both forms, under the same names.
        foreach (var name in above.Length > 0 ? ["forwarders", "cost_attribution"] : Array.Empty<string>())
        {
            if (limits[name] is { } value)
            {
                limits[name] = null;
                limits.Put(above + name, value);
            }
        }

        limits[Switch] = null;
        return flat.Count > 0;
    }

    private static void Say(MigrationResult result, string path) =>
        result.Say(
            MigrationLevel.Note,
            path,
            "has limits in the flat form of Tempo 2, with which Tempo 3 does not start; they were written in the scoped form"
        );
}
