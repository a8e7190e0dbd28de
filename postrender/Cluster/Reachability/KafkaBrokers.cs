using System.Globalization;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Reachability;

/// <summary>What a Kafka wants before it answers.</summary>
internal enum KafkaSecurity
{
    /// <summary>Nothing.</summary>
    Plaintext,

    /// <summary>TLS.</summary>
    Tls,

    /// <summary>Credentials.</summary>
    Sasl,
}

/// <summary>
/// Asks a Kafka which addresses its brokers advertise: clients use the address of the settings only to ask this, and connect to the
/// advertised ones. Sent is one Metadata request, and never any credentials.
/// </summary>
internal static class KafkaBrokers
{
    private const string Begin = "== kafka";
    private const string NoCurl = "== no curl";
    private const string NoNetcat = "== no nc";
    private const string End = "== end";
    private const int Seconds = 3;

    /// <summary>One after the other, some seconds each.</summary>
    private const int MostAsked = 6;

    private static readonly NodePath Receivers = TempoSettings.Receivers;

    // curl resolves over one family and says to which address it got; it cannot pass bytes on as they are, and nc can. nc gets to the
    // end of its input after the answer: some versions close the connection then.
    private static readonly string Script = $$"""
        exec 2>/dev/null
        command -v curl >/dev/null || { echo '{{NoCurl}}'; echo '{{End}}'; exit 0; }
        command -v nc >/dev/null || { echo '{{NoNetcat}}'; echo '{{End}}'; exit 0; }
        request=$1 own=$2 other=$3; shift 3
        address() {
          curl -g -s -o /dev/null --noproxy '*' -"$2" --connect-timeout {{Seconds}} -m {{Seconds}} \
            -w '%{remote_ip}' "telnet://$1" </dev/null
        }
        ask() {
          ip=$(address "$1" "$own"); [ -n "$ip" ] || ip=$(address "$1" "$other")
          answer=
          [ -z "$ip" ] || answer=$({ printf '%s' "$request" | base64 -d; sleep {{Seconds}}; } | timeout {{Seconds
            + 1}} nc "$ip" "${1##*:}" | head -c 65536 | base64 | tr -d '\n')
          echo "asked $1 $answer"
        }
        echo '{{Begin}}'
        for to; do ask "$to"; done
        echo '{{End}}'
        """;

    /// <summary>How a process talks to a Kafka, or null where the setting is about something else.</summary>
    /// <param name="peer">The setting.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="config">The config.</param>
    public static KafkaSecurity? SecurityOf(TempoPeer peer, NodePath path, TempoConfig config)
    {
        if (peer.Pattern is "ingest.kafka.address" or "distributor.kafka_config.address")
        {
            var section =
                peer.Pattern == "ingest.kafka.address" ? NodePath.Of("ingest", "kafka") : NodePath.Of("distributor", "kafka_config");
            // PLAIN without a user is the default, and means no SASL (read: pkg/ingest of 3.1).
            return config.Text(section.Key("sasl_username")) is { Length: > 0 }
                || config.Text(section.Key("sasl_mechanism")) is not (null or "" or "PLAIN")
                    ? KafkaSecurity.Sasl
                : config.IsTrue(section.Key("tls_enabled")) ? KafkaSecurity.Tls
                : KafkaSecurity.Plaintext;
        }

        if (peer.Pattern != "distributor.receivers.*.brokers[]")
        {
            return null;
        }

        var receiver = Receivers.Key(path.Segments[2].Key!);
        return config.Find(receiver.Key("auth")) is MappingNode { Entries.Count: > 0 } ? KafkaSecurity.Sasl
            : config.Find(receiver.Key("tls")) is MappingNode { Entries.Count: > 0 } ? KafkaSecurity.Tls
            : KafkaSecurity.Plaintext;
    }

    /// <summary>The command.</summary>
    /// <param name="kafkas">The addresses of the settings.</param>
    /// <param name="family">The family to ask over; the other one where that does not work.</param>
    public static IReadOnlyList<string> Command(IEnumerable<Destination> kafkas, AddressFamily family) =>
        [
            "sh",
            "-c",
            Script,
            "sh",
            Convert.ToBase64String(KafkaMetadata.Request()),
            family == AddressFamily.IPv6 ? "6" : "4",
            family == AddressFamily.IPv6 ? "4" : "6",
            .. kafkas.Select(static kafka => kafka.ToString()).Distinct(StringComparer.Ordinal).Take(MostAsked),
        ];

    /// <summary>
    /// Reads what the command printed: the brokers, by the address that was asked. Null stands for an address that gave no answer, or
    /// one that is not understood.
    /// </summary>
    /// <param name="output">What it printed.</param>
    /// <param name="lacking">The program that the image lacks, or null.</param>
    /// <exception cref="UnreadableOutputException">It is not complete, or not understood.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<KafkaBroker>?> Parse(string output, out string? lacking)
    {
        var lines = output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        lacking = lines switch
        {
            [NoCurl, End] => "curl",
            [NoNetcat, End] => "nc",
            _ => null,
        };
        var answers = new Dictionary<string, IReadOnlyList<KafkaBroker>?>(StringComparer.Ordinal);
        if (lacking is not null)
        {
            return answers;
        }

        if (lines is not [Begin, .. var results, End])
        {
            throw new UnreadableOutputException("the output of the question to Kafka is cut short");
        }

        foreach (var line in results)
        {
            if (line.Split(' ') is not ["asked", var kafka, var answer])
            {
                throw new UnreadableOutputException($"the line \"{Printable.OneLine(line)}\" is not understood");
            }

            try
            {
                answers[kafka] = answer.Length == 0 ? null : KafkaMetadata.Read(Convert.FromBase64String(answer));
            }
            catch (FormatException)
            {
                answers[kafka] = null;
            }
        }

        return answers;
    }

    /// <summary>The addresses that brokers advertise, as what the process dials. Those that no shell may be given are left out.</summary>
    /// <param name="kafka">The address of the settings.</param>
    /// <param name="brokers">The brokers.</param>
    /// <param name="family">The family of the release.</param>
    public static IEnumerable<Destination> Advertised(Destination kafka, IEnumerable<KafkaBroker> brokers, AddressFamily family) =>
        brokers
            .Where(static broker => Destination.IsSafe(broker.Host))
            .Select(broker => new Destination(
                broker.Host,
                broker.Port,
                string.Create(CultureInfo.InvariantCulture, $"{kafka.StatedBy} (advertised by broker {broker.Id})"),
                IsOwn: false
            )
            {
                Kafka = kafka.Kafka,
                IsAdvertised = true,
                Remedy = $"Let advertised.listeners of the brokers name an {family} address, or a name that has one",
            });
}
