namespace Tempo.PostRender.Graph;

/// <summary>
/// Finds the Tempo containers of a stream, their configs, the Services that select them, and which of them form a release. Each
/// search over the whole stream runs once for all releases, so the time grows linearly with the stream.
/// </summary>
internal sealed class ManifestGraphBuilder(StreamIndex index, string? releaseNamespace, GossipLabel? gossipLabel)
{
    private const string OperatorGroup = "tempo.grafana.com/";

    public ManifestGraph Build()
    {
        List<KubernetesObject> operators = [.. index.FindIfReadable("TempoStack"), .. index.FindIfReadable("TempoMonolithic")];
        operators.RemoveAll(static found => found.Text("apiVersion")?.StartsWith(OperatorGroup, StringComparison.Ordinal) != true);
        var (workloads, configs) = new TempoFinder(index, releaseNamespace).Find();
        if (workloads.Count == 0 && configs.Count == 0)
        {
            return new ManifestGraph(index, [], operators);
        }

        var names = new List<string> { gossipLabel?.Name ?? "" };
        foreach (var config in configs)
        {
            names.AddRange(config.DialledNames.ConvertAll(static dialled => dialled.Name.Name));
        }

        var found = index.FindServices(names, LabelValues(workloads.ConvertAll(static workload => workload.Workload)));
        var namespaces = new Namespaces(
            releaseNamespace,
            [
                .. workloads.ConvertAll(static workload => workload.Workload.Object),
                .. configs.ConvertAll(static config => config.File.Owner),
            ],
            found.ConvertAll(static service => service.Object)
        );
        if (gossipLabel is not null)
        {
            new GossipLabels(found, gossipLabel, namespaces).Assign(workloads);
        }

        var services = new ServiceIndex(found, workloads, gossipLabel?.Name, namespaces);
        var endpoints = new EndpointIndex(index, namespaces);
        var groups = ReleaseGrouping.Of(workloads, configs, services, namespaces);
        var releaseOf = new Dictionary<Workload, int>();
        for (var release = 0; release < groups.Count; release++)
        {
            groups[release].Workloads.ForEach(workload => releaseOf.Add(workload.Workload, release));
        }

        services.FindShared(ReleaseOf);
        var drafts = groups.ConvertAll(group => new ReleaseDraft(group.Workloads, group.Configs, services, endpoints, namespaces));
        var shared = new ReleaseDraft([], [], services, endpoints, namespaces);
        FindCaches(drafts, shared, namespaces);
        FindGateways(drafts, shared, namespaces);
        for (var release = 0; release < drafts.Count; release++)
        {
            drafts[release].Others.ForEach(other => releaseOf.TryAdd(other, release));
        }

        var others = new HashSet<Workload>();
        var owners = new HashSet<KubernetesObject>();
        foreach (var draft in (List<ReleaseDraft>)[.. drafts, shared])
        {
            others.UnionWith(draft.Others);
            owners.UnionWith(draft.FileOwners);
        }

        if (others.Count > 0)
        {
            services = services.With(index.FindServices([], LabelValues(others)), others);
            services.FindShared(ReleaseOf);
        }

        var policies = new NetworkPolicyIndex(index.Find("NetworkPolicy"), workloads, gossipLabel?.Name, others, ReleaseOf, namespaces);
        var mounts = new MountIndex(index, owners, namespaces);
        var releases = drafts.ConvertAll(draft => draft.Finish(services, policies, mounts));
        if (shared.FinishShared(services, policies, mounts) is { } rest)
        {
            releases.Add(rest);
        }

        return new ManifestGraph(index, releases, operators);

        int? ReleaseOf(Workload workload) => releaseOf.TryGetValue(workload, out var release) ? release : null;
    }

    private static HashSet<string> LabelValues(IReadOnlyCollection<Workload> workloads)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var workload in workloads)
        {
            values.UnionWith(workload.Labels.Values);
        }

        return values;
    }

    private void FindCaches(List<ReleaseDraft> drafts, ReleaseDraft shared, Namespaces namespaces)
    {
        var dialled = new Dictionary<Service, int>();
        foreach (var draft in drafts)
        {
            draft.CacheServices.ForEach(service => dialled[service] = dialled.GetValueOrDefault(service) + 1);
        }

        if (dialled.Count == 0)
        {
            return;
        }

        var pods = new LabelIndex();
        // The longest value of a selector probably has the fewest other pods.
        var values = dialled.Keys.Select(static service => service.Selector.Values.MaxBy(static value => value.Length)!);
        foreach (var workload in index.FindWorkloadsWithAny(values))
        {
            pods.Add(workload, namespaces.Of(workload.Object), workload.Labels);
        }

        shared.Caches = Behind([.. dialled.Keys], isShared: true);
        foreach (var draft in drafts)
        {
            draft.Caches = Behind(draft.CacheServices, isShared: false);
        }

        List<Workload> Behind(List<Service> services, bool isShared)
        {
            var groups = new HashSet<PodGroup>();
            foreach (var service in services.FindAll(service => dialled[service] > Release.MaxSharing == isShared))
            {
                groups.UnionWith(pods.With(namespaces.Of(service.Object), service.Selector));
            }

            return [.. groups.SelectMany(static group => group.Workloads).Distinct()];
        }
    }

    private void FindGateways(List<ReleaseDraft> drafts, ReleaseDraft shared, Namespaces namespaces)
    {
        var gateways = new GatewayFinder(index, namespaces);
        foreach (var draft in drafts)
        {
            draft.Gateways = gateways.PassingTo(draft.Roles.Keys);
        }

        if (drafts.Count <= Release.MaxSharing)
        {
            return;
        }

        var many = drafts
            .SelectMany(static draft => draft.Gateways)
            .GroupBy(static gateway => gateway.Workload)
            .Where(static found => found.Count() > Release.MaxSharing)
            .ToDictionary(
                static found => found.Key,
                static found => new Gateway(found.Key, [.. found.SelectMany(static gateway => gateway.Files).Distinct()])
            );
        if (many.Count > 0)
        {
            shared.Gateways = [.. many.Values];
            drafts.ForEach(draft => draft.Gateways.RemoveAll(gateway => many.ContainsKey(gateway.Workload)));
        }
    }
}
