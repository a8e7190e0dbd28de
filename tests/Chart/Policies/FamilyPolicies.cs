using System.Net;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Policies;

/// <summary>The whole release uses one family.</summary>
internal static partial class FamilyPolicies
{
    public static IReadOnlyList<Policy> All { get; } =
    [new("No_address_of_the_other_family_stands_anywhere", Literals), new("The_post_renderer_has_nothing_to_say", Check)];

    /// <summary>
    /// Every text of the release, files in ConfigMaps and scripts included, and every word of it that is an address.
    /// </summary>
    private static IEnumerable<string> Literals(RenderedRelease release)
    {
        foreach (var o in release.Objects)
        {
            foreach (var (path, value) in o.Json.Scalars().Where(static scalar => scalar.Value.IsString()))
            {
                foreach (var word in Address().Matches(value.Text()!).Select(static match => match.Value))
                {
                    var family = FamilyOf(word);
                    if (
                        family == release.Case.OtherFamily
                        && !IsListen(o, path, word)
                        && !(release.Case.FamilyPolicy != "SingleStack" && IsForClients(o, path))
                    )
                    {
                        yield return $"{o} {path} holds {word}";
                    }
                }
            }
        }
    }

    private static string? FamilyOf(string word)
    {
        if (word is "IPv4" or "IPv6")
        {
            return word;
        }

        return IPAddress.TryParse(word, out var address)
            ? address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
                ? "IPv6"
                : "IPv4"
            : null;
    }

    /// <summary>Fields that allow clients of the second family, with a dual-stack policy.</summary>
    private static bool IsForClients(ReleaseObject o, string path) =>
        o.Kind switch
        {
            "Service" => path == "spec.ipFamilies[1]" || path == "spec.clusterIPs[1]" || path.StartsWith("spec.loadBalancerSourceRanges"),
            "NetworkPolicy" => path.EndsWith(".cidr"),
            _ => false,
        };

    /// <summary>The lines with the addresses on which the gateway listens; <see cref="GatewayPolicies"/> checks them.</summary>
    private static bool IsListen(ReleaseObject o, string path, string word) =>
        o.Kind == "ConfigMap" && path == "data.nginx.conf" && word == "::";

    private static IEnumerable<string> Check(RenderedRelease release)
    {
        var rules = release.Case.Breaks.SelectMany(static rule => new[] { "--disable", rule });
        var result = AppRunner
            .RunAsync(release.Text, ["check", "--address-family", release.Case.Family, "--fail-on", "warning", .. rules])
            .GetAwaiter()
            .GetResult();
        return result.ExitCode == 0 ? [] : [result.Output + result.Error];
    }

    [GeneratedRegex(@"IPv[46]|(?<![\w.])[0-9]{1,3}(\.[0-9]{1,3}){3}(?![\w.])|(?<![\w:])([0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?![\w:])")]
    private static partial Regex Address();
}
