using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Listeners;

/// <summary>A receiver that a config switches on, and that listens on TCP.</summary>
internal sealed record OpenReceiver
{
    /// <summary>Its name: <c>otlp/grpc</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its type and protocol.</summary>
    public required TempoReceiver Kind { get; init; }

    public required int Port { get; init; }

    /// <summary>Whether it speaks TLS.</summary>
    public required bool IsTls { get; init; }

    /// <summary>Whether it asks clients for a certificate.</summary>
    public required bool NeedsCertificate { get; init; }

    /// <summary>The receivers of a process; none if it runs no distributor.</summary>
    public static IEnumerable<OpenReceiver> Of(TempoContainer container, TempoConfig config) =>
        container.Components.Contains("distributor") ? Of(config) : [];

    private static IEnumerable<OpenReceiver> Of(TempoConfig config) =>
        from name in (config.Find(TempoSettings.Receivers) as MappingNode)?.Entries.Select(static entry => entry.Name).OfType<string>()
            ?? []
        from receiver in TempoReceiver.Known
        where
            receiver.Type == TempoReceiver.TypeOf(name)
            && !receiver.IsUdp
            && receiver.IsSwitchedOn(config.Find(TempoSettings.Receivers.Key(name)))
        let endpoint = config.Text(receiver.EndpointPath(name))
        let tls = TlsOf(receiver, name)
        select new OpenReceiver
        {
            Name = receiver.Protocol is null ? name : $"{name}/{receiver.Protocol}",
            Kind = receiver,
            Port = (endpoint is null ? null : PortNumber.Parse(Endpoint.Parse(endpoint).Port)) ?? receiver.DefaultPort,
            IsTls = IsStated(config, tls, "cert_file", "cert_pem"),
            NeedsCertificate = IsStated(config, tls, "client_ca_file"),
        };

    private static NodePath TlsOf(TempoReceiver receiver, string name) =>
        receiver.Protocol is null
            ? TempoSettings.Receivers.Key(name, "tls")
            : TempoSettings.Receivers.Key(name, "protocols", receiver.Protocol, "tls");

    private static bool IsStated(TempoConfig config, NodePath tls, params IEnumerable<string> keys) =>
        keys.Any(key => config.Text(tls.Key(key)) is { Length: > 0 });
}
