using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>TPF007: Tempo can dial its peers over the family.</summary>
internal sealed class PeerAddressRule : Rule
{
    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.PeerAddress,
            Name = "peer-address",
            ChecksRunningSettings = true,
            Requirement =
                "No address that Tempo dials (components, caches, Kafka, storage, key-value stores, remote write) is a literal of "
                + "the other family, a wildcard, or an IPv6 literal with a port but without brackets; every Service that "
                + "Tempo dials has the family",
            Fix =
                "Adds brackets, and replaces a component's loopback or wildcard by the loopback of the family; another "
                + "literal of the other family "
                + "is an error; "
                + "a Service outside the release, or one whose endpoints are of the other family, is only a warning",
            Problem = "Tempo dials addresses that the release's family cannot reach",
            Holds = "Everything Tempo dials can be reached over the family",
            Why =
                "An IPv6 literal with a port needs brackets. A single-family pod cannot dial a literal of the other family; a "
                + "dual-stack pod "
                + "can, and that traffic then leaves the release's family",
            Source = "Measured on Tempo 3.0.3 for frontend_address, backend_scheduler_addr, kafka.address and join_members",
        };

    public override IEnumerable<Finding> Check(RuleContext context) =>
        context
            .Release.Configs.SelectMany(config =>
                config.Peers.Select(value => CheckLiterals(config, value.Peer, value.Path, value.Text, context)).OfType<Finding>()
            )
            .Concat(CheckServices(context));

    private Finding? CheckLiterals(TempoConfig config, TempoPeer peer, NodePath path, string text, RuleContext context)
    {
        var parts = Array.ConvertAll(text.Split(','), static part => part.Trim());
        var addresses = Array.ConvertAll(parts, PeerAddress.Parse);
        if (Array.Exists(addresses, address => IsForeign(address, peer, context)))
        {
            return Error(
                Place.In(config.File, path),
                $"is {Show(config, addresses)}",
                Array.Exists(addresses, static address => address.Endpoint.Host.Kind == HostKind.Wildcard)
                    ? "Tempo connects to this address, and a wildcard is only for listening"
                    : $"Tempo connects to this address, and the release is {context.Family}",
                $"Set an {context.Family} address{(context.Family == AddressFamily.IPv6 ? " in brackets" : "")}, or a host name"
            );
        }

        var repaired = string.Join(',', parts.Zip(addresses, (part, address) => Repaired(part, address, peer, context)));
        return repaired == string.Join(',', parts)
            ? null
            : Fixable(
                Place.In(config.File, path),
                $"is {Show(config, addresses)}",
                Array.Exists(addresses, static address => address.Endpoint.LacksBrackets)
                    ? "an IPv6 address with a port needs brackets"
                    : $"the release is {context.Family}, so the component must reach itself on the {context.Family} loopback",
                IsShown(config, addresses)
                    ? Repair.SetTo(new YamlValue.Text(Redacted(Array.ConvertAll(repaired.Split(','), PeerAddress.Parse))))
                    : Repair.SetTo($"an {context.Family} address{(context.Family == AddressFamily.IPv6 ? " in brackets" : "")}"),
                Edit.Set(config.File.Document, path, repaired)
            );
    }

    /// <summary>
    /// Whether Tempo cannot reach a peer at this address. Loopback of the other family counts only for memberlist: for a component the
    /// rule fixes it, and a sidecar may listen on it.
    /// </summary>
    private static bool IsForeign(PeerAddress address, TempoPeer peer, RuleContext context) =>
        address.Endpoint.Host switch
        {
            { Kind: HostKind.Literal, Family: var family } => family == context.Other,
            // Linux dials loopback instead of a wildcard, so a wildcard works only for a component that dials itself.
            { Kind: HostKind.Wildcard } => peer.Kind != PeerKind.Component,
            { Kind: HostKind.Loopback, Family: { } family } => peer.Kind == PeerKind.GossipRing && family == context.Other,
            _ => false,
        };

    private static string Repaired(string text, PeerAddress address, TempoPeer peer, RuleContext context) =>
        address.Endpoint switch
        {
            { Host: { Kind: HostKind.Loopback or HostKind.Wildcard, Family: { } family } host }
                when peer.Kind == PeerKind.Component && (host.Kind == HostKind.Wildcard || family == context.Other) => address.WithHost(
                context.Family == AddressFamily.IPv6 ? "::1" : "127.0.0.1"
            ),
            { LacksBrackets: true } => address.ToString(),
            _ => text,
        };

    private IEnumerable<Finding> CheckServices(RuleContext context)
    {
        var own = context.Release.Services.Select(static member => member.Service).ToHashSet();
        return context.Release.Dialled.Select(dialled => CheckService(dialled, own, context)).OfType<Finding>();
    }

    private Finding? CheckService(DialledService dialled, HashSet<Service> own, RuleContext context)
    {
        if (dialled.Service is not { } service)
        {
            return null;
        }

        var stated = service.StatedFamilies;
        if (stated.Count > 0 && !own.Contains(service) && !stated.Contains(context.Family.ToString()))
        {
            return Warning(
                Place.In(dialled.Config.File, dialled.Path),
                $"names {Printable.OneLine(service.Object.Reference)}, which has "
                    + $"[{string.Join(", ", stated.Select(static text => Printable.OneLine(text)))}] only",
                $"Tempo dials it, and the release is {context.Family}; Services outside the release are not changed",
                $"Add {context.Family} to that Service in its own chart or manifest"
            );
        }

        return dialled.EndpointFamilies.Count == 0 || dialled.EndpointFamilies.Contains(context.Family)
            ? null
            : Warning(
                Place.In(dialled.Config.File, dialled.Path),
                $"names {Printable.OneLine(service.Object.Reference)}, whose endpoints in the manifests are {context.Other} addresses only",
                $"Tempo connects to this address, and the release is {context.Family}",
                $"Add {context.Family} addresses to its EndpointSlices"
            );
    }

    private static string Show(TempoConfig config, PeerAddress[] addresses) =>
        IsShown(config, addresses) ? Printable.OneLine(Redacted(addresses)) : "an address that is not shown because it is in a Secret";

    private static string Redacted(PeerAddress[] addresses) =>
        string.Join(',', Array.ConvertAll(addresses, static address => address.Redacted));

    private static bool IsShown(TempoConfig config, PeerAddress[] addresses) =>
        !config.File.IsSecret
        || Array.TrueForAll(addresses, static address => address is { Prefix: "", Suffix: "", Endpoint.IsNumeric: true });
}
