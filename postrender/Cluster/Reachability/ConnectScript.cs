using System.Globalization;
using Tempo.PostRender.Cluster.Pods;

namespace Tempo.PostRender.Cluster.Reachability;

/// <summary>
/// The script that connects to many destinations at the same time, over each family separately. curl resolves and connects over one
/// family only (-4, -6); with telnet:// it sends nothing, and ends at its time limit.
/// </summary>
internal static class ConnectScript
{
    /// <summary>How many destinations are tested at the same time, each over both families.</summary>
    private const int AtOnce = 64;
    private const string Heading = "== curl";

    // Some versions of curl look up both families. If the name has no address of the wanted one, they end as if the connection were
    // refused, but do not report that they tried it.
    private static readonly string Script = $$"""
        {{ScriptOutput.Require("curl")}}
        echo '{{Heading}}'
        try() {
          out=$(curl -g -s -v --stderr - -o /dev/null --noproxy '*' -"$2" --connect-timeout {{ConnectionResults.ConnectSeconds}} \
            -m {{ConnectionResults.ConnectSeconds}} -w 'time=%{time_connect}' "telnet://$1" </dev/null)
          code=$?
          case $code$out in 7*Trying*) ;; 7*) code=6 ;; esac
          time=${out##*time=}
          echo "$1 $2 $code ${time%%[!0-9.,]*}"
        }
        n=0
        for to; do try "$to" 4 & try "$to" 6 & n=$((n + 1)); [ $((n % {{AtOnce}})) != 0 ] || wait; done
        wait
        echo '{{ScriptOutput.End}}'
        """;

    /// <summary>The shell command that connects to the destinations, as an argument list.</summary>
    public static IReadOnlyList<string> Command(IEnumerable<Destination> destinations) =>
        ["sh", "-c", Script, "sh", .. destinations.Select(static destination => destination.ToString()).Distinct()];

    /// <summary>Reads what the script printed: the results by destination.</summary>
    /// <exception cref="PodException">The image has no curl.</exception>
    /// <exception cref="UnreadableException">The output is not complete, or has another format.</exception>
    public static IReadOnlyDictionary<string, FamilyPair<ConnectionResult>> Parse(string output) =>
        ScriptOutput
            .Results(output, Heading, "the debug container")
            .Select(Read)
            .GroupBy(static read => read.To)
            .ToDictionary(
                static to => to.Key,
                static to => FamilyPair<ConnectionResult>.Of(family => to.FirstOrDefault(read => read.Family == family.Digit()).Result)
            );

    private static (string To, string Family, ConnectionResult Result) Read(string line)
    {
        if (
            line.Split(' ') is not [var to, ("4" or "6") and var family, var code, ..] words
            || !int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var exitCode)
        )
        {
            throw UnreadableException.OfLine(line);
        }

        // The time is 0 until the connection is made; some languages write it with a comma.
        return (to, family, ConnectionResults.OfCurl(exitCode, words.Length > 3 && words[3].AsSpan().ContainsAnyInRange('1', '9')));
    }
}
