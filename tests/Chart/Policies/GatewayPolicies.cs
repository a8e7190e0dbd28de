using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Chart.Releases;

namespace Tempo.Helm.Tests.Chart.Policies;

/// <summary>nginx.conf of the gateway, as the chart writes it.</summary>
internal static partial class GatewayPolicies
{
    public static IReadOnlyList<Policy> All { get; } =
    [new("The_gateway_listens_on_every_family_that_kubelet_may_probe_and_the_kernel_has", Listeners)];

    /// <summary>Whether a line of a render says where the gateway listens.</summary>
    public static bool IsListen(string line) => Listen().IsMatch(line);

    /// <summary>Each server: IPv4, because every kernel has it, and IPv6 where the cluster is known to have it.</summary>
    private static IEnumerable<string> Listeners(RenderedRelease release)
    {
        foreach (
            var (o, text) in release
                .OfKind("ConfigMap")
                .Select(static o => (o, o.Json.At("data", "nginx.conf").Text() ?? ""))
                .Where(static file => IsOfTheChart(file.Item2))
        )
        {
            foreach (var server in Server().Split(text).Skip(1))
            {
                var listens = Listen()
                    .Matches(server)
                    .Select(static match => (Address: match.Groups["address"].Value, Port: match.Groups["port"].Value))
                    .ToList();
                string[] wanted = release.Case.HasIPv6 ? ["", "[::]:"] : [""];
                if (
                    !listens.Select(static listen => listen.Address).SequenceEqual(wanted)
                    || listens.DistinctBy(static listen => listen.Port).Count() != 1
                )
                {
                    yield return $"{o}: {string.Join(", ", listens)}";
                }
            }
        }
    }

    /// <summary>A file of the user has none of the chart's locations.</summary>
    private static bool IsOfTheChart(string text) => text.Contains("client_body_temp_path");

    [GeneratedRegex(@"^  server \{$", RegexOptions.Multiline)]
    private static partial Regex Server();

    [GeneratedRegex(@"\blisten (?<address>\[::\]:)?(?<port>[0-9]+( ssl)?);")]
    private static partial Regex Listen();
}
