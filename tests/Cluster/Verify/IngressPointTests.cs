using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>The addresses of Ingresses and Gateways in front of a release.</summary>
public class IngressPointTests
{
    private const string ToRelease = "tempo-distributor";

    public static TheoryData<AddressFamily, string, string?> Addresses =>
        new()
        {
            { AddressFamily.IPv6, "2001:db8::5", null },
            { AddressFamily.IPv4, "192.0.2.5", null },
            { AddressFamily.IPv6, "192.0.2.5,2001:db8::5", null },
            { AddressFamily.IPv6, "lb.example", null },
            { AddressFamily.IPv6, "", "has no address yet; clients outside the cluster cannot reach tempo-distributor through it" },
            {
                AddressFamily.IPv6,
                "192.0.2.5",
                "has 192.0.2.5, but no IPv6 address; the release is IPv6, and clients outside the cluster cannot reach tempo-distributor "
                    + "through it over IPv6"
            },
            {
                AddressFamily.IPv4,
                "2001:db8::5",
                "has 2001:db8::5, but no IPv4 address; the release is IPv4, and clients outside the cluster cannot reach tempo-distributor "
                    + "through it over IPv4"
            },
        };

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task An_Ingress_has_an_address_of_the_releases_family(AddressFamily family, string addresses, string? found)
    {
        await using var server = await new LiveRelease(family).StartAsync();
        server.Store.Add(Ingress(ToRelease, addresses));

        var run = await VerifyRunner.RunAsync(server);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            found is null ? [] : [$"warning TPF212 Ingress/obs/public status.loadBalancer: {found}"],
            run.Findings("TPF212").Select(static line => line.Split(". ")[0])
        );
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_Gateway_with_a_route_has_an_address_of_the_releases_family(AddressFamily family, string addresses, string? found)
    {
        await using var server = await new LiveRelease(family).StartAsync();
        Put(server, Route("HTTPRoute", ToRelease));
        Put(server, Route("GRPCRoute", ToRelease));
        Put(server, Gateway(addresses));

        var run = await VerifyRunner.RunAsync(server);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            found is null ? [] : [$"warning TPF212 Gateway/infra/public status.addresses: {found}"],
            run.Findings("TPF212").Select(static line => line.Split(". ")[0])
        );
    }

    [Fact]
    public async Task Routes_to_other_Services_are_not_checked()
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();
        server.Store.Add(Ingress("grafana", ""));
        Put(server, Route("HTTPRoute", "grafana"));

        var run = await VerifyRunner.RunAsync(server, "--verbose");

        Assert.DoesNotContain("warning TPF212", run.Output);
        Assert.Contains("holds TPF212 obs/tempo: ", run.Output);
        Assert.DoesNotContain(server.Requests, static request => request.Resource == "gateways");
    }

    [Fact]
    public async Task A_cluster_without_the_Gateway_API_has_no_Gateways()
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();
        server.NotServed.Add("gateway.networking.k8s.io/v1/httproutes");
        server.NotServed.Add("gateway.networking.k8s.io/v1/grpcroutes");

        var run = await VerifyRunner.RunAsync(server);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Empty(run.Findings("TPF212"));
    }

    /// <summary>The Gateway often belongs to another team and is in its namespace.</summary>
    [Theory]
    [InlineData(true, "could not be read: ")]
    [InlineData(false, "does not exist, but a route of the release names it; ")]
    public async Task A_Gateway_that_cannot_be_read_is_a_warning(bool exists, string found)
    {
        await using var server = await new LiveRelease(AddressFamily.IPv6).StartAsync();
        Put(server, Route("HTTPRoute", ToRelease));
        if (exists)
        {
            Put(server, Gateway("2001:db8::5"));
            server.IsPermitted = static request => request.Resource != "gateways";
        }

        var run = await VerifyRunner.RunAsync(server);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        run.AssertOneFinding($"warning TPF212 Gateway/infra/public: {found}");
    }

    /// <summary>Adds a Gateway with a route to the release.</summary>
    internal static void PutGateway(TestApiServer server)
    {
        Put(server, Route("HTTPRoute", ToRelease));
        Put(server, Gateway("2001:db8::5"));
    }

    private static void Put(TestApiServer server, JsonObject found) => server.Store.Put(found);

    private static string Ingress(string service, string addresses)
    {
        var points = Split(addresses).Select(static text => $"{{{(IsName(text) ? "hostname" : "ip")}: '{text}'}}");
        return $$"""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: public, namespace: obs}
            spec:
              rules:
                - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: {{service}}, port: {number: 4318} } } }]}
            status: {loadBalancer: {ingress: [{{string.Join(", ", points)}}]} }
            """;
    }

    private static JsonObject Route(string kind, string service) =>
        new()
        {
            ["apiVersion"] = "gateway.networking.k8s.io/v1",
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["name"] = "tempo", ["namespace"] = "obs" },
            ["spec"] = new JsonObject
            {
                ["parentRefs"] = new JsonArray(new JsonObject { ["name"] = "public", ["namespace"] = "infra" }),
                ["rules"] = new JsonArray(new JsonObject { ["backendRefs"] = new JsonArray(new JsonObject { ["name"] = service }) }),
            },
        };

    private static JsonObject Gateway(string addresses) =>
        new()
        {
            ["apiVersion"] = "gateway.networking.k8s.io/v1",
            ["kind"] = "Gateway",
            ["metadata"] = new JsonObject { ["name"] = "public", ["namespace"] = "infra" },
            ["status"] = new JsonObject
            {
                ["addresses"] = new JsonArray([
                    .. Split(addresses)
                        .Select(static text => new JsonObject { ["type"] = IsName(text) ? "Hostname" : "IPAddress", ["value"] = text }),
                ]),
            },
        };

    private static string[] Split(string addresses) => addresses.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsName(string address) => !System.Net.IPAddress.TryParse(address, out _);
}
