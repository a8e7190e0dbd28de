using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>TPF014: addresses in the pod templates are of the family.</summary>
internal sealed class PodAddressRule : Rule
{
    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.PodAddress,
            Name = "pod-address",
            Requirement =
                "Hosts of probes, hostAliases, nameservers and addresses in environment variables of Tempo's pods are of the family; "
                + "no address that Tempo advertises or binds memberlist to is taken from status.podIP",
            Fix =
                "By hand: an address that Kubernetes dials or the config uses is an error, any other address a warning; "
                + "status.podIP, which is "
                + "of the cluster's primary family, is a warning too",
            Problem = "The pods have addresses of the other family",
            Holds = "Addresses in the pods are of the family",
            Why =
                "Probes, hostAliases, nameservers and environment variables can hold addresses too. status.podIP is the pod's address of "
                + "the cluster's primary family, which may differ from the release's family in a dual-stack cluster",
            Source = "Kubernetes API, measured on 1.36: status.podIPs has the addresses of both families",
        };

    /// <summary>The settings whose address Tempo advertises; memberlist advertises its bind address if there is only one.</summary>
    private static readonly IReadOnlyList<NodePath> AdvertisedSettings =
    [
        TempoSettings.MemberlistAdvertiseAddress,
        TempoSettings.MemberlistBindAddress.Path,
        .. TempoRing.Known.SelectMany(static ring => ring.AddressKey is { } key ? [ring.Path.Key(key)] : (IEnumerable<NodePath>)[]),
    ];

    public override IEnumerable<Finding> Check(RuleContext context) =>
        context.Release.Workloads.SelectMany(workload =>
            CheckPod(workload.Workload, context)
                .Concat(
                    workload.Containers.SelectMany(container =>
                        CheckProbes(container.Container, context).Concat(CheckEnvironment(container, context))
                    )
                )
        );

    private IEnumerable<Finding> CheckPod(Workload workload, RuleContext context)
    {
        var (spec, path) = (workload.Template.Find("spec"), workload.TemplatePath.Key("spec"));
        var aliases = spec.Get("hostAliases").Items().Select(static (alias, index) => (Address: alias.Text("ip"), Index: index));
        foreach (var (address, index) in aliases.Where(alias => IsOther(alias.Address, context)))
        {
            yield return Error(
                Place.In(workload.Object, path.Key("hostAliases").Item(index).Key("ip")),
                $"is {address}",
                $"the pods dial it by name, and the release is {context.Family}",
                $"Set an {context.Family} address"
            );
        }

        var servers = (spec.Get("dnsConfig").Get("nameservers") as SequenceNode).Texts();
        if (servers.Count > 0 && servers.All(server => IsOther(server, context)))
        {
            yield return Error(
                Place.In(workload.Object, path.Key("dnsConfig", "nameservers")),
                $"is [{string.Join(", ", servers)}]",
                $"the pods are {context.Family} and cannot query it",
                $"Add an {context.Family} address"
            );
        }
    }

    private IEnumerable<Finding> CheckProbes(Container container, RuleContext context)
    {
        foreach (var probe in (IEnumerable<string>)["startupProbe", "livenessProbe", "readinessProbe"])
        {
            var node = container.Node.Find(probe);
            foreach (var action in (IEnumerable<string>)["httpGet", "tcpSocket"])
            {
                // With hostNetwork, kubelet and the pod share the loopback addresses.
                if (
                    node.Get(action).Text("host") is { } host
                    && IsOther(host, context)
                    && !(UsesHostNetwork(container.Workload) && Host.Parse(host).Kind == HostKind.Loopback)
                )
                {
                    yield return Error(
                        Place.In(container.Workload.Object, container.Path.Key(probe, action, "host")),
                        $"is {Printable.OneLine(host)}",
                        $"the probe fails, because the release is {context.Family}",
                        "Remove it; kubelet then uses the pod's address"
                    );
                }
            }
        }
    }

    private IEnumerable<Finding> CheckEnvironment(TempoContainer container, RuleContext context)
    {
        var place = container.Container.Path.Key("env");
        var index = -1;
        // Both are collected once per container, so that the work does not grow with variables times references.
        var (used, advertised) = ((HashSet<string>?)null, (HashSet<string>?)null);
        foreach (var variable in container.Container.Node.Find("env").Items())
        {
            index++;
            var (name, value) = (variable.Text("name") ?? "", variable.Text("value") ?? "");
            if (
                !IsNoAddress(name, value)
                && PeerAddress.Parse(value).Endpoint.Host is { Kind: HostKind.Literal or HostKind.Wildcard } host
                && host.Family == context.Other
            )
            {
                var found = $"sets {Printable.OneLine(name)} to {Printable.OneLine(host.Text)}";
                yield return (used ??= UsedVariables(container)).Contains(name)
                    ? Error(
                        Where(index),
                        found,
                        $"Tempo's config uses it, and the release is {context.Family}",
                        $"Set an {context.Family} address"
                    )
                    : Warning(
                        Where(index),
                        found,
                        $"the release is {context.Family}",
                        $"Set an {context.Family} address, if the pods dial it"
                    );
            }

            if (
                variable.Get("valueFrom").Get("fieldRef").Text("fieldPath") == "status.podIP"
                && (advertised ??= AdvertisedVariables(container)).Contains(name)
            )
            {
                yield return Warning(
                    Where(index),
                    $"takes {Printable.OneLine(name)} from status.podIP, and Tempo advertises it",
                    $"in a dual-stack cluster this address is of the primary family, which may not be {context.Family}",
                    "If pods have both families, bind memberlist to the family's wildcard and let Tempo find its address"
                );
            }
        }

        Place Where(int variable) => Place.In(container.Container.Workload.Object, place.Item(variable));
    }

    private static bool UsesHostNetwork(Workload workload) => workload.Template.Find("spec").Get("hostNetwork").AsBoolean() == true;

    /// <summary>Whether a value is not a dialled address, though it looks like one: proxy exceptions, ranges and versions.</summary>
    private static bool IsNoAddress(string name, string value) =>
        name.Equals("NO_PROXY", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("VERSION", StringComparison.OrdinalIgnoreCase)
        || Cidr.Parse(value.Split(',')[0].Trim()) is not null;

    private static HashSet<string> UsedVariables(TempoContainer container) =>
        [
            .. container.Configs.SelectMany(static config => config.File.Variables),
            .. container.Container.Flags.All.SelectMany(static flag => VariableNames.InArgument(flag.Value ?? "")),
        ];

    private static HashSet<string> AdvertisedVariables(TempoContainer container) =>
        [
            .. container.Configs.SelectMany(config => AdvertisedSettings.SelectMany(config.Texts)).SelectMany(VariableNames.InConfig),
            .. container
                .Container.Flags.All.Where(static flag =>
                    TempoFlag.Known.Any(known => known.Name == flag.Name && known.Use == FlagUse.Advertise)
                )
                .SelectMany(static flag => VariableNames.InArgument(flag.Value ?? "")),
        ];

    private static bool IsOther(string? text, RuleContext context) =>
        text is not null
        && Host.Parse(text) is { Kind: HostKind.Literal or HostKind.Wildcard or HostKind.Loopback, Family: { } family }
        && family == context.Other;
}
