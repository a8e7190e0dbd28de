using System.Text.RegularExpressions;

namespace Tempo.PostRender.Graph;

/// <summary>The nginx proxies of a stream, by the Services that their configs name.</summary>
internal sealed partial class GatewayFinder
{
    private readonly DictionaryOfLists<string, Proxy> _byWord = new();
    private readonly Namespaces _namespaces;

    public GatewayFinder(StreamIndex index, Namespaces namespaces)
    {
        _namespaces = namespaces;
        var proxies = index.FindWorkloads("nginx")
            .Where(static workload => workload.Containers.Any(static container => container.ImageName.Contains("nginx", StringComparison.Ordinal)))
            .Select(static workload => (Workload: workload, Names: MountedConfigMaps(workload).ToList()))
            .ToList();
        if (proxies.Count == 0)
        {
            return;
        }

        var configMaps = index.FindWithAny("ConfigMap", proxies.SelectMany(static proxy => proxy.Names)).ToLookup(found => (namespaces.Of(found), found.Name));
        foreach (var (workload, names) in proxies)
        {
            foreach (var file in names.SelectMany(name => configMaps[(namespaces.Of(workload.Object), name)]).SelectMany(ConfigFile.OpenAll)
                .Where(static file => file.Document.Text.Contains("_pass", StringComparison.Ordinal)))
            {
                var proxy = new Proxy(workload, file, [.. Word().Matches(file.Document.Text).Select(static match => match.Value)]);
                foreach (var word in proxy.Words)
                {
                    _byWord.Add(word, proxy);
                }
            }
        }
    }

    /// <summary>The proxies that pass requests on to one of the Services.</summary>
    public List<Gateway> PassingTo(IEnumerable<Service> services) =>
        [.. services
            .SelectMany(service => _byWord[service.Object.Name].Where(proxy => Reaches(proxy, service)))
            .Distinct()
            .OrderBy(static proxy => proxy.Workload.Object.Document.Index)
            .GroupBy(static proxy => proxy.Workload)
            .Select(static proxies => new Gateway(proxies.Key, [.. proxies.Select(static proxy => proxy.File)]))];

    /// <summary>A Service of another namespace is reached only by a name that states it.</summary>
    private bool Reaches(Proxy proxy, Service service)
    {
        var itsNamespace = _namespaces.Of(service.Object);
        return itsNamespace == _namespaces.Of(proxy.Workload.Object) || proxy.Words.Contains(itsNamespace);
    }

    private static IEnumerable<string> MountedConfigMaps(Workload workload) =>
        workload.Template.Find("spec").Get("volumes").Items()
            .SelectMany(static volume => volume.Get("projected").Get("sources").Items().Prepend(volume))
            .Select(static source => source.Get("configMap").Text("name"))
            .OfType<string>();

    [GeneratedRegex("[A-Za-z0-9-]+")]
    private static partial Regex Word();

    private sealed class Proxy(Workload workload, ConfigFile file, HashSet<string> words)
    {
        public Workload Workload { get; } = workload;

        public ConfigFile File { get; } = file;

        public HashSet<string> Words { get; } = words;
    }
}
