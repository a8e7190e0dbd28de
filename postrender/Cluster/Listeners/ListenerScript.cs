namespace Tempo.PostRender.Cluster.Listeners;

/// <summary>The command of the debug container, and the parser of its output.</summary>
internal static class ListenerScript
{
    private const string Statistics = "== ss";
    private const string KernelTables = "== proc";

    /// <summary>The last line; without it the output is not complete.</summary>
    private const string End = "== end";

    /// <summary>
    /// The command. It prefers ss, because only ss shows whether an IPv6 listener also serves IPv4. The tables of the kernel can be read
    /// in every image; a kernel without IPv6 has no tcp6.
    /// </summary>
    public static IReadOnlyList<string> Command { get; } =
    [
        "sh",
        "-c",
        $"if table=$(ss -ltn 2>/dev/null); then echo '{Statistics}'; echo \"$table\"; "
            + $"else echo '{KernelTables}'; cat /proc/net/tcp || exit 1; [ ! -e /proc/net/tcp6 ] || cat /proc/net/tcp6 || exit 1; "
            + $"fi; echo '{End}'",
    ];

    /// <summary>Parses the output of the command.</summary>
    /// <exception cref="UnreadableOutputException">The output is not complete, or has another format.</exception>
    public static IReadOnlyList<Listener> Parse(string output)
    {
        var lines = output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (lines is not [var first, .. var table, End])
        {
            throw new UnreadableOutputException(
                lines is [""] ? "the debug container printed nothing" : "the output of the debug container is not complete"
            );
        }

        var text = string.Join('\n', table);
        return first switch
        {
            Statistics => SocketStatistics.Parse(text),
            KernelTables => ProcNetTcp.Parse(text),
            _ => throw new UnreadableOutputException("the debug container did not print its listeners"),
        };
    }
}
