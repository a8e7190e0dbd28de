using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Chart.Kubernetes;
using Tempo.Helm.Tests.Chart.Releases;

namespace Tempo.Helm.Tests.Chart.Policies;

/// <summary>What a strict API server requires of every object.</summary>
internal static partial class ObjectPolicies
{
    public static IReadOnlyList<Policy> All { get; } =
    [
        new("Objects_have_only_fields_that_exist_with_values_of_their_types", static release => Each(release, KubernetesTypes.Errors)),
        new("Objects_have_what_the_API_server_requires", static release => Each(release, RequiredFields.Errors)),
        new("Objects_have_values_that_the_API_server_takes", static release => Each(release, FieldValues.Errors)),
        new("Objects_are_told_apart_by_kind_and_name", Twins),
        new("Names_are_DNS_labels_of_at_most_63_characters", static release => Each(release, Names)),
        new("Labels_and_annotations_are_well_formed", static release => Each(release, Labels)),
        new("Objects_say_whose_they_are", static release => Each(release, o => Ownership(o, release.Case))),
    ];

    private static IEnumerable<string> Each(RenderedRelease release, Func<ReleaseObject, IEnumerable<string>> errors) =>
        release.Objects.SelectMany(o => errors(o).Select(error => $"{o} {error}"));

    private static IEnumerable<string> Twins(RenderedRelease release) =>
        release
            .Objects.CountBy(static o => $"{o.ApiVersion} {o} in {o.Namespace}")
            .Where(static count => count.Value > 1)
            .Select(static count => $"{count.Key} is rendered {count.Value} times");

    private static IEnumerable<string> Names(ReleaseObject o)
    {
        // A StatefulSet's name stands in its pods' label controller-revision-hash with a dash and ten more characters,
        // and a pod's name, which ends in its ordinal, is its host name.
        var longest = o.Kind == "StatefulSet" ? 52 : 63;
        if (o.Name.Length > longest || !DnsLabel().IsMatch(o.Name) || (o.Kind == "Service" && !char.IsAsciiLetterLower(o.Name[0])))
        {
            yield return $"has a name of {o.Name.Length} characters that the API server refuses or its pods cannot bear";
        }

        foreach (var container in o.Containers.Where(static container => !DnsLabel().IsMatch(container.At("name").Text() ?? "")))
        {
            yield return $"has a container named '{container.At("name").Text()}'";
        }
    }

    private static IEnumerable<string> Labels(ReleaseObject o)
    {
        foreach (var (path, value) in o.Json.Scalars())
        {
            if (LabelPath().Match(path) is { Success: true } match)
            {
                var (map, key) = (match.Groups["map"].Value, match.Groups["key"].Value);
                if (!LabelKey().IsMatch(key))
                {
                    yield return $"{path}: '{key}' is not a label or annotation key";
                }

                if (map != "annotations" && !LabelValue().IsMatch(value.Text() ?? ""))
                {
                    yield return $"{path}: '{value.Text()}' is not a label value";
                }
            }
        }
    }

    private static IEnumerable<string> Ownership(ReleaseObject o, ReleaseCase source)
    {
        if (
            o.Json.At("metadata", "labels", "app.kubernetes.io/instance").Text() != source.ReleaseName
            && o.Json.At("metadata", "labels", "example.com/extra") is null
        )
        {
            yield return "does not carry the release's name in app.kubernetes.io/instance";
        }

        if (o.Namespace.Length == 0)
        {
            yield return "has no namespace";
        }
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex DnsLabel();

    [GeneratedRegex(
        @"(^|\.)(?<map>labels|annotations|matchLabels|nodeSelector)\.(?<key>[^\[]+)$|^spec\.(?<map>selector)\.(?<key>(?!match)[^\[]+)$"
    )]
    private static partial Regex LabelPath();

    [GeneratedRegex("^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$")]
    private static partial Regex LabelKey();

    [GeneratedRegex("^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$")]
    private static partial Regex LabelValue();
}
