namespace Tempo.PostRender.Migration;

/// <summary>
/// The whole of tempo.yaml as a value: a text, over which the old chart lays a map. Here both are differences from what this chart
/// sets.
/// </summary>
internal static class ConfigValue
{
    private const string Key = "config";
    private const string OverlayKey = "tempo.structuredConfig";

    /// <summary>New values that become tempo.yaml, and nothing else.</summary>
    private static readonly string[] Sources =
    [
        Key,
        "cache",
        "ingest",
        "memberlist",
        "multitenancyEnabled",
        "overrides",
        "reportingEnabled",
        "server",
        "storage.trace",
        "streamOverHTTPEnabled",
        "traces",
    ];

    /// <summary>Makes one map of both, at the place of the text.</summary>
    /// <returns>Whether there is a text, so that the old chart made nothing of tempo.yaml from other values.</returns>
    public static bool Join(ValueMap old, MigrationResult result)
    {
        var config = Read(old[Key], result);
        var isWhole = old[Key] is ValueScalar && !config.IsEmpty;
        if (old["tempo"] is ValueMap tempo && tempo["structuredConfig"] is ValueMap overlay)
        {
            config = ValueMap.Overlay(config, overlay);
            tempo["structuredConfig"] = null;
        }

        old[Key] = config.IsEmpty ? null : config;
        return isWhole;
    }

    /// <summary>Whether an old value became nothing but a part of tempo.yaml, by the text that a text of the user replaces.</summary>
    public static bool IsFor(MigrationEntry entry) =>
        !IsAt(entry.Path, Key)
        && entry.Targets.Count > 0
        && entry.Targets.All(static target =>
            Array.Exists(Sources, source => IsAt(target, source))
            || target.EndsWith($".{Key}", StringComparison.Ordinal)
            || target.Contains($".{Key}.", StringComparison.Ordinal)
        );

    private static bool IsAt(string path, string above) =>
        path.StartsWith(above, StringComparison.Ordinal) && (path.Length == above.Length || path[above.Length] == '.');

    /// <summary>How the user wrote a path below <c>config</c>.</summary>
    public static string NameOf(string path, ValueMap given)
    {
        var below = path.StartsWith($"{Key}.", StringComparison.Ordinal) ? path[(Key.Length + 1)..] : null;
        return below is not null && given.At($"{OverlayKey}.{below}") is not null ? $"{OverlayKey}.{below}" : path;
    }

    private static ValueMap Read(Value? value, MigrationResult result)
    {
        switch (value)
        {
            case ValueMap map:
                return map;
            case ValueScalar { IsEmpty: false } text when !DefaultTextHashes.Contains(text.Text):
                if (!Templates.IsIn(text.Text) && ValueReader.ReadText(text.Text) is ValueMap read)
                {
                    result.Say(
                        MigrationLevel.Warning,
                        Key,
                        "is the whole of tempo.yaml, so the values from which the old chart makes the file otherwise were left out. Here "
                            + "it is merged over what the chart sets"
                    );
                    return read;
                }

                result.Say(
                    MigrationLevel.Error,
                    Key,
                    Templates.IsIn(text.Text)
                        ? "is a text with templates that only the old chart can render; it was left out. Pass the tempo.yaml of the "
                            + "running release as a further values file, as the text of config; the guide has the commands"
                        : "is not a YAML map; it was left out"
                );
                break;
            case ValueList:
                result.Say(MigrationLevel.Error, Key, "is a list, and tempo.yaml is a map; it was left out");
                break;
        }

        return new ValueMap();
    }
}
