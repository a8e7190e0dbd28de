using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Graph;

namespace Tempo.Helm.Tests.Cluster;

/// <summary>Pods that run Tempo, as the graph has them.</summary>
internal static class TempoPods
{
    /// <summary>The container of a pod.</summary>
    /// <param name="target">The target that it runs.</param>
    /// <param name="config">Its config.</param>
    /// <param name="environment">Its variables, as YAML in flow style.</param>
    public static TempoContainer Container(string target, string config, string environment = "")
    {
        var text = $$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: tempo}
            spec:
              containers:
                - name: tempo
                  image: grafana/tempo:3.0.3
                  args: [-target={{target}}, -config.file=/conf/tempo.yaml]
                  env: [{{environment}}]
                  volumeMounts: [{name: config, mountPath: /conf}]
              volumes: [{name: config, configMap: {name: tempo} }]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: tempo}
            data:
              tempo.yaml: |
            {{string.Join('\n', config.Split('\n').Select(static line => "    " + line))}}
            """;
        return ManifestGraph.Build([Yaml.Stream(text)]).Releases.Single().Workloads.Single().Containers.Single();
    }
}
