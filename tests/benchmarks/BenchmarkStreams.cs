using System.Globalization;
using System.Text;

namespace Tempo.Helm.Benchmarks;

/// <summary>Streams to measure with: a Tempo release among the documents of other charts, about 2 KB each, as in an umbrella.</summary>
internal static class BenchmarkStreams
{
    private static readonly string[] OtherKinds =
    [
        "Deployment",
        "Deployment",
        "StatefulSet",
        "Service",
        "Service",
        "ConfigMap",
        "ConfigMap",
        "Secret",
        "ServiceAccount",
        "ClusterRole",
        "Job",
        "Ingress",
    ];

    /// <summary>A release, and other documents up to the given number.</summary>
    public static string Umbrella(string release, int documents)
    {
        var text = new StringBuilder(release);
        for (var i = release.Split("\n---").Length; i < documents; i++)
        {
            text.Append("---\n# Source: other/templates/part.yaml\n").Append(Document(OtherKinds[i % OtherKinds.Length], i));
        }

        return text.ToString();
    }

    /// <summary>Many releases in one stream, each with its own names, so that all of them are checked and changed.</summary>
    /// <param name="release">A release, rendered under <see cref="Programs.ReleaseName"/>.</param>
    /// <param name="count">How many.</param>
    public static string Releases(string release, int count) =>
        string.Concat(
            Enumerable
                .Range(0, count)
                .Select(i => release.Replace(Programs.ReleaseName, string.Create(CultureInfo.InvariantCulture, $"release-{i:000}")))
        );

    private static string Document(string kind, int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"other-{number}");
        var head =
            $"apiVersion: v1\nkind: {kind}\nmetadata:\n  name: {name}\n  namespace: others\n  labels:\n"
            + $"    app.kubernetes.io/name: other\n    app.kubernetes.io/instance: {name}\n"
            + "    app.kubernetes.io/managed-by: Helm\n";
        return head
            + kind switch
            {
                "Deployment" or "StatefulSet" or "Job" => PodSpec(name),
                "Service" => $"spec:\n  type: ClusterIP\n  ports:\n{Lines(12, Port)}  selector:\n    app.kubernetes.io/name: other\n"
                    + $"    app.kubernetes.io/instance: {name}\n",
                "ConfigMap" => $"data:\n  settings.yaml: |\n{Lines(60, static i => $"    section_{i}:\n      key: value of {i}\n")}",
                "Secret" => $"type: Opaque\ndata:\n{Lines(20, SecretKey)}",
                _ => $"rules:\n{Lines(20, Permission)}",
            };
    }

    private static string Port(int i) =>
        $"    - name: port-{i}\n      port: {8000 + i}\n      targetPort: {9000 + i}\n      " + "protocol: TCP\n";

    private static string SecretKey(int i) =>
        $"  key-{i}: {Convert.ToBase64String(Encoding.UTF8.GetBytes($"a secret value number {i}, long enough to be one"))}\n";

    private static string Permission(int i) =>
        $"  - apiGroups: [\"group-{i}\"]\n    resources: [\"things\", \"others\"]\n    verbs: [get, list, watch]\n";

    private static string PodSpec(string name) =>
        $"""
            spec:
              selector:
                matchLabels:
                  app.kubernetes.io/name: other
                  app.kubernetes.io/instance: {name}
              template:
                metadata:
                  labels:
                    app.kubernetes.io/name: other
                    app.kubernetes.io/instance: {name}
                spec:
                  containers:
                    - name: main
                      image: registry.example.org/other:1.2.3
                      args: ["--verbose", "--listen=:8080"]
                      env:
            {Lines(30, static i => $"            - name: VARIABLE_{i}\n              value: \"a value\"\n")}          ports:
                        - name: http
                          containerPort: 8080
                      resources:
                        requests:
                          cpu: 100m
                          memory: 128Mi

            """.ReplaceLineEndings("\n");

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(line));
}
