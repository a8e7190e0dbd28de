using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Tempo;

/// <summary>
/// A key of Tempo's config. It must not be set for a version that does not have it, because Tempo does not start with unknown keys.
/// </summary>
/// <param name="Path">Its path in the config.</param>
/// <param name="Versions">The versions whose configuration reference lists it.</param>
public sealed record TempoSetting(NodePath Path, VersionRange Versions)
{
    internal static TempoSetting Of(VersionRange versions, params ReadOnlySpan<string> keys) => new(NodePath.Of(keys), versions);
}
