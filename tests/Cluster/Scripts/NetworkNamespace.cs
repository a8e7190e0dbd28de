using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cluster.Scripts;

/// <summary>
/// A network of a test's own, with the addresses and names that it asks for, and nothing else: servers of the test listen in it, and
/// commands run in it. What is sent to fd00:9::1 and 10.9.0.1 vanishes, as behind a NetworkPolicy.
/// </summary>
internal sealed class NetworkNamespace : IDisposable
{
    private const int CloneNewNet = 0x4000_0000;

    private readonly Process _holder;
    private readonly string _hosts;

    /// <summary>Makes a network.</summary>
    /// <param name="addresses">Its addresses.</param>
    /// <param name="names">Lines of its /etc/hosts.</param>
    public NetworkNamespace(IEnumerable<string> addresses, params IEnumerable<string> names)
    {
        _hosts = Path.GetTempFileName();
        File.WriteAllLines(_hosts, names);
        var commands = string.Join(
            " && ",
            [
                $"mount --bind {_hosts} /etc/hosts",
                "ip link set lo up",
                // Packets leave for a neighbour that is not there.
                "ip link add void type veth peer name other",
                "ip link set void up",
                "ip link set other up",
                "ip -6 route add fd00:9::1/128 dev void",
                "ip route add 10.9.0.1/32 dev void",
                "ip neigh add fd00:9::1 lladdr 02:00:00:00:00:99 dev void nud permanent",
                "ip neigh add 10.9.0.1 lladdr 02:00:00:00:00:99 dev void nud permanent",
                .. addresses.Select(static address => $"ip addr add {address}/{(address.Contains(':') ? "128 nodad" : "32")} dev lo"),
                "echo ready",
                "cat",
            ]
        );
        // It lives as long as its standard input.
        _holder = Process.Start(
            new ProcessStartInfo("unshare", ["--net", "--mount", "sh", "-c", commands])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        if (_holder.StandardOutput.ReadLine() != "ready")
        {
            throw new InvalidOperationException("the network namespace could not be made");
        }
    }

    /// <summary>Why there can be no network namespaces on this machine, or null.</summary>
    public static string? Obstacle { get; } = FindObstacle();

    /// <summary>The words before a command that runs it in this network.</summary>
    public IReadOnlyList<string> Before => ["nsenter", "--target", $"{_holder.Id}", "--net", "--mount"];

    /// <summary>A socket of this network that listens. It stays there, whatever thread uses it.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="port">Its port.</param>
    public Socket Listen(string address, int port)
    {
        Socket? socket = null;
        Exception? failure = null;
        // Only the thread enters the namespace, and it ends here.
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle($"/proc/{_holder.Id}/ns/net");
                if (SetNamespace((int)file.DangerousGetHandle(), CloneNewNet) != 0)
                {
                    throw new InvalidOperationException($"setns fails with {Marshal.GetLastPInvokeError()}");
                }

                var parsed = IPAddress.Parse(address);
                socket = new Socket(parsed.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(parsed, port));
                socket.Listen(100);
            }
            catch (Exception exception) when (exception is IOException or SocketException or InvalidOperationException)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? socket! : throw failure;
    }

    public void Dispose()
    {
        _holder.StandardInput.Close();
        if (!_holder.WaitForExit(TimeSpan.FromSeconds(30)))
        {
            _holder.Kill(entireProcessTree: true);
        }

        _holder.Dispose();
        File.Delete(_hosts);
    }

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "network namespaces are Linux's";
        }

        if (
            ((string[])["unshare", "nsenter", "ip", "curl", "mount"]).FirstOrDefault(static program => OnPath.Find(program) is null) is
            { } missing
        )
        {
            return $"{missing} is not on PATH";
        }

        if (!Environment.IsPrivilegedProcess)
        {
            return "network namespaces need root here";
        }

        using var attempt = Process.Start(
            new ProcessStartInfo(
                "unshare",
                ["--net", "--mount", "sh", "-c", "ip link add void type veth peer name other && ip -6 addr add fd00::1/128 nodad dev lo"]
            )
            {
                RedirectStandardError = true,
            }
        )!;
        // A pipe that nobody reads can fill, and then the program waits for ever.
        attempt.StandardError.ReadToEnd();
        attempt.WaitForExit();
        return attempt.ExitCode == 0 ? null : "this machine does not allow network namespaces with IPv6";
    }

    // A generated import would need unsafe code in this project.
#pragma warning disable SYSLIB1054
    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(int file, int kind);
#pragma warning restore SYSLIB1054
}
