using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Tempo.PostRender.Cluster.Listeners;

/// <summary>
/// The tables /proc/net/tcp and /proc/net/tcp6 of the kernel, one after the other in any order. They do not show whether an IPv6
/// wildcard refuses IPv4. Addresses are words in the byte order of the machine, which is little-endian on every platform for which
/// Tempo's image exists.
/// </summary>
internal static class ProcNetTcp
{
    /// <summary>TCP_LISTEN of the kernel's include/net/tcp_states.h.</summary>
    private const string ListenState = "0A";

    /// <summary>Parses the listeners; connections are skipped.</summary>
    /// <exception cref="UnreadableException">A line is not a row of such a table.</exception>
    public static IReadOnlyList<Listener> Parse(IEnumerable<string> lines)
    {
        var listeners = new List<Listener>();
        foreach (var line in lines)
        {
            var tokens = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (tokens.Length == 0 || tokens[0] == "sl")
            {
                continue;
            }

            if (tokens.Length < 4 || tokens[3].Length != 2)
            {
                throw UnreadableException.OfLine(line);
            }

            if (tokens[3] == ListenState)
            {
                listeners.Add(Read(tokens[1]) ?? throw UnreadableException.OfLine(line));
            }
        }

        return listeners;
    }

    private static Listener? Read(string local)
    {
        var colon = local.IndexOf(':', StringComparison.Ordinal);
        if (
            colon is not (8 or 32)
            || !ushort.TryParse(local.AsSpan(colon + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var port)
        )
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[colon / 2];
        for (var word = 0; word < colon / 8; word++)
        {
            if (!uint.TryParse(local.AsSpan(word * 8, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                return null;
            }

            BinaryPrimitives.WriteUInt32LittleEndian(bytes[(word * 4)..], value);
        }

        return new Listener(new IPAddress(bytes), port, IsIPv6Only: null, Interface: null);
    }
}
