using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>A rule about Tempo's config.</summary>
public abstract class ConfigRule : Rule
{
    /// <inheritdoc/>
    public sealed override IEnumerable<Finding> Check(RuleContext context) =>
        context.Release.Configs.SelectMany(config => Check(config, context));

    private protected abstract IEnumerable<Finding> Check(TempoConfig config, RuleContext context);

    /// <summary>
    /// A finding with an edit that changes a setting. If a version of Tempo that reads the config does not have the setting, the finding
    /// has no edit, because Tempo does not start with unknown keys.
    /// </summary>
    private protected Finding Set(TempoConfig config, TempoSetting setting, string found, string why, YamlValue value)
    {
        var shown =
            value is YamlValue.Text { Value: var text } && !IsShown(config, text)
                ? "the same value with the wildcard of the release's family"
                : value.ToString();
        return setting.Versions.ContainsAll(config.Versions)
            ? Change(config, setting.Path, found, why, Repair.SetTo(shown), Edit.Set(config.File.Document, setting.Path, value))
            : TooOld(config, setting, found, why, shown);
    }

    /// <summary>A finding with an edit of the config; an error without the edit if the file is not YAML and so cannot be edited.</summary>
    private protected Finding Change(TempoConfig config, NodePath path, string found, string why, Repair repair, Edit edit) =>
        config.File.IsYaml
            ? Fixable(Place.In(config.File, path), found, why, repair, edit)
            : Error(
                config,
                path,
                found,
                why,
                $"{repair.Order} by hand: the file cannot be parsed as YAML before its variables are expanded"
            );

    /// <summary>A finding about a setting that only the user can repair.</summary>
    private protected Finding Error(TempoConfig config, NodePath path, string found, string why, string remedy) =>
        Error(Place.In(config.File, path), found, why, remedy);

    /// <summary>A value as reports show it. Of the values in a Secret, only addresses are shown.</summary>
    private protected static string Show(TempoConfig config, string value) =>
        IsShown(config, value) ? Printable.OneLine(value) : "a value that is not shown because it is in a Secret";

    /// <summary>An error; only a warning for a config without a workload, because its version of Tempo is unknown.</summary>
    private Finding TooOld(TempoConfig config, TempoSetting setting, string found, string why, string value)
    {
        if (config.Containers.Count == 0)
        {
            return Warning(
                Place.In(config.File, setting.Path),
                found,
                $"{why}; it is not changed, because no workload in the manifests shows the version of Tempo, and only Tempo "
                    + $"{setting.Versions} has the key",
                $"Set it to {value} if your version of Tempo is {setting.Versions}"
            );
        }

        var tooOld = config.Containers.First(container => !setting.Versions.Contains(container.Version));
        return Error(
            config,
            setting.Path,
            found,
            $"{why}; Tempo {tooOld.Version} reads the config, does not know this key, and would not start with it",
            $"Use Tempo {setting.Versions}, and set it to {value}"
        );
    }

    private static bool IsShown(TempoConfig config, string value) => !config.File.IsSecret || Endpoint.Parse(value).IsNumeric;
}
