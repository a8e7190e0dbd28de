namespace Tempo.PostRender.Migration;

/// <summary>
/// The whole of tempo.yaml as a value: a text, over which the old chart lays a map. Here both are differences from what this chart
/// sets.
/// </summary>
internal static class ConfigValue
{
    private const string Key = "config";
    private const string OverlayKey = "tempo.structuredConfig";

    /// <summary>Makes one map of both, at the place of the text.</summary>
    public static void Join(ValueMap old, MigrationResult result)
    {
        var config = Read(old[Key], result);
        if (old["tempo"] is ValueMap tempo && tempo["structuredConfig"] is ValueMap overlay)
        {
            config = ValueMap.Overlay(config, overlay);
            tempo["structuredConfig"] = null;
        }

        old[Key] = config.IsEmpty ? null : config;
    }

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
            case ValueScalar { IsEmpty: false } text when !KnownTexts.Contains(text.Text):
                if (!Templates.IsIn(text.Text) && ValueReader.ReadText(text.Text) is ValueMap read)
                {
                    result.Say(
                        MigrationLevel.Warning,
                        Key,
                        "was the whole of tempo.yaml, and the old chart took it in place of other values. Here it is merged over what the "
                            + "chart and the other values set"
                    );
                    return read;
                }

                result.Say(
                    MigrationLevel.Error,
                    Key,
                    Templates.IsIn(text.Text)
                        ? "is a text with templates that only the old chart can render; it was left out. Put the tempo.yaml of the "
                            + "release into a further values file, as the text of config, and pass it last (kubectl get configmap)"
                        : "is not a YAML map; it was left out"
                );
                break;
        }

        return new ValueMap();
    }
}
