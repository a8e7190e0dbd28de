using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tempo.Helm.Tests.Generated;

/// <summary>docs/values.md and the part of the README on values, from values.yaml.</summary>
internal static class ValuesDocumentation
{
    /// <summary>The longest default that a table shows; a longer one is a link to its line in values.yaml.</summary>
    private const int LongestDefault = 48;

    /// <summary>What the README shows: the keys that most installations set.</summary>
    public static readonly IReadOnlyList<string> MostUsed =
    [
        "mode",
        "addressFamily",
        "ipFamilyPolicy",
        "ingest.kafka.address",
        "storage.trace.backend",
        "storage.secret.name",
        "traces.otlp.grpc.enabled",
        "multitenancyEnabled",
        "overrides.defaults",
        "defaults.resources",
        "distributor.replicas",
        "liveStore.replicas",
        "metricsGenerator.enabled",
        "gateway.enabled",
        "config",
    ];

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ReadmePart(ValuesFile values) => Part(values, "chart/values.yaml");

    /// <summary>The same for the README in the package, beside values.yaml.</summary>
    public static string PackagePart(ValuesFile values) => Part(values, "values.yaml");

    public static string Page(ValuesFile values)
    {
        var page = new StringBuilder(
            """
            # The values

            All keys of `chart/values.yaml`, generated from that file. Other keys are refused with their path; only an open map takes
            any key. In a component, null means "not set here": the value of `defaults` applies, and then that of `global`. Only a label,
            an annotation, a resource or a field of a security context is taken away by null: `resources: {limits: {cpu: null}}`.
            The keys of sections of tempo.yaml are checked for the version of Tempo in the image; for an unknown key, the refusal names the
            most similar known one. Keys at the top that begin with `x-` are not checked: they are a place for anchors.

            ```yaml
            x-spot: &spot [{key: spot, operator: Exists}]
            querier: {tolerations: *spot}
            backendWorker: {tolerations: *spot}
            ```

            Templates (`{{ .Release.Name }}`) are run in the values of pods, in labels and annotations, in names of Secrets, claims,
            classes and namespaces, in hosts and routes, in `networkPolicy`, `config` and `extraObjects`. Quote text that has such braces
            for another program, for example an annotation of the Vault agent:

            ```yaml
            vault.hashicorp.com/agent-inject-template-db: "{{`{{ with secret \"db\" }}{{ .Data.password }}{{ end }}`}}"
            ```


            """.ReplaceLineEndings("\n")
        );
        page.Append("| block | |\n| --- | --- |\n");
        page.Append("| [top](#top) | Keys without a block. |\n");
        var blocks = values.Keys.Where(static key => key.HasFixedKeys).ToList();
        foreach (var block in blocks)
        {
            page.Append($"| [{block.Name}](#{block.Name.ToLowerInvariant()}) | {Cell(block.Sentence)} |\n");
        }

        page.Append("\n## top\n\n");
        Table(page, values.Keys.Except(blocks).Select(static key => (key.Path, key)), "../chart/values.yaml");
        foreach (var block in blocks)
        {
            page.Append($"\n## {block.Name}\n\n{block.Sentence}\n");
            if (block.Base is { } baseBlock)
            {
                var count = block.OwnKeys.Count == 0 ? "It has no other keys." : "Its own keys, and those with another default:";
                page.Append($"\nIt takes every key of [{baseBlock.Name}](#{baseBlock.Name.ToLowerInvariant()}). {count}\n");
            }

            page.Append('\n');
            Table(page, block.OwnKeys.SelectMany(static key => key.Written).Select(static key => (key.Path, key)), "../chart/values.yaml");
        }

        return page.ToString();
    }

    private static string Part(ValuesFile values, string file)
    {
        var part = new StringBuilder();
        Table(part, MostUsed.Select(path => (path, values.Find(path)!)), file);
        return part.ToString();
    }

    private static void Table(StringBuilder text, IEnumerable<(string Path, ValuesKey Key)> keys, string file)
    {
        text.Append("| key | type | default | meaning |\n| --- | --- | --- | --- |\n");
        foreach (var (path, key) in keys)
        {
            text.Append($"| `{path}` | {Type(key)} | {Default(key, file)} | {Cell(key.Sentence)} |\n");
        }
    }

    private static string Type(ValuesKey key)
    {
        var choices = ValuesSchema.Choices(key).Select(static choice => $"`{choice}`").ToList();
        return choices.Count > 0
            ? string.Join(", ", choices)
            : string.Join(
                " or ",
                ValuesSchema
                    .Types(key)
                    .Select(type =>
                        type switch
                        {
                            "object" => ValuesSchema.IsOpen(key) ? "open map" : "map",
                            "array" => "list",
                            _ => type,
                        }
                    )
            );
    }

    private static string Default(ValuesKey key, string file)
    {
        if (key.HasFixedKeys)
        {
            return "";
        }

        var value = ValuesSchema.Value(key.Value);
        var text = value is null ? "not set" : $"`{Cell(value.ToJsonString(Json))}`";
        return text.Length <= LongestDefault ? text : $"[line {key.Line}]({file})";
    }

    private static string Cell(string? text) => text?.Replace("|", "\\|") ?? "";
}
