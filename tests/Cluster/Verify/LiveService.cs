namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>A Service of a test's cluster, and its EndpointSlice.</summary>
internal sealed record LiveService
{
    public required string Name { get; init; }

    /// <summary>Its families: <c>IPv6, IPv4</c>.</summary>
    public required string Families { get; init; }

    /// <summary>Its selector, as YAML.</summary>
    public required string Selector { get; init; }

    /// <summary>Its address; a headless Service has none.</summary>
    public string Address { get; init; } = "None";

    public bool PublishesNotReadyAddresses { get; init; }

    /// <summary>Its ports: the name, the number, and the target port.</summary>
    public required IEnumerable<(string Name, int Port, string Target)> Ports { get; init; }

    /// <summary>The pods that it leads to, and their addresses of its first family.</summary>
    public required IEnumerable<(string Pod, string Address)> Endpoints { get; init; }

    /// <summary>The Service and its EndpointSlice.</summary>
    public override string ToString()
    {
        var ports = Ports.Select(static port => $"{{name: {port.Name}, port: {port.Port}, targetPort: {port.Target}, protocol: TCP}}");
        var endpoints = Endpoints.Select(static endpoint =>
            $"{{addresses: [\"{endpoint.Address}\"], conditions: {{ready: true, serving: true, terminating: false}}, "
            + $"targetRef: {{kind: Pod, name: {endpoint.Pod}, namespace: {LiveRelease.Namespace}}}}}"
        );
        return $$"""
            apiVersion: v1
            kind: Service
            metadata: {name: {{Name}}, namespace: {{LiveRelease.Namespace}}}
            spec:
              clusterIP: "{{Address}}"
              clusterIPs: ["{{Address}}"]
              ipFamilies: [{{Families}}]
              ipFamilyPolicy: SingleStack
              publishNotReadyAddresses: {{(PublishesNotReadyAddresses ? "true" : "false")}}
              selector: { {{Selector}} }
              ports: [{{string.Join(", ", ports)}}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: {{Name}}-x7k2p
              namespace: {{LiveRelease.Namespace}}
              labels: {kubernetes.io/service-name: {{Name}}}
            addressType: {{Families.Split(',')[0]}}
            endpoints: [{{string.Join(", ", endpoints)}}]
            ports: [{name: http, port: 3200, protocol: TCP}]
            """;
    }
}
