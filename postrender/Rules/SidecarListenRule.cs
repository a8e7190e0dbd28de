using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Rules;

/// <summary>TPF012: caches and exporters listen on the family.</summary>
internal sealed class SidecarListenRule : FlagRule
{
    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.SidecarListen,
            Name = "sidecar-listen",
            Requirement =
                "Listen flags such as -l of memcached or --web.listen-address of an exporter are neither the other family's wildcard "
                + "nor one of its addresses",
            Fix = "Replaces the other family's wildcard; a single address of the other family is an error",
            Problem = "Caches or exporters do not listen on the release's family",
            Holds = "Caches and exporters listen on the family",
            Why =
                "A cache or exporter that listens on an address of the other family cannot be reached over the release's family. Without a "
                + "flag, memcached listens on both families",
            Source = "Measured on memcached and on the exporters' Go listeners",
        };

    public override bool Applies(RuleContext context) => context.Release.Caches.Count > 0 || Flags(context.Release).Any();

    public override IEnumerable<Finding> Check(RuleContext context)
    {
        foreach (var (container, flag) in Flags(context.Release))
        {
            if (CheckListen(container, flag, context, context.Family.Wildcard()) is { } finding)
            {
                yield return finding;
            }
        }
    }

    /// <summary>The flags that set a listen address, of the containers that do not run Tempo.</summary>
    private static IEnumerable<(Container Container, ContainerFlag Flag)> Flags(Release release)
    {
        var own = release.Workloads.SelectMany(static workload => workload.Containers, static (_, tempo) => tempo.Container).ToHashSet();
        return from workload in release
                .Workloads.Select(static workload => workload.Workload)
                .Concat(release.Caches)
                .Concat(release.Gateways.Select(static gateway => gateway.Workload))
                .Distinct()
            from container in workload.Containers
            where !own.Contains(container)
            from known in SidecarFlag.Known
            where known.Image is null || container.ImageName.Contains(known.Image, StringComparison.Ordinal)
            from flag in container.Flags.All.Select(flag => Attached(flag, known))
            where flag.Name == known.Name && flag.Value is { Length: > 0 }
            select (container, flag);
    }

    /// <summary>Splits a one-letter flag whose value follows without a space: <c>-l0.0.0.0</c>.</summary>
    private static ContainerFlag Attached(ContainerFlag flag, SidecarFlag known) =>
        known.Name.Length == 1
        && flag.Value is null
        && flag.Name.StartsWith(known.Name, StringComparison.Ordinal)
        && Endpoint.Parse(flag.Name[1..]).IsNumeric
            ? flag with
            {
                Name = known.Name,
                Value = flag.Name[1..],
                Prefix = $"-{known.Name}",
            }
            : flag;
}
