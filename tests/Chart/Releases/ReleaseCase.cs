using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Releases;

/// <summary>What a release is rendered from.</summary>
/// <param name="Name">What tests call it: <c>ci/monolithic-ipv6</c>, <c>feature/gateway IPv4</c>.</param>
/// <param name="Files">Values files, relative to the repository; later files win.</param>
internal sealed partial record ReleaseCase(string Name, params string[] Files)
{
    /// <summary>The longest name that Helm takes.</summary>
    public static string LongestReleaseName { get; } = "a-release-whose-name-is-as-long-as-helm-lets-a-name-be"[..53];

    private static readonly ConcurrentDictionary<(string Name, int Helm), Task<RenderedRelease>> Rendered = [];

    public string ReleaseName { get; init; } = "tempo";

    /// <summary>
    /// Objects that the values say are there already, as <c>Kind/name</c>: the line <c># existing: ...</c> of a values file.
    /// </summary>
    public IReadOnlySet<string> Existing => Notes("existing");

    /// <summary>Rules of tempo-postrender that the values contradict on purpose: the line <c># breaks: ...</c>.</summary>
    public IReadOnlySet<string> Breaks => Notes("breaks");

    /// <summary>The version of Tempo, if it is not that of the chart: the line <c># tempo: ...</c>.</summary>
    public string? OtherTempo => Notes("tempo").FirstOrDefault();

    public string Family => LastValue("addressFamily") ?? "IPv6";

    public string OtherFamily => Family == "IPv6" ? "IPv4" : "IPv6";

    public string FamilyPolicy => LastValue("ipFamilyPolicy") ?? "SingleStack";

    /// <summary>Whether the values say that pods have IPv6 addresses; the kernel of an IPv6 release always has IPv4.</summary>
    public bool HasIPv6 => Family == "IPv6" || FamilyPolicy == "RequireDualStack" || LastValue("clusterHasIPv6") == "true";

    public string Mode => LastValue("mode") ?? "monolithic";

    /// <summary>Renders with Helm 4, or returns the text that another test has rendered.</summary>
    public Task<RenderedRelease> RenderAsync() => RenderAsync(HelmVersions.Four);

    /// <summary>Renders and reads a release once for all tests, which must not change it.</summary>
    public Task<RenderedRelease> RenderAsync(HelmBinary helm) => Rendered.GetOrAdd((Name, helm.Major), _ => RenderOnceAsync(helm));

    private async Task<RenderedRelease> RenderOnceAsync(HelmBinary helm)
    {
        var result = await Renders.RunAsync(helm, Arguments());
        return result.ExitCode == 0
            ? new RenderedRelease(this, result.Output)
            : throw new Xunit.Sdk.XunitException($"{Name} does not render with Helm {helm.Major}: {result.Error}");
    }

    /// <summary>The arguments of <c>helm</c>.</summary>
    public string[] Arguments(params string[] more) =>
        Renders.Template(ReleaseName, "chart", [.. Files.SelectMany(static file => new[] { "-f", file }), .. more]);

    public override string ToString() => Name;

    private string? LastValue(string key) =>
        Texts().Reverse().Select(text => StrictYaml.Read(text).At(key).Text()).FirstOrDefault(static value => value is not null);

    private HashSet<string> Notes(string key) =>
        Texts()
            .SelectMany(static text => Note().Matches(text))
            .Where(match => match.Groups["key"].Value == key)
            .SelectMany(static match => match.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries))
            .ToHashSet();

    private IEnumerable<string> Texts() => Files.Select(static file => File.ReadAllText(Repository.Path(file)));

    [GeneratedRegex("^# (?<key>existing|breaks|tempo): (?<values>.+)$", RegexOptions.Multiline)]
    private static partial Regex Note();
}
