using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Rules;

/// <summary>TPF003: the servers listen on the family.</summary>
internal sealed class ServerListenRule : ConfigRule
{
    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.ServerListen,
            Name = "server-listen",
            ChecksRunningSettings = true,
            Requirement =
                "server.http_listen_address and server.grpc_listen_address (and those of internal_server, if it is enabled) are "
                + "empty or the family's wildcard, without brackets; their listen network is not the one of the other family",
            Fix =
                "Sets the family's wildcard (::0 or 0.0.0.0), and replaces the listen network of the other family by tcp; a single "
                + "address of the other family is an error",
            Problem = "Servers do not listen on the release's family",
            Holds = "The servers listen on the family",
            Why =
                "An empty address, '::' and '::0' accept IPv6 connections; '[::0]', which older documents show, stops Tempo 3. A server on "
                + "a single address is reachable over the family of that address only",
            Source = "Measured on Tempo 3.0.3: address [[::0]]:3200: missing port in address",
        };

    private protected override IEnumerable<Finding> Check(TempoConfig config, RuleContext context)
    {
        IEnumerable<TempoSetting> addresses = TempoSettings.ListenAddresses;
        IEnumerable<TempoSetting> networks = TempoSettings.ListenNetworks;
        if (config.HasInternalServer)
        {
            addresses = addresses.Concat(TempoSettings.InternalListenAddresses);
            networks = networks.Concat(TempoSettings.InternalListenNetworks);
        }

        return addresses
            .Select(setting => Check(config, setting, context))
            .Concat(networks.Select(setting => CheckNetwork(config, setting, context)))
            .OfType<Finding>();
    }

    private Finding? CheckNetwork(TempoConfig config, TempoSetting setting, RuleContext context)
    {
        var other = context.OtherNetwork;
        return config.Text(setting.Path) == other
            ? Set(
                config,
                setting,
                $"is {other}",
                $"the server then listens on {context.Other} only, but the release is {context.Family}",
                "tcp"
            )
            : null;
    }

    private Finding? Check(TempoConfig config, TempoSetting setting, RuleContext context)
    {
        var path = setting.Path;
        if (config.Text(path) is not { Length: > 0 } text)
        {
            return null;
        }

        var host = Host.Parse(text);
        var found = $"is {Show(config, text)}";
        YamlValue wildcard = context.Family == AddressFamily.IPv6 ? "::0" : "0.0.0.0";
        return host switch
        {
            _ when Endpoint.Parse(text) is { Port: not null, LacksBrackets: false, IsNumeric: true } endpoint && !text.StartsWith('[') =>
                Error(
                    config,
                    path,
                    found,
                    "the port belongs in a key of its own, and Tempo does not start with a port here (too many colons in address)",
                    $"Set {(endpoint.Host.Kind == HostKind.Wildcard ? wildcard : endpoint.Host.Text)}"
                ),
            { Kind: HostKind.Wildcard } when text.StartsWith('[') => Set(
                config,
                setting,
                found,
                "Tempo does not start with brackets here (missing port in address)",
                wildcard
            ),
            { Kind: HostKind.Wildcard, Family: var family } when family == context.Other => Set(
                config,
                setting,
                found,
                $"the release is {context.Family}, and this works only because Go treats either wildcard as dual-stack",
                wildcard
            ),
            { Kind: HostKind.Literal or HostKind.Loopback, Family: var family } when family == context.Other => Error(
                config,
                path,
                found,
                $"no client can reach the listener over {context.Family}",
                $"Remove it, or set {wildcard}"
            ),
            { Kind: HostKind.Literal or HostKind.Loopback } when text.StartsWith('[') => Set(
                config,
                setting,
                found,
                "Tempo does not start with brackets here (missing port in address)",
                host.Text
            ),
            { Kind: HostKind.Loopback } => Warning(
                Place.In(config.File, path),
                found,
                "nothing outside the pod can reach it",
                $"Remove it, or set {wildcard}"
            ),
            _ => null,
        };
    }
}
