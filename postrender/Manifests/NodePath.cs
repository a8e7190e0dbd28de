using System.Text;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Manifests;

/// <summary>
/// The path from a document's root to one of its nodes: keys of mappings and indexes of sequences. Compared by content. As text:
/// <c>spec.containers[0].args</c>; a key that is not a simple word is written <c>["app.kubernetes.io/name"]</c>.
/// </summary>
public sealed class NodePath : IEquatable<NodePath>
{
    private readonly PathSegment[] _segments;

    private NodePath(PathSegment[] segments) => _segments = segments;

    /// <summary>The empty path, which is that of the root of a document.</summary>
    public static NodePath Root { get; } = new([]);

    /// <summary>The segments, outermost first.</summary>
    public IReadOnlyList<PathSegment> Segments => _segments;

    /// <summary>The path without its last segment; for the root, the root.</summary>
    public NodePath Parent => new(_segments.Length == 0 ? _segments : _segments[..^1]);

    /// <summary>A path of keys below the root.</summary>
    /// <param name="keys">The keys, outermost first.</param>
    public static NodePath Of(params ReadOnlySpan<string> keys) => Root.Key(keys);

    /// <summary>The path of a key, or of nested keys, below this path.</summary>
    /// <param name="keys">The keys, outermost first.</param>
    public NodePath Key(params ReadOnlySpan<string> keys)
    {
        var segments = new PathSegment[_segments.Length + keys.Length];
        _segments.CopyTo(segments, 0);
        for (var i = 0; i < keys.Length; i++)
        {
            segments[_segments.Length + i] = new PathSegment(keys[i], 0);
        }

        return new NodePath(segments);
    }

    /// <summary>The path of a sequence item below this path.</summary>
    /// <param name="index">The item's index, from 0.</param>
    public NodePath Item(int index) => new([.. _segments, new PathSegment(null, index)]);

    /// <summary>This path, continued by another one.</summary>
    /// <param name="tail">The path below this one.</param>
    public NodePath Append(NodePath tail) => new([.. _segments, .. tail._segments]);

    /// <inheritdoc/>
    public bool Equals(NodePath? other) => other is not null && _segments.AsSpan().SequenceEqual(other._segments);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NodePath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var segment in _segments)
        {
            hash.Add(segment);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (key, index) in _segments)
        {
            if (key is null)
            {
                text.Append('[').Append(index).Append(']');
            }
            else if (key.Length > 0 && key.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            {
                text.Append(text.Length == 0 ? "" : ".").Append(key);
            }
            else
            {
                text.Append("[\"").Append(Printable.OneLine(key)).Append("\"]");
            }
        }

        return text.ToString();
    }
}

/// <summary>A segment of a <see cref="NodePath"/>: a key, or an index if the key is null.</summary>
/// <param name="Key">The key of a mapping, or null.</param>
/// <param name="Index">The index in a sequence, from 0.</param>
public readonly record struct PathSegment(string? Key, int Index);
