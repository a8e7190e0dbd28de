using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Properties;

/// <summary>The time and the output grow with the input, also where many releases share many objects.</summary>
public class ManyReleasesProperties
{
    private const int Releases = 700;
    private const int Objects = 3_000;

    private const string Release = """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: tempo-NUMBER}
        spec:
          template:
            metadata: {labels: {app: tempo, release: LABEL}}
            spec:
              containers:
                - name: tempo
                  image: grafana/tempo:3.0.3
                  args: [-target=all, -config.file=/conf/tempo.yaml]
                  volumeMounts: [{name: config, mountPath: /conf}]
              volumes: [{name: config, configMap: {name: tempo-NUMBER}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: tempo-NUMBER}
        data:
          tempo.yaml: |
            storage: {trace: {backend: local}}
            server: {http_listen_address: "::", grpc_listen_address: "::"}
            cache: {caches: [{roles: [bloom], memcached: {host: "cache", addresses: ""}}]}

        """;

    private const string Policy = """
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: policy-NUMBER}
        spec: {podSelector: SELECTOR, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}

        """;

    private const string Service = """
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: service-NUMBER}
        spec: {selector: {app: tempo}, ports: [{port: 3200}]}

        """;

    private const string Cache = """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: cache-NUMBER}
        spec:
          template:
            metadata: {labels: {app: cache}}
            spec: {containers: [{name: memcached, image: memcached:1.6, args: ["-l 0.0.0.0"]}]}

        """;

    private const string CacheService = """
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: cache}
        spec: {selector: {app: cache}, ports: [{port: 11211}], ipFamilies: [IPv6], ipFamilyPolicy: SingleStack}

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
              containers: [{name: nginx, image: nginx:1.29, volumeMounts: [{name: config, mountPath: /etc/nginx}]}]
              volumes: [{name: config, configMap: {name: gateway}}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: gateway}
        data:
          nginx.conf: |
            events {}
            http {
              server { location / { proxy_pass http://cache:11211; } }
        LISTENS
            }

        """;

    public static TheoryData<string, string, int> Inputs() =>
        new()
        {
            { "Services that select the same pods", Of(Release, "all") + Of(Service, Objects), Objects },
            { "policies that select the same pods", Of(Release, "all") + Of(Policy, Objects, "{matchLabels: {app: tempo}}"), Objects },
            { "policies that select all pods", Of(Release) + Of(Policy, Objects, "{}"), Objects },
            {
                "policies with a selector each",
                Of(Release) + Of(Policy, Objects, "{matchExpressions: [{key: k-NUMBER, operator: DoesNotExist}]}"),
                Objects
            },
            { "caches", Of(Release) + CacheService + Of(Cache, Objects), Objects },
            {
                "a gateway",
                Of(Release)
                    + CacheService
                    + Gateway.Replace(
                        "LISTENS",
                        string.Concat(Numbers(Objects, "      server { listen 80; }\n")).TrimEnd('\n'),
                        StringComparison.Ordinal
                    ),
                Objects
            },
        };

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task An_object_that_many_releases_share_is_checked_once(string name, string input, int expected)
    {
        var watch = Stopwatch.StartNew();

        var result = await AppRunner.RunAsync(Encoding.UTF8.GetBytes(input), "--address-family", "IPv6", "--verbose");

        Assert.Equal(0, result.ExitCode);
        // Each object needs at least one fix, and no object is reported for each release.
        Assert.InRange(result.Error.Count(static c => c == '\n'), expected, (3 * expected) + (20 * Releases));

        // Not a benchmark: where each object is judged for each release, this takes minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{name} took {watch.Elapsed}");
    }

    [Fact]
    public async Task Objects_that_releases_of_both_families_share_are_refused()
    {
        var ipv4 = Of(Release).Replace("\"::\"", "0.0.0.0", StringComparison.Ordinal).Replace("tempo-", "other-", StringComparison.Ordinal);
        var services = Of(Service, 1);

        var result = await AppRunner.RunAsync(
            Encoding.UTF8.GetBytes(
                Of(Release)
                    + ipv4.Replace("storage:", "memberlist: {bind_addr: [0.0.0.0]}\n    storage:", StringComparison.Ordinal)
                    + services
            )
        );

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("releases of both families share it", result.Error, StringComparison.Ordinal);
    }

    private static string Of(string release, string? label = null) =>
        string.Concat(Numbers(Releases, release.Replace("LABEL", label ?? "release-NUMBER", StringComparison.Ordinal)));

    private static string Of(string text, int count, string selector = "") =>
        string.Concat(Numbers(count, text.Replace("SELECTOR", selector, StringComparison.Ordinal)));

    private static IEnumerable<string> Numbers(int count, string text) =>
        Enumerable
            .Range(0, count)
            .Select(number => text.Replace("NUMBER", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
}
