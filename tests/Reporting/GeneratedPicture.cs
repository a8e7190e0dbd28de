using System.Text;

namespace Tempo.Helm.Tests.Reporting;

/// <summary>A release of any shape for pictures: any mix of targets, names of any length, many Services and ports.</summary>
internal static class GeneratedPicture
{
    private static readonly string[] Targets =
    [
        "distributor",
        "ingester",
        "live-store",
        "block-builder",
        "metrics-generator",
        "query-frontend",
        "querier",
        "backend-scheduler",
        "backend-worker",
        "compactor",
        "all",
        "distributor,querier",
        "mmmmmmmmwwwwwwwwmmmmmmmmm",
    ];

    /// <summary>Manifests from a seed.</summary>
    public static string Manifests(int seed)
    {
        var random = new Random(seed);
        var prefix = random.Next(3) switch
        {
            0 => "",
            1 => "rel-tempo-",
            _ => new string('x', random.Next(1, 40)) + "-",
        };
        var text = new StringBuilder();
        var targets = Targets.Where(_ => random.Next(3) > 0).DefaultIfEmpty("querier").ToList();
        var dialled = new List<string>();
        for (var i = random.Next(6) == 0 ? 20 : 1; i > 0; i--)
        {
            foreach (var target in targets)
            {
                var name = prefix + target.Replace(',', '-') + (i > 1 ? $"-{i}" : "");
                Workload(text, name, target, random);
                for (var number = random.Next(4); number > 0; number--)
                {
                    var service = $"{name}{(number > 1 ? $"-discovery{number}" : "")}";
                    dialled.Add(service);
                    Service(text, service, $"app: {name}", random);
                }
            }
        }

        if (random.Next(2) == 0)
        {
            Service(text, $"{prefix}gossip-ring", "gossip: \"true\"", random);
        }

        if (random.Next(2) == 0)
        {
            Service(text, $"{prefix}memcached", "app: memcached", random);
            text.Append(
                "---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: memcached}\n"
                    + "spec: {template: {metadata: {labels: {app: memcached}}, spec: {containers: [{name: memcached, image: "
                    + "memcached:1}]}}}\n"
            );
        }

        if (random.Next(3) == 0)
        {
            Gateway(text, prefix, dialled);
        }

        Config(text, prefix, dialled, random);
        return text.ToString();
    }

    private static void Workload(StringBuilder text, string name, string target, Random random) =>
        text.Append(
            """
            ---
            apiVersion: apps/v1
            kind: KIND
            metadata: {name: NAME}
            spec:
              template:
                metadata: {labels: {app: NAME, gossip: "true"}}
                spec:
                  containers:
                    - name: tempo
                      image: grafana/tempo:VERSION
                      args: ["-target=TARGET", -config.file=/conf/tempo.yaml]
                      volumeMounts: [{name: config, mountPath: /conf}]
                  volumes: [{name: config, configMap: {name: config}}]

            """.Replace("TARGET", target).Replace("VERSION", random.Next(3) == 0 ? "2.9.0" : "3.0.3").Replace("NAME", name).Replace(
                "KIND",
                random.Next(2) == 0 ? "Deployment" : "StatefulSet"
            )
        );

    private static void Service(StringBuilder text, string name, string selector, Random random)
    {
        var ports = string.Join(
            ", ",
            Enumerable.Range(0, random.Next(1, 9)).Select(number => $"{{name: p{number}, port: {(number * 7919) + 80}}}")
        );
        var families = random.Next(4) switch
        {
            0 => "",
            1 => "ipFamilies: [IPv4], ",
            2 => "ipFamilies: [IPv6, IPv4], ipFamilyPolicy: RequireDualStack, ",
            _ => "ipFamilies: [IPv6], ipFamilyPolicy: SingleStack, ",
        };
        text.Append(
            $"---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\n"
                + $"spec: {{{(random.Next(2) == 0 ? "clusterIP: None, " : "")}{families}selector: {{{selector}}}, ports: "
                + $"[{ports}]}}\n"
        );
    }

    private static void Gateway(StringBuilder text, string prefix, List<string> dialled) =>
        text.Append(
            """
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: nginx}
            data:
              nginx.conf: |
                server {
                  listen 8080;
            LOCATIONS    }
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: PREFIXgateway}
            spec:
              template:
                metadata: {labels: {app: gateway}}
                spec:
                  containers: [{name: nginx, image: "nginx:1", volumeMounts: [{name: c, mountPath: /etc/nginx}]}]
                  volumes: [{name: c, configMap: {name: nginx}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: PREFIXgateway}
            spec: {selector: {app: gateway}, ports: [{port: 80}]}

            """.Replace("PREFIX", prefix).Replace(
                "LOCATIONS",
                string.Concat(dialled.Select(static name => $"      location /{name} {{ proxy_pass http://{name}:3200; }}\n"))
            )
        );

    private static void Config(StringBuilder text, string prefix, List<string> dialled, Random random)
    {
        string Any() => dialled.Count == 0 ? "nobody" : dialled[random.Next(dialled.Count)];
        text.Append(
            """
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: config}
            data:
              tempo.yaml: |
                storage: {trace: {backend: s3, s3: {endpoint: s3.dualstack.eu-central-1.amazonaws.com, bucket: t}}}
                memberlist: {join_members: ["dns+PREFIXgossip-ring:7946"]}
                ingest: {kafka: {address: "BROKERS", topic: t}}
                querier: {frontend_worker: {frontend_address: "FRONTEND:9095"}}
                backend_worker: {backend_scheduler_addr: "SCHEDULER:9095"}
                cache: {caches: [{memcached: {host: "PREFIXmemcached"}, roles: [bloom]}]}
                metrics_generator: {storage: {remote_write: [{url: "http://prometheus:9090/api/v1/write"}]}}

            """.Replace("SCHEDULER", Any()).Replace("FRONTEND", Any()).Replace(
                "BROKERS",
                string.Join(
                    ',',
                    Enumerable.Range(0, random.Next(1, 5)).Select(static broker => $"broker-{broker}.kafka.kafka.svc.cluster.local:9092")
                )
            ).Replace("PREFIX", prefix)
        );
    }
}
