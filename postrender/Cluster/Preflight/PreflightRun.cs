using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>Holds a stream against a cluster. Only reads.</summary>
/// <param name="api">The cluster.</param>
/// <param name="ns">The namespace of the release, for objects that state none.</param>
/// <param name="kubectl">How kubectl is called for this cluster: the name, and the options that lead to it.</param>
internal sealed class PreflightRun(IKubernetesApi api, string ns, string kubectl)
{
    private const string HookAnnotation = "helm.sh/hook";
    private const int ViolationsShown = 4;

    private readonly Dictionary<(string Kind, string Namespace, string Name), KubernetesObject> _live = [];
    private readonly List<Finding> _findings = [];

    /// <summary>Compares checked manifests with the cluster.</summary>
    /// <param name="report">The manifests as a graph, and what the rules found in them.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<PreflightReport> RunAsync(Report report, CancellationToken cancellationToken)
    {
        var graph = report.Graph;
        var services = graph.Find("Service").Where(IsUpgraded).Select(static found => new Service(found)).ToList();
        var others = ImmutableFields
            .Resources.SelectMany(resource =>
                graph.Find(resource.Kind).Where(IsUpgraded).Select(found => (Resource: resource, Object: found))
            )
            .ToList();
        await ReadLiveAsync(others.Concat(services.Select(static service => (ApiResource.Services, service.Object))), cancellationToken)
            .ConfigureAwait(false);
        var families = await ClusterFamilies
            .ReadAsync(
                api,
                ns,
                _live.Where(entry => entry.Key.Kind == "Service" && entry.Key.Namespace == ns).Select(static entry => entry.Value),
                cancellationToken
            )
            .ConfigureAwait(false);

        foreach (var family in report.Analyses.Select(static analysis => analysis.Decision.Family).OfType<AddressFamily>().Distinct())
        {
            CheckFamily(family, families);
        }

        _findings.AddRange(
            graph
                .Releases.Zip(report.Analyses)
                .SelectMany(pair => pair.Second.Decision.Family is { } family ? ProbeCheck.Check(pair.First, family, families) : [])
        );
        services.ForEach(service => CheckSecondFamily(service, families));
        var changes = services.ConvertAll(service =>
            ServiceChange.Of(service, Live(service.Object) is { } live ? new Service(live) : null, families.IsDualStack)
        );
        var deletions = Deletions(changes, graph.Releases);
        foreach (var (_, stated) in others)
        {
            foreach (
                var difference in Live(stated) is { } live ? ImmutableFields.Differences(stated, live, NamespaceOf(stated), kubectl) : []
            )
            {
                Add(
                    PreflightChecks.ImmutableField,
                    FindingLevel.Error,
                    Place.In(stated, difference.Path),
                    difference.Difference,
                    "Kubernetes never changes it, so helm upgrade would stop here",
                    difference.Remedy
                );
            }
        }

        var (level, isNew) = await CheckPodSecurityAsync([.. graph.FindWorkloads()], cancellationToken).ConfigureAwait(false);
        return new PreflightReport
        {
            Server = api.Server,
            Namespace = ns,
            Families = families,
            PodSecurityLevel = level,
            IsNamespaceNew = isNew,
            Stream = report,
            Findings = _findings,
            Services = changes,
            Deletions = deletions,
        };
    }

    /// <summary>Hooks are deleted and made again, never changed.</summary>
    private static bool IsUpgraded(KubernetesObject found) => found.Annotation(HookAnnotation) is null;

    private string NamespaceOf(KubernetesObject found) => found.Namespace ?? ns;

