using System.Diagnostics;
using System.Text;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Properties;

/// <summary>The time grows in proportion to the input, even if nearly every line is a finding.</summary>
public class ManyFindingsProperties
{
    private const int Count = 25_000;
    private const string Storage = "storage: {trace: {backend: local}}\n";

    private const string Tempo = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: tempo}
        spec:
          template:
            metadata: {labels: {app: tempo}}
            spec:
              containers:
                - name: tempo
                  image: grafana/tempo:3.0.3
                  args: [-target=all, -config.file=/conf/tempo.yaml, -config.expand-env=true]
                  volumeMounts: [{name: config, mountPath: /conf}]
              volumes: [{name: config, VOLUME}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: tempo}
        spec: {selector: {app: tempo}, ports: [{port: 3200}]}

        """;

    private const string Gateway = """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: gateway}
        spec:
          template:
            metadata: {labels: {app: gateway}}
            spec:
              containers:
                - name: nginx
                  image: nginx:1.29
                  volumeMounts: [{name: config, mountPath: /etc/nginx}]
              volumes: [{name: config, configMap: {name: gateway}}]

        """;

    public static TheoryData<string, string> Inputs() =>
        new()
        {
            { "receivers", InConfigMap(Receivers("{}")) },
            { "receivers of an unknown type", InConfigMap(Receivers("{}").Replace("zipkin", "unknown", StringComparison.Ordinal)) },
            { "receivers in base64", InSecret(Receivers("{}")) },
            { "receivers in base64, some of which cannot be edited", InSecret(Receivers("!!map {}")) },
            { "receivers that cannot be edited", InConfigMap(Receivers("!!map {}")) },
            {
                "peers",
                InConfigMap(Storage + "memberlist:\n  join_members:\n" + Lines(static i => $"    - 10.0.{i / 250}.{i % 250}:7946"))
            },
            {
                "variables with a value each",
                InConfigMap(Storage + "memberlist:\n  join_members:\n" + Lines(static i => $"    - ${{V{i}}}:7946"))
                    .Replace(
                        "          volumeMounts",
                        "          env:\n" + Lines(static i => $"            - {{name: V{i}, value: 10.0.0.1}}") + "          volumeMounts",
                        StringComparison.Ordinal
                    )
            },
            {
                "variables that are the pod's address",
                InConfigMap(Storage + "memberlist:\n  bind_addr:\n" + Lines(static i => $"    - ${{V{i}}}"))
                    .Replace(
                        "          volumeMounts",
                        "          env:\n"
                            + Lines(static i => $"            - {{name: V{i}, valueFrom: {{fieldRef: {{fieldPath: status.podIP}}}}}}")
                            + "          volumeMounts",
                        StringComparison.Ordinal
                    )
            },
            { "unknown variables", InConfigMap(Storage + "memberlist:\n  bind_addr:\n" + Lines(static _ => "    - ${V}")) },
            { "invalid variables", InConfigMap(Storage + Lines(static _ => "# ${V-x}")) },
            { "variables without an end", InConfigMap(Storage + Lines(static _ => "# ${V:-")) },
            { "servers of a gateway", Behind(Lines(static _ => "server {\nlisten 80;\nlocation / { proxy_pass http://tempo:3200; }\n}")) },
            {
                "servers of a gateway on one line each",
                Behind(Lines(static _ => "server { listen 80; location / { proxy_pass http://tempo:3200; } }"))
            },
        };

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task An_input_with_a_finding_in_every_line_ends_soon(string name, string input)
    {
        var watch = Stopwatch.StartNew();

        var result = await AppRunner.RunAsync(Encoding.UTF8.GetBytes(input), "--address-family", "IPv6");

        Assert.True(result.ExitCode is 0 or 2, $"{name} ended with {result.ExitCode}");

        // Not a benchmark: where each finding looks at the whole input again, this takes minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{name} took {watch.Elapsed}");
    }

    private static string Receivers(string value) =>
        Storage + "distributor:\n  receivers:\n" + Lines(i => $"    zipkin/{i}: {(i % 2 == 0 ? "{}" : value)}");

    private static string Lines(Func<int, string> line) => string.Concat(Enumerable.Range(0, Count).Select(i => line(i) + "\n"));

    private static string InConfigMap(string config) =>
        Tempo.Replace("VOLUME", "configMap: {name: config}", StringComparison.Ordinal) + ConfigMap("config", "tempo.yaml", config);

    private static string InSecret(string config) =>
        Tempo.Replace("VOLUME", "secret: {secretName: config}", StringComparison.Ordinal)
        + "---\napiVersion: v1\nkind: Secret\nmetadata: {name: config}\n"
        + $"data: {{tempo.yaml: {Convert.ToBase64String(Encoding.UTF8.GetBytes(config))}}}\n";

    private static string Behind(string servers) =>
        InConfigMap(Storage) + Gateway + ConfigMap("gateway", "nginx.conf", $"events {{}}\nhttp {{\n{servers}}}\n");

    private static string ConfigMap(string name, string key, string text) =>
        $"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata:\n  {key}: |\n"
        + $"    {text.TrimEnd('\n').Replace("\n", "\n    ", StringComparison.Ordinal)}\n";
}
