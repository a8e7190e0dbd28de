using System.Text;
using Map = Tempo.Helm.Tests.Properties.YamlText.Map;

namespace Tempo.Helm.Tests.Properties;

/// <summary>
/// A Tempo release as any chart with any overrides might render it: a mix of set, half-set and unset families, in any
/// object, mount and layout. Generated from a seed, so that a failing case can be repeated.
/// </summary>
internal sealed partial class GeneratedRelease
{
    private static readonly string[] ThreesTargets =
    [
        "distributor",
        "live-store",
        "block-builder",
        "backend-scheduler",
        "backend-worker",
        "querier",
        "query-frontend",
        "metrics-generator",
    ];
    private static readonly string[] TwosTargets =
    [
        "distributor",
        "ingester",
        "compactor",
        "querier",
        "query-frontend",
        "metrics-generator",
    ];

    private readonly Random _random;
    private readonly YamlText _yaml;
    private readonly string _name;
    private readonly string? _namespace;
    private readonly bool _isTwo;
    private readonly bool _isHelm4;

    public GeneratedRelease(int seed, string name = "traces")
    {
        _random = new Random(seed);
        _yaml = new YamlText(_random);
        _name = name;
        _namespace = Pick(null, "obs");
        _isTwo = _random.Next(4) == 0;
        _isHelm4 = _random.Next(4) == 0;
        var manifests = Manifests().ToList();
        Documents = [.. manifests.Select(Render)];
    }

    /// <summary>The documents, each with its comment, without markers.</summary>
    public IReadOnlyList<string> Documents { get; }

    private IEnumerable<(string Template, Map Manifest)> DocumentsOf(IReadOnlyList<string> targets)
    {
        yield return ("config.yaml", Config());
        yield return (
            "gossip-ring.yaml",
            Service("gossip-ring", isHeadless: true, new Map { { "tempo-gossip-member", "true" }, { "release", _name } }, 7946)
        );
        foreach (var target in targets)
        {
            yield return ($"{target}/workload.yaml", Workload(target));
            foreach (var suffix in (string[])["", "-discovery"])
            {
                if (_random.Next(3) > 0)
                {
                    yield return (
                        $"{target}/service{suffix}.yaml",
                        Service(target + suffix, suffix.Length > 0, new Map { { "component", target }, { "release", _name } }, 3200)
                    );
                }
            }
        }
    }

    private IEnumerable<(string Template, Map Manifest)> Manifests()
    {
        if (_random.Next(5) == 0)
        {
            return DocumentsOf(["all"]);
        }

        var known = _isTwo ? TwosTargets : ThreesTargets;
        return DocumentsOf([.. known.Where(_ => _random.Next(4) > 0).DefaultIfEmpty("querier")]);
    }

    private string Render((string Template, Map Manifest) document)
    {
        if (_isHelm4)
        {
            var metadata = (Map)document.Manifest.First(static entry => entry.Key == "metadata").Value!;
            metadata.Add("annotations", Map.Of("postrenderer.helm.sh/postrender-filename", $"{_name}/templates/{document.Template}"));
        }

        var text = _yaml.Document(document.Manifest);
        // Helm 3 trims a document, so that its first key is in column 0 whatever precedes it.
        text = text.TrimStart('\n');
        return _isHelm4 ? text : $"# Source: {_name}/templates/{document.Template}\n{text}";
    }

    private Map Metadata(string component)
    {
        var metadata = Map.Of("name", $"{_name}-{component}");
        if (_namespace is not null)
        {
            metadata.Add("namespace", _namespace);
        }

        return metadata;
    }

