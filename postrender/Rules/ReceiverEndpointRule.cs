using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Rules;

/// <summary>TPF006: receivers listen on the family.</summary>
internal sealed class ReceiverEndpointRule : ConfigRule
{
    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.ReceiverEndpoint,
            Name = "receiver-endpoint",
            ChecksRunningSettings = true,
            Requirement =
                "Every enabled receiver protocol has an endpoint on the family's wildcard or on an address of the family, and this "
                + "version of Tempo has the receiver",
            Fix =
                "Adds the wildcard with the protocol's default port, or replaces the other wildcard or loopback by it; "
                + "another address of the other family is an error, and so is a receiver that this version does not have",
            Problem = "Receivers do not listen on the release's family",
            Holds = "Every receiver listens on the family",
            Why =
                "From Tempo 2.7 on, a receiver without an endpoint listens on the IPv4 loopback and receives no traces from outside the "
                + "pod, over either family. Tempo does not start with a receiver that its version does not have (opencensus from 2.9.3, "
                + "2.10.6 and 3.0 on)",
            Source =
                "Measured on Tempo 3.0.3: 127.0.0.1:4317, :14250, :14268, and unknown type: \"opencensus\". The receivers of each "
                + "version: its sources",
        };

    public override bool Applies(RuleContext context) => context.Release.Configs.Any(static config => ReceiversOf(config) is not null);

    private protected override IEnumerable<Finding> Check(TempoConfig config, RuleContext context)
    {
        if (ReceiversOf(config) is not { } receivers)
        {
            return [];
        }

        return receivers
            .Entries.Select(static entry => entry.Name)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .SelectMany(name => CheckVersion(config, name) is { } missing ? [missing] : CheckProtocols(config, name, context));
    }

    private static MappingNode? ReceiversOf(TempoConfig config) =>
        config.Runs("distributor") ? config.Find(TempoSettings.Receivers) as MappingNode : null;

    /// <summary>
    /// A finding if a version of Tempo that reads the config does not have the receiver, because Tempo would not start; otherwise null.
    /// </summary>
    private Finding? CheckVersion(TempoConfig config, string name)
    {
        var versions = TempoReceiver.VersionsOf(TempoReceiver.TypeOf(name));
        var without = config.Versions.Where(version => versions?.Contains(version) != true).Cast<TempoVersion?>().FirstOrDefault();
        return without is null || (config.Containers.Count == 0 && config.Versions.Any(version => versions?.Contains(version) == true))
            ? null
            : Error(
                config,
                TempoSettings.Receivers.Key(name),
                $"is a receiver that Tempo {without} does not have",
                "Tempo does not start with a receiver of an unknown type",
                versions is null
                    ? "Correct the receiver's name, or remove it"
                    : $"Remove it; senders can use otlp instead. Only Tempo {versions} had it"
            );
    }

    private IEnumerable<Finding> CheckProtocols(TempoConfig config, string name, RuleContext context) =>
        TempoReceiver
            .Known.Select(receiver =>
                receiver.Type == TempoReceiver.TypeOf(name) && receiver.IsSwitchedOn(config.Find(TempoSettings.Receivers.Key(name)))
                    ? Check(config, receiver, new TempoSetting(receiver.EndpointPath(name), receiver.Versions), context)
                    : null
            )
            .OfType<Finding>();

    private Finding? Check(TempoConfig config, TempoReceiver receiver, TempoSetting setting, RuleContext context)
    {
        if (config.Text(setting.Path) is not { Length: > 0 } text)
        {
            return CheckDefault(config, receiver, setting, context);
        }

        var endpoint = Endpoint.Parse(text);
        var wildcard = Endpoint.Join(context.Family.WildcardHost(), endpoint.Port is { Length: > 0 } port ? port : receiver.Port);
        var found = $"is {Show(config, text)}";
        return endpoint.Host switch
        {
            { Kind: HostKind.Loopback } => Set(config, setting, found, "nothing outside the pod can send traces to it", wildcard),
            { Kind: HostKind.Wildcard, Family: var family } when family == context.Other => Set(
                config,
                setting,
                found,
                $"the release is {context.Family}, and this works only because Go treats either wildcard as dual-stack",
                wildcard
            ),
            { Kind: HostKind.Literal, Family: var family } when family == context.Other => Error(
                config,
                setting.Path,
                found,
                $"no client can reach the listener over {context.Family}",
                $"Set {wildcard}"
            ),
            { Kind: HostKind.Wildcard } when endpoint.Port is null or "" => Set(
                config,
                setting,
                found,
                "Tempo does not start without a port here",
                wildcard
            ),
            { Kind: HostKind.Literal } when endpoint.Port is null or "" => Error(
                config,
                setting.Path,
                found,
                "Tempo does not start without a port here, and an IPv6 address needs brackets",
                $"Set {wildcard}"
            ),
            { Kind: HostKind.Wildcard or HostKind.Literal } when endpoint.LacksBrackets => Set(
                config,
                setting,
                found,
                "an IPv6 address with a port needs brackets",
                endpoint.ToString()
            ),
            _ => null,
        };
    }

    /// <summary>
    /// A finding if the default endpoint is wrong: the IPv4 loopback, or, before Tempo 2.7, 0.0.0.0 in an IPv6 release; otherwise null.
    /// </summary>
    private Finding? CheckDefault(TempoConfig config, TempoReceiver receiver, TempoSetting setting, RuleContext context)
    {
        var isLoopback = config.Versions.Any(TempoReceiver.DefaultIsLoopback.Contains);
        return !isLoopback && context.Family == AddressFamily.IPv4
            ? null
            : Set(
                config,
                setting,
                "is not set",
                isLoopback
                    ? "the receiver then listens on the IPv4 loopback, and nothing outside the pod can send traces to it"
                    : $"the receiver then listens on 0.0.0.0, but the release is {context.Family}; this works only because Go "
                        + "treats either wildcard as dual-stack",
                Endpoint.Join(context.Family.WildcardHost(), receiver.Port)
            );
    }
}
