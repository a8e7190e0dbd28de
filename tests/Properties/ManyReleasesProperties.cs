using System.Globalization;
using System.Text;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Properties;

/// <summary>The work and the output grow with the input, also where many releases share many objects.</summary>
public class ManyReleasesProperties
{
    /// <summary>More than the number up to which each object is checked one by one.</summary>
    private const int Releases = 40;

    /// <summary>So many that work that grows with their square would be most of the work.</summary>
    private const int MoreReleases = 300;

    /// <summary>Objects for each release.</summary>
    private const int Objects = 5;

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

    private const string Ring = """
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: ring-NUMBER}
        spec: {clusterIP: None, publishNotReadyAddresses: true, selector: {tempo-gossip-member: "true"}, ports: [{port: 7946}]}

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

    private static readonly Dictionary<string, Func<int, string>> Forms = new()
    {
        ["Services that select the same pods"] = static count => Of(Release, count, "all") + Of(Service, Objects * count),
        ["policies that select the same pods"] = static count =>
            Of(Release, count, "all") + Of(Policy, Objects * count, "{matchLabels: {app: tempo}}"),
        ["policies that select all pods"] = static count => Of(Release, count) + Of(Policy, Objects * count, "{}"),
        // A selector of its own is matched with the pods of each release, so only the policies become more.
        ["policies with a selector each"] = static count =>
            Of(Release, Releases) + Of(Policy, Objects * count, "{matchExpressions: [{key: k-NUMBER, operator: DoesNotExist}]}"),
        ["caches"] = static count => Of(Release, count) + CacheService + Of(Cache, Objects * count),
        ["a gateway"] = static count =>
            Of(Release, count)
            + CacheService
            + Gateway.Replace("LISTENS", string.Concat(Numbers(Objects * count, "      server { listen 80; }\n")).TrimEnd('\n')),
    };

    public static TheoryData<string> Inputs() => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void An_object_that_many_releases_share_is_checked_once(string form)
    {
        var result = Growth.AssertLinear(Forms[form], Releases, "--address-family", "IPv6", "--verbose");

        Assert.Equal(0, result.ExitCode);
        // Each object needs at least one fix, and no object is reported for each release.
        var (releases, objects) = (Growth.Factor * Releases, Growth.Factor * Releases * Objects);
        Assert.InRange(result.Error.Count(static c => c == '\n'), objects, (3 * objects) + (20 * releases));
    }

    [Fact]
    public void The_ring_Service_of_each_release_may_select_the_pods_of_all()
    {
        var release = Release
            .Replace("-target=all", "-target=live-store")
            .Replace("release: LABEL", "tempo-gossip-member: \"true\"")
            .Replace("storage:", "memberlist: {join_members: [ring-NUMBER]}\n    storage:");

        var result = Growth.AssertLinear(count => Of(release, count) + Of(Ring, count), MoreReleases, "--address-family", "IPv6");

        Assert.Equal(0, result.ExitCode);
        var releases = Growth.Factor * MoreReleases;
        Assert.Equal(releases, result.Error.Split($"and {releases - 4} more workloads of other releases").Length - 1);
    }

    [Fact]
    public void Releases_of_one_name_in_many_namespaces_are_checked_by_themselves()
    {
        var release = Release
            .Replace("metadata: {name: tempo-NUMBER}", "metadata: {name: tempo, namespace: ns-NUMBER}")
            .Replace("tempo-NUMBER", "tempo");

        var result = Growth.AssertLinear(count => Of(release, count, "tempo"), MoreReleases, "--address-family", "IPv6");

        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task A_variable_has_the_value_that_the_pods_of_the_same_namespace_give_it()
    {
        var release = Release
            .Replace("release: LABEL", "release: tempo")
            .Replace("metadata: {name: tempo-NUMBER}", "metadata: {name: tempo, namespace: ns-NUMBER}")
            .Replace("tempo-NUMBER", "tempo")
            .Replace("args: [", "env: [{name: LISTEN, value: \"SELECTOR\"}]\n          args: [-config.expand-env, ")
            .Replace("http_listen_address: \"::\"", "http_listen_address: \"${LISTEN}\"");
        var wrong = Of(release, 1, "0.0.0.0").Replace("ns-0", "other");

        var result = await AppRunner.RunAsync(Of(release, 1, "::") + wrong, "check", "--address-family", "IPv6");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("TPF003 ConfigMap/other/tempo data[\"tempo.yaml\"]#server.http_listen_address", result.Output);
        Assert.DoesNotContain("ConfigMap/ns-0/tempo data[\"tempo.yaml\"]#server.http", result.Output);
    }

    [Fact]
    public async Task Objects_that_releases_of_both_families_share_are_refused()
    {
        var ipv4 = Of(Release, Releases).Replace("\"::\"", "0.0.0.0").Replace("tempo-", "other-");
        var services = Of(Service, 1);

        var result = await AppRunner.RunAsync(
            Encoding.UTF8.GetBytes(
                Of(Release, Releases) + ipv4.Replace("storage:", "memberlist: {bind_addr: [0.0.0.0]}\n    storage:") + services
            )
        );

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("releases of both families share it", result.Error);
    }

    private static string Of(string text, int count, string word = "release-NUMBER") =>
        string.Concat(Numbers(count, text.Replace("LABEL", word).Replace("SELECTOR", word)));

    private static IEnumerable<string> Numbers(int count, string text) =>
        Enumerable.Range(0, count).Select(number => text.Replace("NUMBER", number.ToString(CultureInfo.InvariantCulture)));
}
