using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Tempo;

/// <summary>A key of Tempo's config. Where a version does not have it, it must not be written: Tempo stops on unknown keys.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Versions">The versions whose configuration reference lists it.</param>
public sealed record TempoSetting(NodePath Path, VersionRange Versions)
{
    internal static TempoSetting Of(VersionRange versions, params ReadOnlySpan<string> keys) => new(NodePath.Of(keys), versions);
}