    private Map Service(string component, bool isHeadless, Map selector, int port)
    {
        var spec = new Map();
        if (isHeadless)
        {
            spec.Add("clusterIP", new YamlText.Raw("None"));
        }

        Maybe(spec, "ipFamilies", List("IPv4"), List("IPv6"), List("IPv4", "IPv6"), List("IPv6", "IPv4"), new List<object?>(), null);
        Maybe(spec, "ipFamilyPolicy", "SingleStack", "PreferDualStack", "RequireDualStack", null);
        if (component == "gossip-ring")
        {
            Maybe(spec, "publishNotReadyAddresses", new YamlText.Raw("true"), new YamlText.Raw("false"));
        }

        spec.Add(
            "ports",
            new List<object?>
            {
                new Map
                {
                    { "name", "port" },
                    { "port", new YamlText.Raw(port.ToString(System.Globalization.CultureInfo.InvariantCulture)) },
                },
            }
        );
        spec.Add("selector", selector);
        return Shuffle(
            new Map
            {
                { "apiVersion", "v1" },
                { "kind", new YamlText.Raw("Service") },
                { "metadata", Metadata(component) },
                { "spec", spec },
            }
        );
    }

    private Map Workload(string target)
    {
        var labels = new Map { { "component", target }, { "release", _name } };
        if (_random.Next(3) == 0)
        {
            labels.Add("tempo-gossip-member", Pick("true", "true", "no"));
        }

        var args = Pick<List<object?>>(
            List($"-target={target}", "-config.file=/conf/tempo.yaml"),
            List("--target", target, "--config.file", "/conf/tempo.yaml"),
            List($"-config.file=/conf/tempo.yaml", $"-target={target}", "-server.http-listen-address=0.0.0.0"),
            List($"-config.file=/conf/tempo.yaml", $"-target={target}", "-server.grpc-listen-address=::0")
        );
        var container = new Map
        {
            { "name", "tempo" },
            { "image", $"docker.io/grafana/tempo:{(_isTwo ? "2.10.8" : "3.0.3")}" },
            { Pick("args", "command"), args },
            {
                "volumeMounts",
                new List<object?>
                {
                    new Map { { "name", "config" }, { "mountPath", "/conf" } },
                }
            },
        };
        var template = new Map
        {
            { "metadata", Map.Of("labels", labels) },
            {
                "spec",
                new Map
                {
                    {
                        "containers",
                        new List<object?> { container }
                    },
                    {
                        "volumes",
                        new List<object?> { Volume() }
                    },
                }
            },
        };
        return new Map
        {
            { "apiVersion", "apps/v1" },
            { "kind", new YamlText.Raw(target is "live-store" or "ingester" or "block-builder" ? "StatefulSet" : "Deployment") },
            { "metadata", Metadata(target) },
            { "spec", Map.Of("template", template) },
        };
    }

    private bool IsSecret => _name.Length % 2 == 1 && _isTwo;

    private Map Volume()
    {
        var source = new Map { { IsSecret ? "secretName" : "name", $"{_name}-config" } };
        if (_random.Next(2) == 0)
        {
            source.Add(
                "items",
                new List<object?>
                {
                    new Map { { "key", "tempo.yaml" }, { "path", "tempo.yaml" } },
                }
            );
        }

        return new Map { { "name", "config" }, { IsSecret ? "secret" : "configMap", source } };
    }

    private Map Config()
    {
        var text = _yaml.Document(TempoConfig());
        object carried = _random.Next(4) switch
        {
            0 when IsSecret => new YamlText.Raw(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))),
            1 when !IsSecret => text,
            _ => new YamlText.Block(text.TrimStart('\n'), StartsWithBlanks: _random.Next(3) == 0),
        };
        var field =
            !IsSecret ? "data"
            : carried is YamlText.Raw ? "data"
            : "stringData";
        return new Map
        {
            { "apiVersion", "v1" },
            { "kind", new YamlText.Raw(IsSecret ? "Secret" : "ConfigMap") },
            { "metadata", Metadata("config") },
            { field, Map.Of("tempo.yaml", carried) },
        };
    }

    private void Maybe(Map map, string key, params object?[] values)
    {
        if (_random.Next(values.Length + 1) is var choice && choice < values.Length)
        {
            map.Add(key, values[choice]);
        }
    }

    private Map Shuffle(Map map)
    {
        var shuffled = new Map();
        shuffled.AddRange(map.OrderBy(_ => _random.Next()));
        return shuffled;
    }

    private static List<object?> List(params string[] items) => [.. items];

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
