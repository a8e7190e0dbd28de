namespace Tempo.PostRender.Cluster.Listeners;

/// <summary>What the debug container runs, and how its output is read.</summary>
internal static class ListenerScript
{
    private const string Statistics = "== ss";
    private const string KernelTables = "== proc";

    /// <summary>The last line: without it the output was cut short.</summary>
    private const string End = "== end";

    /// <summary>
    /// The command. ss comes first, because it alone tells whether an IPv6 listener serves IPv4 too; the kernel's tables are
    /// there in every image. A kernel without IPv6 has no tcp6.
    /// </summary>
    public static IReadOnlyList<string> Command { get; } =
    [
        "sh",
        "-c",
        $"if table=$(ss -ltn 2>/dev/null); then echo '{Statistics}'; echo \"$table\"; "
            + $"else echo '{KernelTables}'; cat /proc/net/tcp || exit 1; [ ! -e /proc/net/tcp6 ] || cat /proc/net/tcp6 || exit 1; "
            + $"fi; echo '{End}'",
    ];

    /// <summary>Reads what the command printed.</summary>
    /// <exception cref="UnreadableListenersException">It is not complete, or not understood.</exception>
    public static IReadOnlyList<Listener> Parse(string output)
    {
        var lines = output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (lines is not [var first, .. var table, End])
        {
            throw new UnreadableListenersException(
                lines is [""] ? "the debug container printed nothing" : "the output of the debug container is cut short"
            );
        }

        var text = string.Join('\n', table);
        return first switch
        {
            Statistics => SocketStatistics.Parse(text),
            KernelTables => ProcNetTcp.Parse(text),
            _ => throw new UnreadableListenersException("the debug container printed something else than its listeners"),
        };
    }
}
