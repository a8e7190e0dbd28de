using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Rules;

/// <summary>TPF006: traces get in over the family.</summary>
internal sealed class ReceiverEndpointRule : ConfigRule
{
    public override RuleDescription Description { get; } = new(
        RuleIds.ReceiverEndpoint,
        "receiver-endpoint",
        "Every receiver protocol that is switched on has an endpoint on the family's wildcard or on an address of the family",
        "Adds the wildcard with the protocol's default port, or puts it in place of the other wildcard or of loopback; another address of the other family is an error",
        "Every receiver listens on the family",
        "A receiver without an endpoint listens on the IPv4 loopback, so that no trace gets in from outside the pod, over either family",
        "Measured on Tempo 3.0.3: 127.0.0.1:4317, :14250, :14268",
        ReleaseParts.Configs);

    private protected override IEnumerable<Finding> Check(TempoConfig config, RuleContext release)
    {
        if (!TempoTarget.Runs(config.Targets, "distributor") || config.Find(TempoSettings.Receivers) is not MappingNode receivers)
        {
            yield break;
        }

        foreach (var name in receivers.Entries.Select(static entry => entry.Name).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            foreach (var receiver in TempoReceiver.Known.Where(receiver => receiver.Type == name.Split('/')[0]))
            {
                if (receiver.IsSwitchedOn(config.Find(TempoSettings.Receivers.Key(name))) && Check(config, receiver, receiver.EndpointPath(name), release) is { } finding)
                {
                    yield return finding;
                }
            }
        }
    }

    private Finding? Check(TempoConfig config, TempoReceiver receiver, NodePath path, RuleContext release)
    {
        if (config.Text(path) is not { Length: > 0 } text)
        {
            return Set(
                config, path, "is not set", "the receiver then listens on the IPv4 loopback, where nothing outside the pod can send a trace",
                Endpoint.Join(release.Family.WildcardHost(), receiver.Port));
        }

        var endpoint = Endpoint.Parse(text);
        var wildcard = Endpoint.Join(release.Family.WildcardHost(), endpoint.Port is { Length: > 0 } port ? port : receiver.Port);
        var found = $"is {Show(config, text)}";
        return endpoint.Host switch
        {
            { Kind: HostKind.Loopback } => Set(config, path, found, "nothing outside the pod can send a trace there", wildcard),
            { Kind: HostKind.Wildcard, Family: var family } when family == release.Other =>
                Set(config, path, found, $"the release is {release.Family}; Go happens to listen on both, the text says otherwise", wildcard),
            { Kind: HostKind.Literal, Family: var family } when family == release.Other =>
                Error(config, path, found, $"nothing can reach it over {release.Family}", $"Set {wildcard}"),
            { Kind: HostKind.Wildcard } when endpoint.Port is null or "" =>
                Set(config, path, found, "without a port Tempo does not start", wildcard),
            { Kind: HostKind.Literal } when endpoint.Port is null or "" =>
                Error(config, path, found, "without a port, and IPv6 addresses in brackets, Tempo does not start", $"Set {wildcard}"),
            { Kind: HostKind.Wildcard or HostKind.Literal } when endpoint.LacksBrackets =>
                Set(config, path, found, "an IPv6 address with a port needs brackets", endpoint.ToString()),
            _ => null,
        };
    }
}