    private KubernetesObject? Live(KubernetesObject stated) => _live.GetValueOrDefault((stated.Kind, NamespaceOf(stated), stated.Name));

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
            await foreach (var found in api.ListAsync(resource, place, ListFilter.All, cancellationToken).ConfigureAwait(false))
            {
                _live[(resource.Kind, place, found.Name)] = found;
            }
        }
    }

    private void CheckFamily(AddressFamily family, ClusterFamilies families)
    {
        var kubernetes = new Place { Object = "Service/default/kubernetes", Path = "spec.ipFamilies" };
        var has = $"is [{families.Primary}]";
        switch (families.Serves(family))
        {
            case false:
                Add(
                    PreflightChecks.ClusterFamily,
                    FindingLevel.Error,
                    kubernetes,
                    $"{has}, and no range of Service addresses is {family}",
                    $"the release is {family}, and Kubernetes refuses such a Service as not configured on this cluster",
                    $"Install into a cluster with an {family} Service range, or install an {family.Other()} release (chart value "
                        + "addressFamily)"
                );
                break;
            case null:
                Add(
                    PreflightChecks.ClusterFamily,
                    FindingLevel.Warning,
                    kubernetes,
                    $"{has}, and this version of Kubernetes does not tell whether there is an {family} range too",
                    $"the release is {family}, and without such a range Kubernetes refuses its Services",
                    $"Ask the cluster: {kubectl} create service clusterip family-check --tcp=80 --dry-run=client -o json | "
                        + $"{kubectl} patch --local -f - -p '{{\"spec\":{{\"ipFamilies\":[\"{family}\"]}}}}' -o json | {kubectl} create "
                        + $"--dry-run=server -n {ns} -f -"
                );
                break;
        }

        var pods = new Place { Object = $"Namespace/{ns}", Path = "" };
        switch (families.GivesPods(family))
        {
            case false:
                Add(
                    PreflightChecks.ClusterFamily,
                    FindingLevel.Error,
                    pods,
                    $"has pods with addresses of {families.Pods[0]} only",
                    $"the release is {family}, and its pods would be reached by nobody",
                    $"Install into a cluster whose pods get {family} addresses, or install an {family.Other()} release (chart "
                        + "value addressFamily)"
                );
                break;
            case null when families.NodePods.Count > 0:
                Add(
                    PreflightChecks.ClusterFamily,
                    FindingLevel.Warning,
                    pods,
                    $"has no pods yet, and the nodes' podCIDRs are of {families.NodePods[0]} only",
                    $"the release is {family}; some network plugins do not use podCIDRs, with the others its pods would have no "
                        + $"{family} address",
                    "Look at status.podIPs of any pod that is not on the host's network"
                );
                break;
        }
    }

    /// <summary>The family of the release is judged once; here it is about Services that ask for the other one too.</summary>
    private void CheckSecondFamily(Service service, ClusterFamilies families)
    {
        var policy = service.Object.Text("spec", "ipFamilyPolicy");
        var isAsked = service.StatedFamilies.Count > 1 || policy == "RequireDualStack";
        if (service.IsExternalName || !isAsked || families.IsDualStack == true)
        {
            return;
        }

        var path = service.Object.Path.Key("spec", service.StatedFamilies.Count > 1 ? "ipFamilies" : "ipFamilyPolicy");
        var found =
            service.StatedFamilies.Count > 1
                ? $"is [{string.Join(", ", service.StatedFamilies.Select(static family => Printable.OneLine(family)))}]"
                : $"is {policy}";
        var (level, why) = families.IsComplete
            ? (FindingLevel.Error, $"the cluster has {families.Primary} alone, and Kubernetes refuses what asks for both")
            : (
                FindingLevel.Warning,
                "this version of Kubernetes does not tell whether the cluster has both families, and refuses it where it has not"
            );
        Add(
            PreflightChecks.ClusterFamily,
            level,
            Place.In(service.Object, path),
            found,
            why,
            "Ask for one family with the policy SingleStack, or for PreferDualStack with one family"
        );
    }

    private List<ServiceDeletion> Deletions(List<ServiceChange> changes, IReadOnlyList<Release> releases)
    {
        var members = releases.SelectMany(static release => release.Services).ToLookup(static member => member.Service.Object.Reference);
        var deletions = new List<(int Order, ServiceDeletion Deletion)>();
        foreach (var change in changes.Where(static change => change.Kind == ServiceChangeKind.Replaced))
        {
            var found = change.Service.Object;
            var command = $"{kubectl} delete service {found.Name} -n {NamespaceOf(found)}";
            var outage = ServiceOutage.Of(change.Service, members[found.Reference].FirstOrDefault());
            deletions.Add((outage.Order, new ServiceDeletion(found.Reference, command, outage.Text)));
            Add(
                PreflightChecks.ServiceReplaced,
                FindingLevel.Error,
                Place.In(found, found.Path.Key("spec", change.Path)),
                $"is {change.Wanted}, the cluster has {change.Live}",
                "Kubernetes never changes it on a Service that exists, so helm upgrade would stop half-way",
                $"Delete the Service, then upgrade at once: {command}"
            );
        }

        return [.. deletions.OrderBy(static entry => entry.Order).Select(static entry => entry.Deletion)];
    }

    private async Task<(string? Level, bool IsNew)> CheckPodSecurityAsync(List<Workload> workloads, CancellationToken cancellationToken)
    {
        (string? Level, bool IsNew) own = default;
        foreach (var place in workloads.Select(workload => NamespaceOf(workload.Object)).Append(ns).Distinct(StringComparer.Ordinal))
        {
            var found = await api.FindAsync(ApiResource.Namespaces, ns: null, place, cancellationToken).ConfigureAwait(false);
            var level = found?.Labels.GetValueOrDefault(PodSecurity.EnforceLabel);
            own = place == ns ? (level, found is null) : own;
            foreach (var workload in workloads.Where(workload => NamespaceOf(workload.Object) == place))
            {
                var violations = PodSecurity.Violations(level, workload.Template);
                if (violations.Count > 0)
                {
                    var shown =
                        string.Join(", ", violations.Take(ViolationsShown))
                        + (violations.Count > ViolationsShown ? $" and {violations.Count - ViolationsShown} more" : "");
                    Add(
                        PreflightChecks.PodSecurityLevel,
                        FindingLevel.Error,
                        Place.In(workload.Object, workload.TemplatePath.Key("spec")),
                        $"is not {level}: {shown}",
                        $"the namespace {place} enforces {level}, so its pods would be refused, and verify's debug container with them",
                        "Set the pods' and the containers' securityContext, or lower the namespace's level"
                    );
                }
            }
        }

        return own;
    }

    private void Add(RuleDescription check, FindingLevel level, Place place, string found, string why, string remedy) =>
        _findings.Add(
            new Finding
            {
                Rule = check,
                Level = place.IgnoredRules.Contains(check.Id) ? FindingLevel.Ignored : level,
                Place = place,
                Found = found,
                Why = why,
                Remedy = remedy,
            }
        );
}
