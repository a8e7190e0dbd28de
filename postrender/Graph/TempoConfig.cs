using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>A Tempo config of the stream and the containers that read it.</summary>
public sealed class TempoConfig
{
    private readonly List<TempoContainer> _containers = [];

    internal TempoConfig(ConfigFile file) => File = file;

    /// <summary>The file.</summary>
    public ConfigFile File { get; }

    /// <summary>The containers that read it; empty for a config that comes without any workload.</summary>
    public IReadOnlyList<TempoContainer> Containers => _containers;

    /// <summary>The components that run with it. A config without any container is taken to serve all of them.</summary>
    public IReadOnlyList<string> Targets => _containers.Count > 0
        ? [.. _containers.SelectMany(static container => container.Targets).Distinct(StringComparer.Ordinal)]
        : Find(TempoSettings.MemberlistJoinMembers) is null ? [TempoTarget.All] : [.. TempoTarget.Known.Select(static target => target.Name)];

    /// <summary>The generation: by the images that read the config, else by what only 2.x has, else the newest.</summary>
    public TempoGeneration Generation
    {
        get
        {
            if (_containers.Select(static container => container.ImageGeneration).FirstOrDefault(static stated => stated is not null) is { } stated)
            {
                return stated;
            }

            var hasTwosTargets = _containers.Any(static container => container.Targets.Any(static target => target is "ingester" or "compactor" or "scalable-single-binary"));
            return hasTwosTargets || Find(NodePath.Of("ingester")) is not null || Find(NodePath.Of("compactor")) is not null
                ? TempoGeneration.Two
                : TempoGeneration.Three;
        }
    }

    /// <summary>Whether any process with this config joins memberlist.</summary>
    public bool HasGossipMembers => _containers.Count > 0
        ? _containers.Any(container => container.JoinsMemberlist(Generation))
        : Find(TempoSettings.MemberlistJoinMembers) is not null;

    /// <summary>Whether the config itself says where memberlist binds.</summary>
    public bool StatesBindAddress => Find(TempoSettings.MemberlistBindAddress) is not (null or ScalarNode { IsNull: true } or SequenceNode { Items.Count: 0 });

    /// <summary>Whether memberlist is told by flags alone where to bind: the config lists nothing, and every member has the flag.</summary>
    public bool IsBoundByFlags => !StatesBindAddress
        && _containers.Where(container => container.JoinsMemberlist(Generation)).ToList() is [_, ..] members
        && members.TrueForAll(static member => member.BindFlags.Count > 0);

    /// <summary>Whether the internal server runs.</summary>
    public bool HasInternalServer => IsTrue(TempoSettings.InternalServerEnabled);

    private bool HasGlobalRate => TempoSettings.RateStrategies.Any(path => Text(path) == "global");

    /// <summary>Whether any process with this config registers itself in a ring.</summary>
    /// <param name="ring">The ring.</param>
    public bool Uses(TempoRing ring) => ring.Generations.Contains(Generation) && TempoTarget.Runs(Targets, ring.Component) && ring.Condition switch
    {
        RingCondition.KeyValueStoreSet => Text(ring.Path.Key("kvstore", "store")) is { Length: > 0 },
        RingCondition.TargetNamed => Targets.Contains(ring.Component),
        RingCondition.GlobalRateStrategy => HasGlobalRate,
        _ => true,
    };

    /// <summary>Whether any store that a component opens is memberlist, as it is where the config says nothing else.</summary>
    internal bool OpensMemberlist(string component, TempoGeneration generation)
    {
        var stores = TempoStore.Known
            .Where(store => store.Component == component && store.Generation == generation && (!store.OnlyWithGlobalRate || HasGlobalRate))
            .ToList();
        return stores.Count == 0 || stores.Exists(store => Text(store.Path.Key("store")) switch
        {
            null or "" or TempoStore.Memberlist => true,
            "multi" => Text(store.Path.Key("multi", "primary")) == TempoStore.Memberlist || Text(store.Path.Key("multi", "secondary")) == TempoStore.Memberlist,
            _ => false,
        });
    }

    /// <summary>The node at a path of the config, or null.</summary>
    /// <param name="path">The path.</param>
    public YamlNode? Find(NodePath path) => File.Document.Find(path);

    /// <summary>The scalar at a path of the config as Tempo reads it, or null where there is none or it is null.</summary>
    /// <param name="path">The path.</param>
    public string? Text(NodePath path) => Find(path).AsText() is { } text ? ConfigVariables.Expand(text, _containers) : null;

    /// <summary>Whether a setting is true, as Tempo reads it.</summary>
    /// <param name="path">The path.</param>
    public bool IsTrue(NodePath path) => Boolean(path) == true;

    /// <summary>The boolean at a path as Tempo reads it, or null where there is none.</summary>
    /// <param name="path">The path.</param>
    public bool? Boolean(NodePath path) => Find(path) is ScalarNode { Style: ScalarStyle.Plain, Tag: null } scalar
        ? NodeReading.ToBoolean(ConfigVariables.Expand(scalar.Value, _containers))
        : null;

    /// <summary>The strings at a path: the items of a list, or the one scalar that stands there instead.</summary>
    /// <param name="path">The path.</param>
    public IReadOnlyList<string> Texts(NodePath path)
    {
        IReadOnlyList<string> texts = Find(path) switch
        {
            SequenceNode sequence => sequence.Texts(),
            ScalarNode { IsNull: false } scalar => [scalar.Value],
            _ => [],
        };
        return [.. texts.Select(text => ConfigVariables.Expand(text, _containers))];
    }

    /// <summary>The scalars that a pattern leads to, with their places.</summary>
    /// <param name="pattern">Keys separated by dots; <c>[]</c> stands for every item of a list, or for the one scalar in place of it.</param>
    public IEnumerable<(NodePath Path, string Text)> Values(string pattern)
    {
        IEnumerable<(NodePath Path, YamlNode? Node)> places = [(NodePath.Root, File.Document.Root)];
        foreach (var key in pattern.Split('.'))
        {
            var name = key.EndsWith("[]", StringComparison.Ordinal) ? key[..^2] : key;
            places = places.Select(place => (place.Path.Key(name), place.Node.Get(name)));
            if (name.Length < key.Length)
            {
                places = places.SelectMany(static place => place.Node is ScalarNode ? [place] : place.Node.Items().Select((item, index) => (place.Path.Item(index), (YamlNode?)item)));
            }
        }

        return places
            .Where(static place => place.Node is ScalarNode { IsNull: false, Value.Length: > 0 })
            .Select(place => (place.Path, ConfigVariables.Expand(((ScalarNode)place.Node!).Value, _containers)));
    }

    /// <summary>Whether a file reads as a Tempo config and as nothing else.</summary>
    internal static bool IsTempoConfig(ConfigFile file) => file.Document.Find(TempoSettings.TraceStorage) is MappingNode;

    internal void ReadBy(TempoContainer container) => _containers.Add(container);
}
