using System.Net;
using System.Net.Sockets;

namespace Tempo.Helm.Tests.Cluster.Scripts;

/// <summary>Sockets that listen on a free port.</summary>
internal static class TestSockets
{
    /// <summary>Opens a socket.</summary>
    /// <param name="address">The address.</param>
    /// <param name="isDual">Whether it serves IPv4 too, or null for the default of the machine.</param>
    public static Socket Listen(IPAddress address, bool? isDual = null)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (isDual is { } both)
        {
            socket.DualMode = both;
        }

        socket.Bind(new IPEndPoint(address, 0));
        socket.Listen(100);
        return socket;
    }

    /// <summary>The port of a socket.</summary>
    public static int Port(this Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
