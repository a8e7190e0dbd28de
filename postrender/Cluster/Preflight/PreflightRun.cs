using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>Compares checked manifests with a cluster. Only reads.</summary>
/// <param name="ns">The namespace of the release, for objects that state none.</param>
/// <param name="kubectl">The kubectl command for this cluster, with the options that select it.</param>
internal sealed class PreflightRun(KubernetesApi api, string ns, string kubectl)
{
    private readonly Dictionary<(string Kind, string Namespace, string Name), KubernetesObject> _live = [];

    /// <summary>Compares manifests with the cluster.</summary>
    public async Task<PreflightReport> RunAsync(Report report, CancellationToken cancellationToken)
    {
        var graph = report.Graph;
        var services = graph.Find("Service").Where(IsUpgraded).Select(static found => new Service(found)).ToList();
        var others = ImmutableFields
            .Resources.SelectMany(resource =>
                graph.Find(resource.Kind).Where(IsUpgraded).Select(found => (Resource: resource, Object: found))
            )
            .ToList();
        await ReadLiveAsync(others.Concat(services.Select(static service => (ApiResource.Services, service.Object))), cancellationToken);
        var families = await ClusterFamilies.ReadAsync(
            api,
            ns,
            _live.Where(entry => entry.Key.Kind == "Service" && entry.Key.Namespace == ns).Select(static entry => entry.Value),
            cancellationToken
        );
        var changes = services.ConvertAll(service =>
            ServiceChange.Of(service, Live(service.Object) is { } live ? new Service(live) : null, families.IsDualStack)
        );
        var workloads = graph.FindWorkloads().ToList();
        var levels = await ReadLevelsAsync(workloads, cancellationToken);
        var family = new FamilyCheck(families, ns, kubectl);
        IEnumerable<Finding> findings =
        [
            .. FamiliesOf(report).Distinct().SelectMany(family.OfRelease),
            .. graph
                .Releases.Zip(report.Analyses)
                .SelectMany(pair => pair.Second.Decision.Family is { } own ? ProbeCheck.Check(pair.First, own, families) : []),
            .. services.Select(family.OfService).OfType<Finding>(),
            .. changes
                .Where(static change => change.Kind == ServiceChangeKind.Replaced)
                .Select(change => ServiceDeletion.Finding(change, DeleteCommand(change.Service.Object))),
            .. others.SelectMany(entry => CheckImmutable(entry.Object)),
            .. workloads
                .Select(workload => (Workload: workload, Namespace: NamespaceOf(workload.Object)))
                .Select(pods => PodSecurityCheck.Check(pods.Workload, pods.Namespace, levels[pods.Namespace].Level))
                .OfType<Finding>(),
        ];
        return new PreflightReport
        {
            Server = api.Server,
            Namespace = ns,
            Families = families,
            PodSecurityLevel = levels[ns].Level,
            IsNamespaceNew = !levels[ns].Exists,
            Stream = report,
            Findings = [.. findings.Select(FindingCollector.MarkedIfIgnored)],
            Services = changes,
            Deletions = ServiceDeletion.Of(changes, graph.Releases, DeleteCommand),
        };
    }

    private static IEnumerable<AddressFamily> FamiliesOf(Report report) =>
        report.Analyses.Select(static analysis => analysis.Decision.Family).OfType<AddressFamily>();

    /// <summary>Helm deletes hooks and creates them again; it never changes them.</summary>
    private static bool IsUpgraded(KubernetesObject found) => found.Annotation(KubernetesObject.HookAnnotation) is null;

    private string NamespaceOf(KubernetesObject found) => found.Namespace ?? ns;

    private string DeleteCommand(KubernetesObject service) => $"{kubectl} delete service {service.Name} -n {NamespaceOf(service)}";

    private KubernetesObject? Live(KubernetesObject stated) => _live.GetValueOrDefault((stated.Kind, NamespaceOf(stated), stated.Name));

    private IEnumerable<Finding> CheckImmutable(KubernetesObject stated) =>
        Live(stated) is not { } live
            ? []
            : ImmutableFields
                .Differences(stated, live, NamespaceOf(stated), kubectl)
                .Select(difference =>
                    PreflightChecks.ImmutableField.Error(
                        Place.In(stated, difference.Path),
                        difference.Difference,
                        "Kubernetes never changes this field, so helm upgrade would stop here",
                        difference.Remedy
                    )
                );

    private async Task ReadLiveAsync(
        IEnumerable<(ApiResource Resource, KubernetesObject Object)> stated,
        CancellationToken cancellationToken
    )
    {
        foreach (
            var (resource, place) in stated
                .Select(entry => (entry.Resource, NamespaceOf(entry.Object)))
                .Append((ApiResource.Services, ns))
                .Distinct()
        )
        {
            foreach (var found in await api.ListAsync(resource, place, cancellationToken))
            {
                _live[(resource.Kind, place, found.Name)] = found;
            }
        }
    }

    /// <summary>The Pod Security level of each namespace that gets pods, and of the release's, and whether the namespace exists.</summary>
    private async Task<Dictionary<string, (string? Level, bool Exists)>> ReadLevelsAsync(
        IEnumerable<Workload> workloads,
        CancellationToken cancellationToken
    )
    {
        var levels = new Dictionary<string, (string? Level, bool Exists)>();
        foreach (var place in workloads.Select(workload => NamespaceOf(workload.Object)).Append(ns).Distinct())
        {
            var found = await api.FindAsync(ApiResource.Namespaces, ns: null, place, cancellationToken);
            levels.Add(place, (found?.Labels.GetValueOrDefault(PodSecurity.EnforceLabel), found is not null));
        }

        return levels;
    }
}
