using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Graph;

/// <summary>A setting with addresses that Tempo dials, and its value.</summary>
/// <param name="Peer">The setting.</param>
/// <param name="Path">The path of the setting in the config.</param>
/// <param name="Text">The addresses as Tempo reads them, separated by commas.</param>
public readonly record struct PeerValue(TempoPeer Peer, NodePath Path, string Text);

/// <summary>A Tempo config of the stream and the containers that read it.</summary>
public sealed class TempoConfig
{
    private readonly List<TempoContainer> _containers = [];
    private readonly Dictionary<ScalarNode, YamlNode?> _expanded = [];
    private readonly VariableExpansion _variables;
    private readonly Lazy<YamlNode?> _root;
    private IReadOnlyList<PeerValue>? _peers;
    private List<(PeerValue Peer, ServiceName Name)>? _dialledNames;

    /// <summary>Creates a config.</summary>
    /// <param name="readers">All containers with the file, whether they run Tempo or not.</param>
    internal TempoConfig(ConfigFile file, IReadOnlyList<Container> readers)
    {
        File = file;
        _variables = new VariableExpansion(readers);
        _root = new Lazy<YamlNode?>(ReadRoot, LazyThreadSafetyMode.None);
    }

    /// <summary>The file.</summary>
    public ConfigFile File { get; }

    /// <summary>The Tempo containers that read it; empty for a config without a workload.</summary>
    public IReadOnlyList<TempoContainer> Containers => _containers;

    /// <summary>
    /// The root of the config as Tempo reads it, or null if it is not YAML, or cannot be parsed before its variables are known.
    /// </summary>
    public YamlNode? Root => _root.Value;

    /// <summary>Whether Tempo expands variables in the file before it reads it.</summary>
    public bool IsExpanded => _variables.IsOn;

    /// <summary>
    /// The versions of Tempo that read it: those of its containers. Without containers, all known versions that have the sections
    /// and ring settings of the config.
    /// </summary>
    public IReadOnlyList<TempoVersion> Versions =>
        _containers.Count > 0
            ? [.. _containers.Select(static container => container.Version).Distinct()]
            : [.. TempoVersions.Known.Where(Fits)];

    /// <summary>Whether any process with this config joins memberlist. Without a container, the config alone decides.</summary>
    public bool HasGossipMembers =>
        _containers.Count > 0
            ? _containers.Exists(static container => container.JoinsMemberlist)
            : Find(TempoSettings.MemberlistJoinMembers) is not null;

    /// <summary>Whether the config sets memberlist's bind address.</summary>
    public bool SetsBindAddress =>
        Find(TempoSettings.MemberlistBindAddress.Path) is not (null or ScalarNode { IsNull: true } or SequenceNode { Items.Count: 0 });

    /// <summary>Whether only flags set memberlist's bind address: the config sets none, and every member has the flag.</summary>
    public bool IsBoundByFlags =>
        !SetsBindAddress
        && _containers.Where(static container => container.JoinsMemberlist).ToList() is [_, ..] members
        && members.TrueForAll(static member => member.BindFlags.Count > 0);

    /// <summary>Whether the internal server runs.</summary>
    public bool HasInternalServer => IsTrue(TempoSettings.InternalServerEnabled);

    /// <summary>Whether any process with this config runs a component. A config without containers serves all of them.</summary>
    public bool Runs(string component) =>
        _containers.Count == 0 || _containers.Exists(container => container.Components.Contains(component));

    /// <summary>
    /// Whether any process with this config registers its own address in a ring that other processes see. Without a container, the
    /// config must have the ring's section and set join_members.
    /// </summary>
    public bool Registers(TempoRing ring) =>
        _containers.Count > 0
            ? _containers.Exists(container => container.Registers(ring, this))
            : HasGossipMembers
                && Find(ring.Path) is MappingNode
                && !TempoRing.IsPrivate(ring.StoreOf(target: "", TempoVersions.NewestRelease, Text))
                && ring.Uses.Any(use => use.IsMember && Holds(use.Condition));

    /// <summary>Whether the config meets the condition for the use of a ring.</summary>
    /// <param name="condition">The condition, or null for none.</param>
    public bool Holds(RingCondition? condition) => condition is null || condition.Paths.Any(path => Text(path) == condition.Value);

    /// <summary>The node at a path of the config as Tempo reads it, or null.</summary>
    public YamlNode? Find(NodePath path)
    {
        var node = Resolve(Root);
        foreach (var (key, index) in path.Segments)
        {
            node = Resolve(
                node switch
                {
                    MappingNode mapping when key is not null => mapping.Find(key),
                    SequenceNode sequence when key is null && index < sequence.Items.Count => sequence.Items[index],
                    _ => null,
                }
            );
        }

        return node;
    }

    /// <summary>The scalar at a path of the config as Tempo reads it, or null if it is missing or null.</summary>
    public string? Text(NodePath path) => Find(path) is ScalarNode { IsNull: false } scalar ? _variables.Expand(scalar.Value) : null;

    /// <summary>Whether a setting is true, as Tempo reads it.</summary>
    public bool IsTrue(NodePath path) => Boolean(path) == true;

