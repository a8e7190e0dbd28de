using Tempo.PostRender.Addresses;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>What clients outside the cluster see of a release.</summary>
public class LoadBalancerTests
{
    [Theory]
    [InlineData(AddressFamily.IPv6, "IPv6", "{ip: '2001:db8::5'}", null)]
    [InlineData(AddressFamily.IPv4, "IPv4", "{ip: 192.0.2.5}", null)]
    [InlineData(AddressFamily.IPv6, "IPv6, IPv4", "{ip: '2001:db8::5'}, {ip: 192.0.2.5}", null)]
    [InlineData(AddressFamily.IPv6, "IPv6", "{hostname: lb.example}", null)]
    [InlineData(AddressFamily.IPv6, "IPv6", "", "has no address yet; clients outside the cluster cannot reach it")]
    [InlineData(
        AddressFamily.IPv6,
        "IPv6",
        "{ip: 192.0.2.5}",
        "has 192.0.2.5, but no IPv6 address; the Service is [IPv6], and clients outside the cluster cannot reach it over IPv6"
    )]
    [InlineData(
        AddressFamily.IPv4,
        "IPv4",
        "{ip: '2001:db8::5'}",
        "has 2001:db8::5, but no IPv4 address; the Service is [IPv4], and clients outside the cluster cannot reach it over IPv4"
    )]
    [InlineData(
        AddressFamily.IPv6,
        "IPv6, IPv4",
        "{ip: '2001:db8::5'}",
        "has 2001:db8::5, but no IPv4 address; the Service is [IPv6, IPv4], and clients outside the cluster cannot reach it over IPv4"
    )]
    public async Task A_load_balancer_has_an_address_of_each_family_of_its_Service(
        AddressFamily family,
        string families,
        string addresses,
        string? found
    )
    {
        await using var server = await new LiveRelease(family, family, family.Other()).StartAsync();
        server.Store.Add(
            $$"""
            apiVersion: v1
            kind: Service
            metadata: {name: tempo-distributor, namespace: obs}
            spec:
              type: LoadBalancer
              ipFamilies: [{{families}}]
              ipFamilyPolicy: {{(families.Contains(',') ? "RequireDualStack" : "SingleStack")}}
              selector: {app.kubernetes.io/instance: tempo, app.kubernetes.io/component: distributor}
              ports: [{port: 4318, targetPort: 4318}]
            status: {loadBalancer: {ingress: [{{addresses}}]} }
            """
        );

        var run = await VerifyRunner.RunAsync(server);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            found is null ? [] : [$"warning TPF209 Service/obs/tempo-distributor status.loadBalancer: {found}"],
            run.Findings("TPF209").Select(static line => line.Split(". ")[0])
        );
    }
}
