using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>A rule about addresses in container flags.</summary>
public abstract class FlagRule : Rule
{
    /// <summary>
    /// A finding about a flag that sets a listen address: the other family's wildcard is replaced, a single address of the other
    /// family is an error.
    /// </summary>
    private protected Finding? CheckListen(Container container, ContainerFlag flag, RuleContext context, string bareWildcard)
    {
        var texts = (flag.Value ?? "").Split(',');
        var hosts = texts.Select(static text => Endpoint.Parse(text).Host).ToList();
        if (hosts.Exists(host => host is { Kind: HostKind.Wildcard or HostKind.Literal } && host.Family == context.Family))
        {
            return null;
        }

        if (hosts.Exists(host => host.Kind == HostKind.Wildcard && host.Family == context.Other))
        {
            var repaired = texts.Select(text =>
                Endpoint.Parse(text) is { Host.Kind: HostKind.Wildcard } endpoint && endpoint.Host.Family == context.Other
                    ? endpoint.Port is null
                        ? bareWildcard
                        : Endpoint.Join(context.Family.WildcardHost(), endpoint.Port)
                    : text
            );
            return Replace(
                container,
                flag,
                $"the release is {context.Family}, and this is the {context.Other} wildcard",
                string.Join(',', repaired)
            );
        }

        return hosts.Exists(host => host.Kind == HostKind.Literal && host.Family == context.Other)
            ? Error(
                PlaceOf(container, flag),
                Found(flag),
                $"no client can reach the listener over {context.Family}",
                $"Remove the flag, or give it an {context.Family} address"
            )
            : null;
    }

    /// <summary>
    /// A finding with an edit that changes the value of a flag; an error without the edit if the flag is part of a shell command.
    /// </summary>
    private protected Finding Replace(Container container, ContainerFlag flag, string why, string value) =>
        flag.Prefix is { } prefix
            ? Fixable(
                PlaceOf(container, flag),
                Found(flag),
                why,
                Repair.SetTo(value),
                Edit.Set(container.Workload.Object.Document, flag.Path, prefix + value)
            )
            : Error(PlaceOf(container, flag), Found(flag), why, $"Set it to {value} by hand: it is part of a shell command");

    /// <summary>Where a flag is.</summary>
    private protected static Place PlaceOf(Container container, ContainerFlag flag) => Place.In(container.Workload.Object, flag.Path);

    /// <summary>The flag and its value, as a predicate.</summary>
    private protected static string Found(ContainerFlag flag) => $"is -{flag.Name}={Printable.OneLine(flag.Value ?? "")}";
}
