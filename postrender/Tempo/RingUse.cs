using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Tempo;

/// <summary>A component that uses a ring.</summary>
/// <param name="Component">The component.</param>
/// <param name="Versions">The versions in which it does.</param>
/// <param name="IsMember">Whether it registers its own address there; else it only looks others up.</param>
public sealed record RingUse(string Component, VersionRange Versions, bool IsMember)
{
    /// <summary>What must hold besides, or null.</summary>
    public RingCondition? Condition { get; init; }

    /// <summary>Whether it opens the store that the ring is kept in.</summary>
    public bool OpensStore { get; init; } = true;

    /// <summary>A component that registers its own address.</summary>
    /// <param name="component">The component.</param>
    /// <param name="versions">The versions in which it does.</param>
    public static RingUse Registers(string component, VersionRange versions) => new(component, versions, IsMember: true);

    /// <summary>Components that look others up.</summary>
    /// <param name="versions">The versions in which they do.</param>
    /// <param name="components">The components.</param>
    public static IEnumerable<RingUse> Reads(VersionRange versions, params IEnumerable<string> components) =>
        components.Select(component => new RingUse(component, versions, IsMember: false));
}

/// <summary>A setting that must have a value for a ring to be used.</summary>
/// <param name="Value">The value.</param>
/// <param name="Paths">Where the setting stands, in any of its forms.</param>
public sealed record RingCondition(string Value, params IReadOnlyList<NodePath> Paths);
