namespace Tempo.Helm.Tests.Generated;

/// <summary>
/// chart/files/value-defaults.json: values.yaml without its comments, because templates cannot read what a value was before the user
/// set it.
/// </summary>
internal static class ValueDefaultsFile
{
    public const string Location = "chart/files/value-defaults.json";

    public static string Text()
    {
        var lines = ValuesFile.Chart.Keys.Select(static key =>
            $"\"{key.Name}\": {ValuesSchema.Value(key.Value)?.ToJsonString(GeneratedJson.Options) ?? "null"}"
        );
        return $"{{\n{string.Join(",\n", lines)}\n}}\n";
    }
}
