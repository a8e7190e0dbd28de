using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.Helm.Tests.Cluster.Verify;

/// <summary>The results of the commands that connect: everything works unless a test changes it.</summary>
internal sealed class LiveNetwork
{
    /// <summary>The result of connecting, by pod, destination and family: curl's exit code and time; null if it is reached.</summary>
    public Func<string, string, AddressFamily, string?> Connects { get; set; } = static (_, _, _) => null;

    /// <summary>What is printed instead of all connections.</summary>
    public string? ReachOutput { get; set; }

    /// <summary>What a Kafka answers, by its address; null for no answer.</summary>
    public Func<string, byte[]?> Answers { get; set; } = static to => FakeKafka.Response(new KafkaBroker(1, to.Split(':')[0], 9092));

    /// <summary>The result of sending a span, by its URL: curl's exit code, and the lines of its summary; null if it is accepted.</summary>
    public Func<string, (int ExitCode, string Summary)?> Takes { get; set; } = static _ => null;

    /// <summary>The result of reading a span, by the URL it was sent to and the URL it is read from; null if it is found.</summary>
    public Func<string, string, (int ExitCode, string Summary)?> Returns { get; set; } = static (_, _) => null;

    /// <summary>What is printed instead of all spans.</summary>
    public string? TraceOutput { get; set; }

    /// <summary>The command of a container.</summary>
    public static List<string> CommandOf(JsonObject container) =>
        [.. container["command"]!.AsArray().Select(static word => word!.GetValue<string>())];

    /// <summary>What a command prints, or null if it does not connect.</summary>
    /// <param name="from">The pod.</param>
    /// <param name="command">The command.</param>
    public string? Print(string from, List<string> command) =>
        command.Count <= 3 ? null
        : command[2].Contains("== kafka") ? PrintKafka(command[7..])
        : command[2].Contains("== trace") ? TraceOutput ?? PrintTrace(command[4..])
        : ReachOutput ?? PrintReach(from, command[4..]);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private string PrintReach(string from, IEnumerable<string> destinations) =>
        "== curl\n"
        + string.Concat(
            from to in destinations
            from family in (AddressFamily[])[AddressFamily.IPv4, AddressFamily.IPv6]
            select $"{to} {(family == AddressFamily.IPv6 ? 6 : 4)} {Connects(from, to, family) ?? "28 0.000123"}\n"
        )
        + "== end\n";

    private string PrintKafka(IEnumerable<string> kafkas) =>
        "== kafka\n"
        + string.Concat(kafkas.Select(to => $"asked {to} {(Answers(to) is { } answer ? Convert.ToBase64String(answer) : "")}\n"))
        + "== end\n";

    /// <summary>The family, the tenant, how many ways there are to read, these, and five words for each span.</summary>
    private string PrintTrace(List<string> words)
    {
        var count = int.Parse(words[2], CultureInfo.InvariantCulture);
        var reads = words[3..(3 + count)];
        var output = new StringBuilder("== trace\n");
        string? seen = null;
        foreach (var span in words[(3 + count)..].Chunk(5))
        {
            var (id, isGrpc, url) = (span[0], span[1] != "http", span[2]);
            if (Takes(url) is { } refused)
            {
                output.Append(CultureInfo.InvariantCulture, $"sent {id} no {refused.ExitCode} {Base64(refused.Summary)}\n");
                continue;
            }

            output.Append(
                CultureInfo.InvariantCulture,
                $"sent {id} yes 0 {Base64($"{(isGrpc ? "grpc-status: 0\n" : "")}result 200 0.001\n")}\n"
            );
            if (count > 0 && Returns(url, reads[0]) is { } lost)
            {
                output.Append(CultureInfo.InvariantCulture, $"lost {id} {lost.ExitCode} {Base64(lost.Summary)}\n");
            }
            else if (count > 0)
            {
                output.Append(CultureInfo.InvariantCulture, $"read {id} 2\n");
                seen = url;
            }
        }

        for (var index = 1; seen is not null && index < count; index++)
        {
            var came = Returns(seen, reads[index]);
            output.Append(
                CultureInfo.InvariantCulture,
                $"also {index} {(came is null ? "yes" : "no")} {came?.ExitCode ?? 0} {Base64(came?.Summary ?? "result 200 0.001\n")}\n"
            );
        }

        return output.Append("== end\n").ToString();
    }
}
