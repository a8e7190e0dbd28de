using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Generated;

/// <summary>One key of chart/values.yaml, with what the comments above it say.</summary>
internal sealed class ValuesKey(string path, int line, YamlNode value)
{
    /// <summary>Dotted path from the top of the file, such as <c>ingest.kafka.address</c>.</summary>
    public string Path { get; } = path;

    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>Line of the key in the file, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The default.</summary>
    public YamlNode Value { get; } = value;

    /// <summary>The text after <c># --</c>, or null.</summary>
    public string? OwnSentence { get; init; }

    /// <summary>The text after <c># @schema</c>.</summary>
    public JsonObject Overlay { get; init; } = [];

    /// <summary>The text after <c># @type</c>.</summary>
    public string? OwnType { get; init; }

    /// <summary>The type of the key, or of the base key that it replaces.</summary>
    public string? Type => OwnType ?? Base?.Type;

    /// <summary>Whether <c># @free</c> takes the block as it is.</summary>
    public bool IsFree { get; init; }

    /// <summary>The block that <c># @extends</c> names.</summary>
    public string? ExtendsName { get; init; }

    /// <summary>The keys below this one in the file.</summary>
    public IReadOnlyList<ValuesKey> OwnKeys { get; init; } = [];

    /// <summary>The key of the base block that this one replaces or refines.</summary>
    public ValuesKey? Base { get; set; }

    /// <summary>Whether it is in a block that others extend.</summary>
    public bool IsInBaseBlock { get; set; }

    /// <summary>The sentence of the key, or that of the base key.</summary>
    public string? Sentence => OwnSentence ?? Base?.Sentence;

    /// <summary>Whether the chart accepts only the keys below it.</summary>
    public bool HasFixedKeys => !IsFree && (OwnKeys.Count > 0 || Base is { HasFixedKeys: true });

    /// <summary>Whether the chart accepts null, which means that the key is not set here.</summary>
    public bool IsNullable => IsInBaseBlock || (Base is not null && ExtendsName is null);

    /// <summary>The keys of the base block, replaced by those written here, and then the block's own.</summary>
    public IEnumerable<ValuesKey> Keys =>
        IsFree
            ? []
            : (Base?.Keys ?? [])
                .Select(key => OwnKeys.FirstOrDefault(own => own.Name == key.Name) ?? key)
                .Concat(OwnKeys.Where(own => Base is null || Base.Keys.All(key => key.Name != own.Name)));

    /// <summary>This key and all keys below it in the file.</summary>
    public IEnumerable<ValuesKey> Written => OwnKeys.SelectMany(static key => key.Written).Prepend(this);

    public override string ToString() => $"{Path} (line {Line})";
}