    /// <summary>The boolean at a path as Tempo reads it, or null if there is none.</summary>
    public bool? Boolean(NodePath path) =>
        Find(path) is ScalarNode { Style: ScalarStyle.Plain, Tag: null } scalar ? NodeReading.ToBoolean(scalar.Value) : null;

    /// <summary>Whether a setting contains a variable whose value is unknown until Tempo runs.</summary>
    public bool IsUnknown(NodePath path) => Texts(path).Any(static text => text.Contains("${", StringComparison.Ordinal));

    /// <summary>The strings at a path: the items of a list, or a single scalar.</summary>
    public IReadOnlyList<string> Texts(NodePath path) =>
        Find(path) switch
        {
            SequenceNode sequence => Array.ConvertAll(
                Array.FindAll(Array.ConvertAll(sequence.ResolvedItems, Resolve), static item => item is ScalarNode),
                item => _variables.Expand(((ScalarNode)item!).Value)
            ),
            ScalarNode { IsNull: false } scalar => [_variables.Expand(scalar.Value)],
            _ => [],
        };

    /// <summary>The addresses that Tempo dials, in the order of <see cref="TempoPeer.Known"/>.</summary>
    public IReadOnlyList<PeerValue> Peers => _peers ??= ReadPeers();

    /// <summary>The names of Services among <see cref="Peers"/>.</summary>
    internal List<(PeerValue Peer, ServiceName Name)> DialledNames => _dialledNames ??= ReadDialledNames();

    /// <summary>Whether a file is a Tempo config and not the config of another program.</summary>
    internal bool IsTempoConfig => Find(TempoSettings.TraceStorage) is MappingNode;

    internal void ReadBy(TempoContainer container) => _containers.Add(container);

    private static HashSet<string> NamesIn(YamlNode? node)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in (node as MappingNode)?.Entries ?? [])
        {
            if (entry.Name is { } name)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private List<(PeerValue Peer, ServiceName Name)> ReadDialledNames()
    {
        var names = new List<(PeerValue, ServiceName)>();
        foreach (var peer in Peers)
        {
            foreach (var address in peer.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (ServiceName.Parse(address) is { } name)
                {
                    names.Add((peer, name));
                }
            }
        }

        return names;
    }

    private List<PeerValue> ReadPeers()
    {
        var found = new List<PeerValue>();
        foreach (var peer in TempoPeer.Known)
        {
            ReadPeer(peer, step: 0, NodePath.Root, Resolve(Root), found);
        }

        return found;
    }

    private void ReadPeer(TempoPeer peer, int step, NodePath path, YamlNode? node, List<PeerValue> found)
    {
        if (step == peer.Steps.Count)
        {
            if (node is ScalarNode { IsNull: false, Value.Length: > 0 } scalar)
            {
                found.Add(new PeerValue(peer, path, _variables.Expand(scalar.Value)));
            }

            return;
        }

        var (key, isList) = peer.Steps[step];
        foreach (var name in key == "*" ? NamesIn(node) : (IEnumerable<string>)[key])
        {
            var value = Resolve(node.Get(name));
            if (isList && value is SequenceNode)
            {
                var items = value.Items();
                for (var i = 0; i < items.Length; i++)
                {
                    ReadPeer(peer, step + 1, path.Key(name).Item(i), Resolve(items[i]), found);
                }
            }
            else if (value is not null && (!isList || value is ScalarNode))
            {
                ReadPeer(peer, step + 1, path.Key(name), value, found);
            }
        }
    }

    private bool Fits(TempoVersion version) =>
        NamesIn(Root).All(name => TempoSection.Find(name)?.Versions.Contains(version) != false)
        && TempoRing.Known.All(ring =>
            ring.FamilyKeyVersions is not { } having || having.Contains(version) || Find(ring.FamilyKeyPath) is null
        );

    /// <summary>
    /// A node as Tempo reads it. The text of a plain scalar is parsed again after its variables are expanded, and may become a list, a
    /// mapping, or null. If the result is unknown or not YAML, the scalar itself is returned.
    /// </summary>
    private YamlNode? Resolve(YamlNode? node)
    {
        node = AliasNode.Resolve(node);
        if (node is not ScalarNode { Style: ScalarStyle.Plain } scalar || !scalar.Value.Contains("${", StringComparison.Ordinal))
        {
            return node;
        }

        if (!_expanded.TryGetValue(scalar, out var expanded))
        {
            var text = _variables.Expand(scalar.Value);
            _expanded[scalar] = expanded =
                text == scalar.Value || text.Contains("${", StringComparison.Ordinal) ? scalar : ReadText(text) ?? scalar;
        }

        return expanded;
    }

    private YamlNode? ReadRoot()
    {
        if (File.IsYaml)
        {
            return File.Document.Root;
        }

        // For example, a variable on a line of its own can contain whole sections.
        var expanded = _variables.Expand(File.Document.Text);
        return expanded.Contains("${", StringComparison.Ordinal) ? null : ReadText(expanded);
    }

    private static YamlNode? ReadText(string text)
    {
        try
        {
            return YamlReader.Read(text)?.Root ?? YamlReader.Read("~")?.Root;
        }
        catch (YamlSyntaxException)
        {
            return null;
        }
    }
}
