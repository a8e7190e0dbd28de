namespace Tempo.PostRender.Graph;

/// <summary>Finds the nginx proxies in front of Tempo, by the Services to which they pass requests.</summary>
internal sealed class GatewayFinder
{
    private readonly DictionaryOfLists<(string Namespace, string Name), Proxy> _byHost = new();
    private readonly Namespaces _namespaces;

    public GatewayFinder(StreamIndex index, Namespaces namespaces)
    {
        _namespaces = namespaces;
        var workloads = index
            .FindWorkloads("nginx")
            .FindAll(static workload =>
                workload.Containers.Any(static container => container.ImageName.Contains("nginx", StringComparison.Ordinal))
            )
            .ConvertAll(static workload => (Workload: workload, Names: MountedConfigMaps(workload).ToList()));
        if (workloads.Count == 0)
        {
            return;
        }

        var configMaps = index
            .FindWithAny("ConfigMap", workloads.SelectMany(static workload => workload.Names))
            .ToLookup(found => (namespaces.Of(found), found.Name));
        foreach (var (workload, names) in workloads)
        {
            foreach (
                var file in names
                    .SelectMany(name => configMaps[(namespaces.Of(workload.Object), name)])
                    .SelectMany(static owner => ConfigFile.OpenAll(owner))
                    .Where(static file => file.Document.Text.Contains("_pass", StringComparison.Ordinal))
            )
            {
                var proxy = new Proxy(workload, new NginxFile(file));
                foreach (
                    var host in Hosts(proxy.File.Directives).Select(host => (namespaces.Of(host, workload.Object), host.Name)).Distinct()
                )
                {
                    _byHost.Add(host, proxy);
                }
            }
        }
    }

    /// <summary>The proxies that pass requests to one of the Services.</summary>
    public List<Gateway> PassingTo(IEnumerable<Service> services) =>
        [
            .. services
                .SelectMany(service => _byHost[(_namespaces.Of(service.Object), service.Object.Name)])
                .Distinct()
                .OrderBy(static proxy => proxy.Workload.Object.Position)
                .GroupBy(
                    static proxy => proxy.Workload,
                    static proxy => proxy.File,
                    static (workload, files) => new Gateway(workload, [.. files])
                ),
        ];

    /// <summary>
    /// The hosts to which a config can pass requests: the hosts in <c>proxy_pass</c> and similar directives, in the servers of an
    /// upstream, and, because a host may come from a variable, in every <c>set</c> and <c>map</c>.
    /// </summary>
    internal static IEnumerable<ServiceName> Hosts(IReadOnlyList<NginxDirective> directives)
    {
        var usesVariables = directives.Any(static directive =>
            IsPass(directive) && directive.Arguments.Any(static argument => argument.Contains('$', StringComparison.Ordinal))
        );
        return directives
            .Where(directive => IsPass(directive) || directive.Name == "server" || usesVariables)
            .SelectMany(static directive => directive.Arguments)
            .Select(static argument => ServiceName.Parse(HostOf(argument)))
            .OfType<ServiceName>();
    }

    private static bool IsPass(NginxDirective directive) => directive.Name.EndsWith("_pass", StringComparison.Ordinal);

    /// <summary>The part of a URL between its scheme and its path or first variable.</summary>
    private static string HostOf(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        var end = url.AsSpan(start).IndexOfAny('/', '$', '?');
        return end < 0 ? url[start..] : url.Substring(start, end);
    }

    private static IEnumerable<string> MountedConfigMaps(Workload workload) =>
        workload
            .Template.Find("spec")
            .Get("volumes")
            .Items()
            .SelectMany(static volume => volume.Get("projected").Get("sources").Items().Prepend(volume))
            .Select(static source => source.Get("configMap").Text("name"))
            .OfType<string>();

    private sealed class Proxy(Workload workload, NginxFile file)
    {
        public Workload Workload { get; } = workload;

        public NginxFile File { get; } = file;
    }
}
