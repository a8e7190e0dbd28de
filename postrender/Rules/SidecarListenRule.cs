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

    public override IEnumerable<Finding> Check(RuleContext context)
    {
        var own = context
            .Release.Workloads.SelectMany(static workload => workload.Containers, static (_, tempo) => tempo.Container)
            .ToHashSet();
        var beside = context
            .Release.Workloads.Select(static workload => workload.Workload)
            .Concat(context.Release.Caches)
            .Concat(context.Release.Gateways.Select(static gateway => gateway.Workload))
            .Distinct()
            .SelectMany(static workload => workload.Containers)
            .Where(container => !own.Contains(container));
        foreach (var container in beside)
        {
            foreach (var known in SidecarFlag.Known)
            {
                if (known.Image is not null && !container.ImageName.Contains(known.Image, StringComparison.Ordinal))
                {
                    continue;
                }

                foreach (var flag in container.Flags.All.Select(flag => Attached(flag, known)))
                {
                    if (
                        flag.Name == known.Name
                        && flag.Value is { Length: > 0 }
                        && CheckListen(container, flag, context, context.Family.Wildcard()) is { } finding
                    )
                    {
                        yield return finding;
                    }
                }
            }
        }
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
