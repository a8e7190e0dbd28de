using System.Globalization;
using System.Text;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.PostRender.Cluster.Traces;

/// <summary>The result of a request with curl.</summary>
/// <param name="ExitCode">curl's exit code.</param>
internal sealed record TraceAnswer(int ExitCode)
{
    /// <summary>Whether the connection was made.</summary>
    public bool IsConnected { get; init; }

    /// <summary>The HTTP status, or null if there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>The gRPC status, or null if the answer states none.</summary>
    public int? GrpcStatus { get; init; }

    /// <summary>The server's message about the gRPC status, or null.</summary>
    public string? GrpcMessage { get; init; }

    /// <summary>The result of connecting.</summary>
    public ConnectionResult Connection => ConnectionResults.OfCurl(ExitCode, IsConnected);
}

/// <summary>What the script found, by the trace's id.</summary>
/// <param name="Sent">The answer to each span.</param>
/// <param name="ReadAfter">The seconds after which a trace was read back, for those that were.</param>
/// <param name="LastRead">The last answer about a trace that was not read back.</param>
/// <param name="OtherReads">The answer of each further route for reading, by its index.</param>
internal sealed record TraceOutput(
    IReadOnlyDictionary<string, TraceAnswer> Sent,
    IReadOnlyDictionary<string, int> ReadAfter,
    IReadOnlyDictionary<string, TraceAnswer> LastRead,
    IReadOnlyDictionary<int, (TraceAnswer Answer, bool IsFound)> OtherReads
);

/// <summary>
/// The script that sends test spans in the cluster and reads them back. curl resolves and connects over one family only (-4, -6). The
/// script writes no file, because the root file system is read-only. It does not check the certificates of servers: it tests the route.
/// </summary>
internal static class TraceScript
{
    /// <summary>The time limit for a request in seconds.</summary>
    public const int RequestSeconds = 8;

    /// <summary>The time limit for reading the traces back, in seconds.</summary>
    public const int ReadSeconds = 30;

    /// <summary>The highest number of spans in one run.</summary>
    public const int MaxSpans = 16;

    private const int ConnectSeconds = ConnectionResults.ConnectSeconds;
    private const string Heading = "== trace";

    // Some versions of curl look up both families. If the name has no address of the wanted one, they end as if the connection were
    // refused, but do not report that they tried it. Output of commands is kept in variables. A message of gRPC contains zero bytes,
    // which the shell leaves out.
    private static readonly string Script = $$"""
        exec 2>/dev/null
        {{ScriptOutput.Require("curl")}}
        family=$1 tenant=$2 reads=$3; shift 3
        ask() {
          curl -g -s -v --stderr - -k -"$family" --noproxy '*' --connect-timeout {{ConnectSeconds}} -m {{RequestSeconds}} \
            --max-filesize 1000000 -w '\nresult %{http_code} %{time_connect}\n' ${tenant:+-H "X-Scope-OrgID: $tenant"} "$@"
        }
        meant() { case $1$2 in 7*Trying*) echo 7 ;; 7*) echo 6 ;; *) echo "$1" ;; esac; }
        summary() { printf '%s\n' "$1" | grep -i -E '^(grpc-status|grpc-message|result)[: ]' | head -c 2000 | base64 | tr -d '\n'; }
        send() {
          case $2 in grpc-tls) set -- "$@" --http2 ;; grpc) set -- "$@" --http2-prior-knowledge ;; *) set -- "$@" --http1.1 ;; esac
          out=$(printf '%s' "$5" | base64 -d \
            | ask "$6" -D - -o /dev/null -H 'TE: trailers' -H "Content-Type: $4" --data-binary @- "$3")
          code=$(meant $? "$out")
          ok=no
          case $code$out in 0*'result 2'*) ok=yes ;; esac
          case $2 in grpc*) printf '%s\n' "$out" | grep -q -i '^grpc-status: 0' || ok=no ;; esac
          echo "sent $1 $ok $code $(summary "$out")"
        }
        first= others=
        while [ "$reads" -gt 0 ]; do if [ -z "$first" ]; then first=$1; else others="$others $1"; fi; reads=$((reads - 1)); shift; done
        echo '{{Heading}}'
        sent=$(while [ $# -gt 4 ]; do send "$1" "$2" "$3" "$4" "$5" & shift 5; done; wait)
        printf '%s\n' "$sent"
        pending=$(printf '%s\n' "$sent" | sed -n 's/^sent \([0-9a-f]*\) yes .*/\1/p')
        start=$(date +%s) seen=
        [ -n "$first" ] || pending=
        while [ -n "$pending" ]; do
          lost= left=
          for id in $pending; do
            if [ $(($(date +%s) - start)) -ge {{ReadSeconds + RequestSeconds}} ]; then
              lost="$lost
        lost $id 28 "
              continue
            fi
            out=$(ask -H 'Accept: application/json' "$first$id"); code=$(meant $? "$out"); took=$(($(date +%s) - start))
            case $out in
              *{{TestSpan.ServiceName}}*) echo "read $id $took"; seen=$id ;;
              *) left="$left $id"; lost="$lost
        lost $id $code $(summary "$out")" ;;
            esac
          done
          pending=$left
          [ -n "$pending" ] || break
          if [ $(($(date +%s) - start)) -ge {{ReadSeconds}} ]; then echo "$lost"; break; fi
          sleep 1
        done
        index=1
        [ -n "$seen" ] || others=
        for url in $others; do
          out=$(ask -H 'Accept: application/json' "$url$seen"); code=$(meant $? "$out"); found=no
          case $out in *{{TestSpan.ServiceName}}*) found=yes ;; esac
          echo "also $index $found $code $(summary "$out")"; index=$((index + 1))
        done
        echo '{{ScriptOutput.End}}'
        """;

