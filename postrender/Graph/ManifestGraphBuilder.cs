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

        List<string> names =
        [
            .. configs.SelectMany(static config => config.DialledNames, static (_, dialled) => dialled.Name.Name),
            gossipLabel?.Name ?? "",
        ];
        var found = index.FindServices(names, workloads.SelectMany(static workload => workload.Workload.Labels.Values));
        var namespaces = new Namespaces(
            releaseNamespace,
            [.. workloads.Select(static workload => workload.Workload.Object), .. configs.Select(static config => config.File.Owner)],
            found.ConvertAll(static service => service.Object)
        );
        if (gossipLabel is not null)
        {
            new GossipLabels(found, gossipLabel, namespaces).Assign(workloads);
        }

        var services = new ServiceDirectory(found, workloads, gossipLabel?.Name, namespaces);
        var endpoints = new EndpointDirectory(index, namespaces);
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

        List<ReleaseDraft> all = [.. drafts, shared];
        var others = all.SelectMany(static draft => draft.Others).Distinct().ToList();
        if (others.Count > 0)
        {
            services = services.With(index.FindServices([], others.SelectMany(static other => other.Labels.Values)), others);
            services.FindShared(ReleaseOf);
        }

        var policies = new PolicyDirectory(
            index.Find("NetworkPolicy"),
            [
                .. workloads.Select(workload => (workload.Workload, workload.LabelsWith(gossipLabel?.Name))),
                .. others.Select(static other => (other, other.Labels)),
            ],
            ReleaseOf,
            namespaces
        );
        var users = new FileUsers(index, all.SelectMany(static draft => draft.FileOwners).ToHashSet(), namespaces);
        var releases = drafts.ConvertAll(draft => draft.Finish(services, policies, users));
        if (shared.FinishShared(services, policies, users) is { } rest)
        {
            releases.Add(rest);
        }

        return new ManifestGraph(index, releases, operators);

        int? ReleaseOf(Workload workload) => releaseOf.TryGetValue(workload, out var release) ? release : null;
    }

    private void FindCaches(List<ReleaseDraft> drafts, ReleaseDraft shared, Namespaces namespaces)
    {
        var dialled = drafts.SelectMany(static draft => draft.CacheServices).CountBy(static service => service).ToList();
        if (dialled.Count == 0)
        {
            return;
        }

        var pods = new LabelIndex();
        // The longest value of a selector probably has the fewest other pods.
        foreach (
            var workload in index.FindWorkloadsWithAny(
                dialled.Select(static service => service.Key.Selector.Values.MaxBy(static value => value.Length)!)
            )
        )
        {
            pods.Add(workload, namespaces.Of(workload.Object), workload.Labels);
        }

        var many = dialled.FindAll(static service => service.Value > Release.MaxSharing).Select(static service => service.Key).ToHashSet();
        shared.Caches = Behind(many);
        foreach (var draft in drafts)
        {
            draft.Caches = Behind(draft.CacheServices.Where(service => !many.Contains(service)));
        }

        List<Workload> Behind(IEnumerable<Service> services) =>
            [
                .. services
                    .SelectMany(service => pods.With(namespaces.Of(service.Object), service.Selector))
                    .SelectMany(static group => group.Workloads)
                    .Distinct(),
            ];
    }

    private void FindGateways(List<ReleaseDraft> drafts, ReleaseDraft shared, Namespaces namespaces)
    {
        var gateways = new GatewayFinder(index, namespaces);
        foreach (var draft in drafts)
        {
            draft.Gateways = gateways.PassingTo(draft.Roles.Keys);
        }

        if (drafts.TrueForAll(static draft => draft.Gateways.Count == 0))
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
