using Tempo.PostRender.Addresses;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>
/// Finds the programs that run beside Tempo, such as vulture and exporters: by their image, and by the Services of the release that
/// their flags and variables name. An application that sends traces also names such a Service, but is not part of the release.
/// </summary>
public static class Companions
{
    /// <summary>The companions of a release.</summary>
    /// <param name="workloads">The workloads to search.</param>
    public static IReadOnlyList<(Workload Workload, Container Container)> Of(Release release, IEnumerable<Workload> workloads)
    {
        var services = release.Services.Select(static member => member.Service.Object.Name).ToHashSet(StringComparer.Ordinal);
        var known = release
            .Workloads.Select(static tempo => tempo.Workload)
            .Concat(release.Gateways.Select(static gateway => gateway.Workload))
            .Concat(release.Caches)
            .Select(static workload => workload.Object)
            .ToHashSet();
        return
        [
            .. from workload in workloads
            where !known.Contains(workload.Object)
            from container in workload
                .Containers.Where(container =>
                    TempoSettings.IsCompanionImage(container.ImageName) && ServicesOf(container).Any(services.Contains)
                )
                .Take(1)
            select (workload, container),
        ];
    }

    /// <summary>The names of the Services that a container dials in its own namespace.</summary>
    private static IEnumerable<string> ServicesOf(Container container) =>
        from value in container
            .Flags.All.Select(static flag => flag.Value)
            .Concat(container.Node.Find("env").Items().Select(static variable => variable.Text("value")))
            .OfType<string>()
        from address in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let name = ServiceName.Parse(PeerAddress.Parse(address).Endpoint.Host.Text)
        where name is not null
        let ns = container.Workload.Object.Namespace
        where name.Value.Namespace is null || ns is null || name.Value.Namespace == ns
        select name.Value.Name;
}
