using System.Text;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Properties;

/// <summary>The work grows in proportion to the input, even if nearly every line is a finding.</summary>
public class ManyFindingsProperties
{
    private const int Size = 500;
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

    private static readonly Dictionary<string, Func<int, string>> Forms = new()
    {
        ["receivers"] = static count => InConfigMap(Receivers(count, "{}")),
        ["receivers of an unknown type"] = static count => InConfigMap(Receivers(count, "{}").Replace("zipkin", "unknown")),
        ["receivers in base64"] = static count => InSecret(Receivers(count, "{}")),
        ["receivers in base64, some of which cannot be edited"] = static count => InSecret(Receivers(count, "!!map {}")),
        ["receivers that cannot be edited"] = static count => InConfigMap(Receivers(count, "!!map {}")),
        ["peers"] = static count =>
            InConfigMap(Storage + "memberlist:\n  join_members:\n" + Lines(count, static i => $"    - 10.0.{i / 250}.{i % 250}:7946")),
        ["variables with a value each"] = static count =>
            InConfigMap(Storage + "memberlist:\n  join_members:\n" + Lines(count, static i => $"    - ${{V{i}}}:7946"))
                .Replace(
                    "          volumeMounts",
                    "          env:\n"
                        + Lines(count, static i => $"            - {{name: V{i}, value: 10.0.0.1}}")
                        + "          volumeMounts"
                ),
        ["variables that are the pod's address"] = static count =>
            InConfigMap(Storage + "memberlist:\n  bind_addr:\n" + Lines(count, static i => $"    - ${{V{i}}}"))
                .Replace(
                    "          volumeMounts",
                    "          env:\n"
                        + Lines(count, static i => $"            - {{name: V{i}, valueFrom: {{fieldRef: {{fieldPath: status.podIP}}}}}}")
                        + "          volumeMounts"
                ),
        ["unknown variables"] = static count =>
            InConfigMap(Storage + "memberlist:\n  bind_addr:\n" + Lines(count, static _ => "    - ${V}")),
        ["invalid variables"] = static count => InConfigMap(Storage + Lines(count, static _ => "# ${V-x}")),
        ["variables without an end"] = static count => InConfigMap(Storage + Lines(count, static _ => "# ${V:-")),
        ["servers of a gateway"] = static count =>
            Behind(Lines(count, static _ => "server {\nlisten 80;\nlocation / { proxy_pass http://tempo:3200; }\n}")),
        ["servers of a gateway on one line each"] = static count =>
            Behind(Lines(count, static _ => "server { listen 80; location / { proxy_pass http://tempo:3200; } }")),
    };

    public static TheoryData<string> Inputs() => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void The_work_grows_with_the_input_where_every_line_has_a_finding(string form)
    {
        var result = Growth.AssertLinear(Forms[form], Size, "--address-family", "IPv6");

        Assert.True(result.ExitCode is 0 or 2, $"{result.ExitCode}: {result.Error}");
    }

    private static string Receivers(int count, string value) =>
        Storage + "distributor:\n  receivers:\n" + Lines(count, i => $"    zipkin/{i}: {(i % 2 == 0 ? "{}" : value)}");

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(i => line(i) + "\n"));

    private static string InConfigMap(string config) =>
        Tempo.Replace("VOLUME", "configMap: {name: config}") + ConfigMap("config", "tempo.yaml", config);

    private static string InSecret(string config) =>
        Tempo.Replace("VOLUME", "secret: {secretName: config}")
        + "---\napiVersion: v1\nkind: Secret\nmetadata: {name: config}\n"
        + $"data: {{tempo.yaml: {Convert.ToBase64String(Encoding.UTF8.GetBytes(config))}}}\n";

    private static string Behind(string servers) =>
        InConfigMap(Storage) + Gateway + ConfigMap("gateway", "nginx.conf", $"events {{}}\nhttp {{\n{servers}}}\n");

    private static string ConfigMap(string name, string key, string text) =>
        $"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata:\n  {key}: |\n"
        + $"    {text.TrimEnd('\n').Replace("\n", "\n    ")}\n";
}
