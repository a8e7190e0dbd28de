using System.Text;
using Tempo.Helm.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Tempo.Helm.Tests.Forms;

/// <summary>A release of one IPv4 querier; a test writes some of its parts in a special form.</summary>
internal static class FormStream
{
    /// <summary>The querier's config, on IPv4.</summary>
    public const string Config = """
        memberlist:
          bind_addr: [0.0.0.0]
          join_members: [traces-gossip-ring:7946]
        server:
          http_listen_address: 0.0.0.0
        storage:
          trace:
            backend: local

        """;

    /// <summary>The usual pod of it.</summary>
    public const string Pod = """
        containers:
          - name: tempo
            image: grafana/tempo:3.0.3
            args: [-target=querier, -config.file=/conf/tempo.yaml]
            volumeMounts: [{name: config, mountPath: /conf}]
        volumes: [{name: config, configMap: {name: traces-config}}]
        """;

    private const string GossipRing = """
        apiVersion: v1
        kind: Service
        metadata: {name: traces-gossip-ring}
        spec:
          clusterIP: None
          ipFamilies: [IPv4]
          ipFamilyPolicy: SingleStack
          publishNotReadyAddresses: true
          ports: [{name: gossip, port: 7946}]
          selector: {tempo-gossip-member: "true"}

        """;

    /// <summary>The usual ConfigMap.</summary>
    public static string ConfigMap { get; } = ConfigMapWith(Config);

    /// <summary>A ConfigMap with a text as block scalar.</summary>
    public static string ConfigMapWith(string config) =>
        $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: traces-config\ndata:\n  tempo.yaml: |\n{Indent(config, 4)}";

    /// <summary>The whole stream.</summary>
    public static string Of(string configObject, string pod = Pod)
    {
        var reading = configObject.Contains("Secret") ? pod.Replace("configMap: {name:", "secret: {secretName:") : pod;
        return $"---\n{configObject.TrimEnd('\n')}\n---\n{GossipRing}---\n{Workload(reading)}";
    }

    /// <summary>The same objects as items of one List.</summary>
    public static string AsList() => $"apiVersion: v1\nkind: List\nitems:\n{Item(ConfigMap)}{Item(GossipRing)}{Item(Workload(Pod))}";

    /// <summary>
    /// Runs the post-renderer for IPv6 and asserts that the result is fixed, clean, and unchanged by a second run.
    /// </summary>
    public static async Task<string> RepairAsync(byte[] input)
    {
        var enforced = await AppRunner.RunAsync(input, static _ => null, "--address-family", "IPv6");
        Assert.True(enforced.ExitCode == 0, enforced.Error);
        var check = await AppRunner.RunAsync(
            enforced.OutputBytes,
            static _ => null,
            "check",
            "--address-family",
            "IPv6",
            "--fail-on",
            "warning"
        );
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        var twice = await AppRunner.RunAsync(enforced.OutputBytes, static _ => null, "--address-family", "IPv6");
        Assert.Equal(enforced.Output, twice.Output);
        return enforced.Output;
    }

    /// <inheritdoc cref="RepairAsync(byte[])"/>
    public static Task<string> RepairAsync(string input) => RepairAsync(Encoding.UTF8.GetBytes(input));

    /// <summary>The Tempo configs of all objects in a stream, read by the YAML library only.</summary>
    public static IEnumerable<IReadOnlyDictionary<object, object>> ConfigsIn(string stream) =>
        Documents(stream)
            .SelectMany(static document =>
                document.TryGetValue("items", out var items) ? ((List<object>)items).Cast<Dictionary<object, object>>() : [document]
            )
            .SelectMany(TextsOf)
            .Select(Read);

    /// <summary>A value of a config.</summary>
    public static object? At(IReadOnlyDictionary<object, object> config, params string[] path) =>
        path.Aggregate((object?)config, static (node, key) => (node as IReadOnlyDictionary<object, object>)?.GetValueOrDefault(key));

    private static IEnumerable<string> TextsOf(Dictionary<object, object> found)
    {
        foreach (var field in (string[])["data", "stringData", "binaryData"])
        {
            if (found.TryGetValue(field, out var data) && data is Dictionary<object, object> entries)
            {
                var isEncoded = field == "binaryData" || (field == "data" && (string)found["kind"] == "Secret");
                foreach (
                    var value in entries
                        .Where(static entry => ((string)entry.Key).EndsWith(".yaml"))
                        .Select(static entry => (string)entry.Value)
                )
                {
                    yield return isEncoded ? Encoding.UTF8.GetString(Convert.FromBase64String(value)) : value;
                }
            }
        }
    }

    private static Dictionary<object, object> Read(string text) =>
        new Deserializer().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(new StringReader(text))));

    private static IEnumerable<Dictionary<object, object>> Documents(string stream)
    {
        foreach (
            var document in $"\n{stream.TrimStart('\uFEFF').ReplaceLineEndings("\n")}".Split(
                "\n---\n",
                StringSplitOptions.RemoveEmptyEntries
            )
        )
        {
            yield return new Deserializer().Deserialize<Dictionary<object, object>>(document);
        }
    }

    private static string Workload(string pod) =>
        """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: traces-querier}
            spec:
              selector: {matchLabels: {app: querier}}
              template:
                metadata:
                  labels: {app: querier, tempo-gossip-member: "true"}
                spec:

            """ + Indent(pod, 6);

    private static string Item(string text)
    {
        var indented = Indent(text, 4);
        return $"  - {indented[4..]}";
    }

    private static string Indent(string text, int by) =>
        string.Concat(text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "\n" : $"{new string(' ', by)}{line}\n"));
}