    /// <summary>The shell command that sends the spans and reads them back, as an argument list.</summary>
    /// <param name="family">The family to connect over.</param>
    /// <param name="tenant">The tenant, or null for none.</param>
    /// <param name="reads">The routes for reading; the first is used for every span, the others for one.</param>
    public static IReadOnlyList<string> Command(
        AddressFamily family,
        string? tenant,
        IReadOnlyList<Route> reads,
        IEnumerable<(TestSpan Span, TraceRoute Route)> sends
    ) =>
        [
            "sh",
            "-c",
            Script,
            "sh",
            family.Digit(),
            tenant ?? "",
            reads.Count.ToString(CultureInfo.InvariantCulture),
            .. reads.Select(static read => read.Url),
            .. sends.SelectMany(static send =>
                (IEnumerable<string>)
                    [
                        send.Span.Id,
                        !send.Route.Format.IsGrpc ? "http"
                        : send.Route.To.IsTls ? "grpc-tls"
                        : "grpc",
                        send.Route.To.Url,
                        send.Route.Format.ContentType,
                        Convert.ToBase64String(send.Route.Format.Body(send.Span)),
                    ]
            ),
        ];

    /// <summary>Reads what the script printed.</summary>
    /// <exception cref="PodException">The image has no curl.</exception>
    /// <exception cref="UnreadableException">The output is not complete, or has another format.</exception>
    public static TraceOutput Parse(string output)
    {
        var results = ScriptOutput.Results(output, Heading, "the test spans");
        var sent = new Dictionary<string, TraceAnswer>();
        var read = new Dictionary<string, int>();
        var lost = new Dictionary<string, TraceAnswer>();
        var others = new Dictionary<int, (TraceAnswer, bool)>();
        foreach (var line in results.Where(static line => line.Length > 0))
        {
            switch (line.Split(' '))
            {
                case ["sent", var id, "yes" or "no", var code, var summary]:
                    sent[id] = Answer(code, summary, line);
                    break;
                case ["read", var id, var seconds]:
                    read[id] = Number(seconds, line);
                    break;
                case ["lost", var id, var code, var summary]:
                    lost[id] = Answer(code, summary, line);
                    break;
                case ["also", var index, var found, var code, var summary]:
                    others[Number(index, line)] = (Answer(code, summary, line), found == "yes");
                    break;
                default:
                    throw UnreadableException.OfLine(line);
            }
        }

        return new TraceOutput(sent, read, lost, others);
    }

    private static TraceAnswer Answer(string code, string summary, string line)
    {
        string text;
        try
        {
            text = Encoding.UTF8.GetString(Convert.FromBase64String(summary));
        }
        catch (FormatException)
        {
            throw UnreadableException.OfLine(line);
        }

        var answer = new TraceAnswer(Number(code, line));
        foreach (var part in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            answer = part.Split(' ') switch
            {
                ["result", var status, var connected] => answer with
                {
                    Status = int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var http) && http > 0 ? http : null,
                    IsConnected = connected.AsSpan().ContainsAnyInRange('1', '9'),
                },
                _ when part.StartsWith("grpc-status:", StringComparison.OrdinalIgnoreCase) => answer with
                {
                    GrpcStatus = int.TryParse(part.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var grpc) ? grpc : null,
                },
                _ when part.StartsWith("grpc-message:", StringComparison.OrdinalIgnoreCase) => answer with
                {
                    // gRPC escapes it like the path of a URL.
                    GrpcMessage = Uri.UnescapeDataString(part[(colon + 1)..].Trim()),
                },
                _ => answer,
            };
        }

        return answer;
    }

    private static int Number(string text, string line) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw UnreadableException.OfLine(line);
}
