using System.Globalization;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cluster.Reachability;

/// <summary>What came of connecting over one family.</summary>
internal enum Attempt
{
    /// <summary>It could not be tried.</summary>
    Unknown,

    /// <summary>The connection was made.</summary>
    Reached,

    /// <summary>The name has no address of the family.</summary>
    NoRecord,

    /// <summary>Refused, or no route.</summary>
    Refused,

    /// <summary>Nothing answered in time.</summary>
    TimedOut,
}

/// <summary>What came of connecting to a destination.</summary>
/// <param name="IPv4">Over IPv4.</param>
/// <param name="IPv6">Over IPv6.</param>
internal readonly record struct Attempts(Attempt IPv4, Attempt IPv6);

/// <summary>
/// What the debug container runs to connect to many destinations at once, over each family apart. curl resolves and connects over
/// one family only (-4, -6); by telnet:// it sends nothing, and ends when the time is over.
/// </summary>
internal static class ReachScript
{
    /// <summary>How long one connection may take, in seconds.</summary>
    public const int Seconds = 3;

    /// <summary>How many destinations are tried at once, each over both families.</summary>
    private const int AtOnce = 64;

    private const string Tried = "== curl";
    private const string NoCurl = "== no curl";
    private const string End = "== end";

    // Some versions of curl look up both families, and fail like a refused connection where there is no address of the wanted one: then
    // they tell of no try.
    private static readonly string Script = $$"""
        command -v curl >/dev/null || { echo '{{NoCurl}}'; echo '{{End}}'; exit 0; }
        echo '{{Tried}}'
        try() {
          out=$(curl -g -s -v --stderr - -o /dev/null --noproxy '*' -"$2" --connect-timeout {{Seconds}} -m {{Seconds}} \
            -w 'time=%{time_connect}' "telnet://$1" </dev/null)
          code=$?
          case $code$out in 7*Trying*) ;; 7*) code=6 ;; esac
          time=${out##*time=}
          echo "$1 $2 $code ${time%%[!0-9.,]*}"
        }
        n=0
        for to; do try "$to" 4 & try "$to" 6 & n=$((n + 1)); [ $((n % {{AtOnce}})) != 0 ] || wait; done
        wait
        echo '{{End}}'
        """;

    /// <summary>The command.</summary>
    /// <param name="destinations">The destinations.</param>
    public static IReadOnlyList<string> Command(IEnumerable<Destination> destinations) =>
        ["sh", "-c", Script, "sh", .. destinations.Select(static destination => destination.ToString()).Distinct(StringComparer.Ordinal)];

    /// <summary>Reads what the command printed: by destination. Null where the image has no curl.</summary>
    /// <exception cref="UnreadableOutputException">It is not complete, or not understood.</exception>
    public static IReadOnlyDictionary<string, Attempts>? Parse(string output)
    {
        var lines = output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return lines switch
        {
            [NoCurl, End] => null,
            [Tried, .. var results, End] => results
                .Select(Read)
                .GroupBy(static result => result.To, StringComparer.Ordinal)
                .ToDictionary(
                    static to => to.Key,
                    static to => new Attempts(
                        to.FirstOrDefault(static result => result.Family == "4").Came,
                        to.FirstOrDefault(static result => result.Family == "6").Came
                    ),
                    StringComparer.Ordinal
                ),
            _ => throw new UnreadableOutputException("the output of the debug container is cut short"),
        };
    }

    private static (string To, string Family, Attempt Came) Read(string line)
    {
        if (line.Split(' ') is not [var to, var family, var code, ..] parts || family is not ("4" or "6"))
        {
            throw new UnreadableOutputException($"the line \"{Printable.OneLine(line)}\" is not understood");
        }

        // curl(1): the time is 0 until the connection is made; 6 is no address, 7 no connection, 28 the end of the time.
        var isConnected =
            parts.Length > 3
            && double.TryParse(parts[3].Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var time)
            && time > 0;
        return (
            to,
            family,
            isConnected
                ? Attempt.Reached
                : code switch
                {
                    "6" => Attempt.NoRecord,
                    "7" => Attempt.Refused,
                    "28" => Attempt.TimedOut,
                    _ => Attempt.Unknown,
                }
        );
    }
}
