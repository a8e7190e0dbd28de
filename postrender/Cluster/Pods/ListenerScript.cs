using Tempo.PostRender.Cluster.Listeners;

namespace Tempo.PostRender.Cluster.Pods;

/// <summary>The command of the debug container that lists the listeners of a pod, and the parser of its output.</summary>
internal static class ListenerScript
{
    private const string Statistics = "== ss";
    private const string KernelTables = "== proc";

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
            + $"fi; echo '{ScriptOutput.End}'",
    ];

    /// <summary>Parses the output of the command.</summary>
    /// <exception cref="UnreadableException">The output is not complete, or has another format.</exception>
    public static IReadOnlyList<Listener> Parse(string output) =>
        ScriptOutput.Lines(output) switch
        {
            [Statistics, .. var lines, ScriptOutput.End] => SocketStatistics.Parse(lines),
            [KernelTables, .. var lines, ScriptOutput.End] => ProcNetTcp.Parse(lines),
            [""] => throw new UnreadableException("the debug container printed nothing"),
            [.., ScriptOutput.End] => throw new UnreadableException("the debug container did not print its listeners"),
            _ => throw new UnreadableException("the output of the debug container is not complete"),
        };
}
