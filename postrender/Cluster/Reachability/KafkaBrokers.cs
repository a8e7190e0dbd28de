using System.Globalization;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Reachability;

/// <summary>What a Kafka requires of clients before it answers.</summary>
internal enum KafkaSecurity
{
    /// <summary>Clients connect without TLS and without credentials.</summary>
    Plaintext,

    /// <summary>Clients connect with TLS, without credentials.</summary>
    Tls,

    /// <summary>Clients send credentials, with or without TLS.</summary>
    Sasl,
}

/// <summary>
/// Asks a Kafka which addresses its brokers advertise: clients use the address of the settings only to ask this, and connect to the
/// advertised ones. The script sends one Metadata request, and never any credentials.
/// </summary>
internal static class KafkaBrokers
{
    private const string Heading = "== kafka";
    private const int Seconds = ConnectionResults.ConnectSeconds;
    private const int AnswerSeconds = Seconds + 1;

    /// <summary>They are asked one after the other, and each can take some seconds.</summary>
    private const int MaxAsked = 6;

    // curl resolves over one family and reports the address that it connected to, but it changes the bytes that it passes on; nc does
    // not. The input of nc ends only after the answer, because some versions close the connection at its end.
    private static readonly string Script = $$"""
        exec 2>/dev/null
        {{ScriptOutput.Require("curl")}}
        {{ScriptOutput.Require("nc")}}
        request=$1 own=$2 other=$3; shift 3
        address() {
          curl -g -s -o /dev/null --noproxy '*' -"$2" --connect-timeout {{Seconds}} -m {{Seconds}} \
            -w '%{remote_ip}' "telnet://$1" </dev/null
        }
        ask() {
          ip=$(address "$1" "$own"); [ -n "$ip" ] || ip=$(address "$1" "$other")
          answer=
          [ -z "$ip" ] || answer=$({ printf '%s' "$request" | base64 -d; sleep {{Seconds}}; } \
            | timeout {{AnswerSeconds}} nc "$ip" "${1##*:}" | head -c 65536 | base64 | tr -d '\n')
          echo "asked $1 $answer"
        }
        echo '{{Heading}}'
        for to; do ask "$to"; done
        echo '{{ScriptOutput.End}}'
        """;

    /// <summary>What a Kafka requires of the process, or null if the setting is not about Kafka.</summary>
    public static KafkaSecurity? SecurityOf(TempoPeer peer, NodePath path, TempoConfig config)
    {
        switch (peer.Pattern)
        {
            case "ingest.kafka.address":
            case "distributor.kafka_config.address":
                var section = NodePath.Of(peer.Pattern.Split('.').AsSpan(..2));
                // PLAIN without a user is the default, and means no SASL (read: pkg/ingest of 3.1).
                return config.Text(section.Key("sasl_username")) is { Length: > 0 }
                    || config.Text(section.Key("sasl_mechanism")) is not (null or "" or "PLAIN")
                        ? KafkaSecurity.Sasl
                    : config.IsTrue(section.Key("tls_enabled")) ? KafkaSecurity.Tls
                    : KafkaSecurity.Plaintext;
            case "distributor.receivers.*.brokers[]":
                var receiver = TempoSettings.Receivers.Key(path.Segments[2].Key!);
                return config.Find(receiver.Key("auth")) is MappingNode { Entries.Count: > 0 } ? KafkaSecurity.Sasl
                    : config.Find(receiver.Key("tls")) is MappingNode { Entries.Count: > 0 } ? KafkaSecurity.Tls
                    : KafkaSecurity.Plaintext;
            default:
                return null;
        }
    }

    /// <summary>The shell command that sends the request to each Kafka, as an argument list.</summary>
    /// <param name="family">The family to connect over; the other one is used if that fails.</param>
    public static IReadOnlyList<string> Command(IEnumerable<Destination> kafkas, AddressFamily family) =>
        [
            "sh",
            "-c",
            Script,
            "sh",
            Convert.ToBase64String(KafkaMetadata.Request()),
            family.Digit(),
            family.Other().Digit(),
            .. kafkas.Select(static kafka => kafka.ToString()).Distinct().Take(MaxAsked),
        ];

    /// <summary>Reads what the script printed: the brokers by the address that was asked; null if it gave no correct answer.</summary>
    /// <exception cref="PodException">The image has no curl or no nc.</exception>
    /// <exception cref="UnreadableException">The output is not complete, or has another format.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<KafkaBroker>?> Parse(string output)
    {
        var answers = new Dictionary<string, IReadOnlyList<KafkaBroker>?>();
        foreach (var line in ScriptOutput.Results(output, Heading, "the question to Kafka"))
        {
            if (line.Split(' ') is not ["asked", var kafka, var answer])
            {
                throw UnreadableException.OfLine(line);
            }

            try
            {
                answers[kafka] = KafkaMetadata.Read(Convert.FromBase64String(answer));
            }
            catch (FormatException)
            {
                answers[kafka] = null;
            }
        }

        return answers;
    }

    /// <summary>The addresses that brokers advertise, without those that must not be passed to a shell.</summary>
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
