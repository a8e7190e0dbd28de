namespace Tempo.Helm.Tests.Support;

/// <summary>
/// Streams like those that Helm gives to a post-renderer for real charts: lines of blanks at the start of block
/// scalars, null annotations, lists no deeper than their keys, Services without families.
/// </summary>
internal static class Streams
{
    /// <summary>The line, from 1, of the first occurrence of a text.</summary>
    public static int LineOf(string text, string part) => text[..text.IndexOf(part)].Count(static c => c == '\n') + 1;

    /// <summary>A small microservices release as Helm 3 sends it: the text of the templates.</summary>
    public const string Helm3 = """
        ---
        # Source: traces/templates/serviceaccount.yaml
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: traces
        ---
        # Source: traces/templates/config.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: traces-config
          namespace: "obs"
        data:
          query.yaml: |
            backend: 127.0.0.1:3200
            
          tempo.yaml: |
            
            backend_worker:
              ring:
                kvstore:
                  store: memberlist
            distributor:
              receivers:
                otlp:
                  protocols:
                    grpc:
                      endpoint: 0.0.0.0:4317   # all of them
            live_store:
              ring:
                kvstore:
                  store: memberlist
            memberlist:
              bind_addr: []
              join_members:
              - dns+traces-gossip-ring:7946
            storage:
              trace:
                backend: local
        ---
        # Source: traces/templates/gossip-ring.yaml
        apiVersion: v1
        kind: Service
        metadata:
          name: traces-gossip-ring
          namespace: obs
          annotations:
        spec:
          type: ClusterIP
          clusterIP: None
          ipFamilies: [IPv4]
          ipFamilyPolicy: SingleStack
          publishNotReadyAddresses: true
          ports:
            - name: gossip
              port: 7946
          selector:
            tempo-gossip-member: "true"
            app.kubernetes.io/part-of: memberlist
        ---
        # Source: traces/templates/distributor/service-discovery.yaml
        apiVersion: v1
        kind: Service
        metadata:
          name: traces-distributor-discovery
          namespace: obs
        spec:
          clusterIP: None
          ports:
            - port: 3200
          selector:
            app.kubernetes.io/component: distributor
        ---
        # Source: traces/templates/distributor/deployment.yaml
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: traces-distributor
          namespace: obs
        spec:
          template:
            
            metadata:
              annotations:
                checksum/config: 0123abcd
              labels:
                app.kubernetes.io/component: distributor
                app.kubernetes.io/part-of: memberlist
            spec:
              
              containers:
              - name: distributor
                image: docker.io/grafana/tempo:3.0.3
                args:
                - -target=distributor
                - -config.file=/conf/tempo.yaml
                volumeMounts:
                - mountPath: /conf
                  name: config
              volumes:
              - name: config
                configMap:
                  name: traces-config
                  items:
                  - key: "tempo.yaml"
                    path: "tempo.yaml"
        ---
        # Source: traces/templates/live-store/statefulset.yaml
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: traces-live-store
          namespace: obs
        spec:
          serviceName: live-store
          template:
            metadata:
              labels:
                app.kubernetes.io/component: live-store
                app.kubernetes.io/part-of: memberlist
            spec:
              containers:
              - name: live-store
                image: docker.io/grafana/tempo:3.0.3
                args:
                - -target=live-store
                - -config.file=/conf/tempo.yaml
                volumeMounts:
                - mountPath: /conf
                  name: config
              volumes:
              - name: config
                configMap:
                  name: traces-config

        """;

    /// <summary>
    /// The output of enforce mode for <see cref="Helm3"/> and IPv6, with <c>CHECKSUM</c> in place of the checksums.
    /// </summary>
    public static IReadOnlyList<(string Before, string After)> Helm3ToIPv6 { get; } =
    [
        ("endpoint: 0.0.0.0:4317   # all of them", "endpoint: \"[::]:4317\"   # all of them"),
        ("    live_store:\n      ring:\n", "    live_store:\n      ring:\n        enable_inet6: true\n"),
        ("bind_addr: []", "bind_addr: [\"::\"]"),
        ("ipFamilies: [IPv4]", "ipFamilies: [IPv6]"),
        (
            "  clusterIP: None\n  ports:\n    - port: 3200",
            "  ipFamilies: [IPv6]\n  ipFamilyPolicy: SingleStack\n  clusterIP: None\n  ports:\n    - port: 3200"
        ),
        (
            "        checksum/config: 0123abcd\n      labels:\n",
            "        tempo-postrender/config-checksum: \"CHECKSUM\"\n        checksum/config: 0123abcd\n      labels:\n"
                + "        tempo-gossip-member: \"true\"\n"
        ),
        (
            "    metadata:\n      labels:\n        app.kubernetes.io/component: live-store",
            "    metadata:\n      annotations:\n        tempo-postrender/config-checksum: \"CHECKSUM\"\n      labels:\n"
                + "        tempo-gossip-member: \"true\"\n        app.kubernetes.io/component: live-store"
        ),
    ];

    /// <summary>A release whose Service cannot become IPv6.</summary>
    public static string Contradiction { get; } =
        Helm3.Replace("  clusterIP: None\n  ports:\n    - port: 3200", "  clusterIP: 10.0.0.7\n  ports:\n    - port: 3200");

    /// <summary>Documents without Tempo, in an unusual layout.</summary>
    public const string WithoutTempo =
        "---\n# Source: other/templates/a.yaml\napiVersion: v1\nkind:   ConfigMap\nmetadata: { name:   other }\ndata:\n"
        + "  x: |\n    \n    tempo?\t\n---\n\n---\nkind: Service\nspec: [not, a, service\n";
}
