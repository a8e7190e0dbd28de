using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Tempo;

/// <summary>A component that uses a ring.</summary>
/// <param name="Versions">The versions in which the component uses the ring.</param>
/// <param name="IsMember">Whether it registers its own address in the ring; otherwise it only looks up other members.</param>
public sealed record RingUse(string Component, VersionRange Versions, bool IsMember)
{
    /// <summary>A setting on which the use also depends, or null.</summary>
    public RingCondition? Condition { get; init; }

    /// <summary>Whether it opens the key-value store of the ring.</summary>
    public bool OpensStore { get; init; } = true;

    /// <summary>A component that registers its own address.</summary>
    /// <param name="versions">The versions in which it does.</param>
    public static RingUse Registers(string component, VersionRange versions) => new(component, versions, IsMember: true);

    /// <summary>Components that read the ring, but do not register in it.</summary>
    /// <param name="versions">The versions in which they do.</param>
    public static RingUse[] Reads(VersionRange versions, params string[] components) =>
        Array.ConvertAll(components, component => new RingUse(component, versions, IsMember: false));
}

/// <summary>A setting that must have a value for a ring to be used.</summary>
/// <param name="Paths">The paths of the setting, in all of its forms.</param>
public sealed record RingCondition(string Value, params IReadOnlyList<NodePath> Paths);
