using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Rules;

/// <summary>A rule about what stands in Tempo's config.</summary>
public abstract class ConfigRule : Rule
{
    /// <inheritdoc/>
    public sealed override IEnumerable<Finding> Check(RuleContext release) => release.Configs.SelectMany(config => Check(config, release));

    private protected abstract IEnumerable<Finding> Check(TempoConfig config, RuleContext release);

    /// <summary>A finding at a setting, repaired by another value.</summary>
    private protected Finding Set(TempoConfig config, NodePath path, string found, string why, YamlValue value) =>
        Fixable(
            Place.In(config.File, path), found, why,
            value is YamlValue.Text { Value: var text } && !IsShown(config, text) ? "Set it to the same on the wildcard of the release's family" : $"Set it to {value}",
            Edit.Set(config.File.Document, path, value));

    /// <summary>A finding at a setting that only the user can repair.</summary>
    private protected Finding Error(TempoConfig config, NodePath path, string found, string why, string remedy) =>
        Error(Place.In(config.File, path), found, why, remedy);

    /// <summary>A value as it may be printed: out of a Secret nothing but addresses is.</summary>
    private protected static string Show(TempoConfig config, string value) =>
        IsShown(config, value) ? Printable.OneLine(value) : "a value that is not shown, because it stands in a Secret";

    private static bool IsShown(TempoConfig config, string value) => !config.File.IsSecret || Endpoint.Parse(value).IsNumeric;
}
