using System.Net;
using Tempo.Helm.Tests.Cluster.Scripts;
using Tempo.PostRender.Cluster;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Pods;
using AddressFamily = Tempo.PostRender.Addresses.AddressFamily;

namespace Tempo.Helm.Tests.Cluster;

/// <summary>Listeners as ss and the kernel's tables show them.</summary>
public class ListenerTests
{
    private const string IPv6Wildcard = "00000000000000000000000000000000";

    [Theory]
    // the current iproute2, with and without a header, with processes, scopes and extended columns
    [InlineData("LISTEN 0 4096 *:3200 *:*", true, true)]
    [InlineData("LISTEN 0      128                  [::]:3200         [::]:*    users:((\"tempo\",pid=1,fd=4))", false, true)]
    [InlineData("LISTEN 0      128               0.0.0.0:3200      0.0.0.0:*    users:((\"tempo\",pid=1,fd=5))", true, false)]
    [InlineData("LISTEN 0 128 [::]:3200 [::]:* ino:560906 sk:1003 cgroup:/ v6only:1 <->", false, true)]
    [InlineData("tcp   LISTEN 0 128 *:3200 *:*", true, true)]
    [InlineData("0 128 [fd00::7]:3200 [::]:*", false, true)]
    [InlineData("LISTEN 0 128 10.1.2.3:3200 0.0.0.0:*", true, false)]
    [InlineData("LISTEN 0 128 [::ffff:10.1.2.3]:3200 *:*", true, false)]
    [InlineData("LISTEN 0 128 127.0.0.1:3200 0.0.0.0:*", false, false)]
    [InlineData("LISTEN 0 128 [::1]:3200 [::]:*", false, false)]
    [InlineData("LISTEN 0 128 [::ffff:127.0.0.1]:3200 *:*", false, false)]
    [InlineData("LISTEN 0 128 127.0.0.53%lo:3200 0.0.0.0:*", false, false)]
    [InlineData("LISTEN 0 128 *%eth0:3200 *:*", true, true)]
    [InlineData("LISTEN 0 128 0.0.0.0%eth0:3200 0.0.0.0:*", true, false)]
    [InlineData("LISTEN 0 128 [fe80::1]%eth0:3200 [::]:*", false, false)]
    [InlineData("LISTEN 0 128 [fe80::1%eth0]:3200 [::]:*", false, false)]
    // iproute2 before 4.12: a star is IPv4 there, as the line beside it shows
    [InlineData("LISTEN 0 128 *:3200 *:*\nLISTEN 0 128 :::22 :::*", true, false)]
    [InlineData("LISTEN 0 128 :::3200 :::*", null, true)]
    public void A_line_of_ss_says_over_which_families_a_port_is_reached(string table, bool? overIPv4, bool? overIPv6)
    {
        var listener = Assert.Single(SocketStatistics.Parse(table.Split('\n')), static listener => listener.Port == 3200);

        Assert.Equal((overIPv4, overIPv6), (listener.Reaches(AddressFamily.IPv4), listener.Reaches(AddressFamily.IPv6)));
    }

    /// <summary>The listing by which Tempo's documentation has an IPv6 pod checked.</summary>
    [Fact]
    public void The_documented_listing_of_an_IPv6_pod_serves_both_families()
    {
        const string listing = """
            State    Recv-Q   Send-Q     Local Address:Port     Peer Address:Port  Process
            LISTEN   0        4096                   *:7946                *:*
            LISTEN   0        4096                   *:9095                *:*
            LISTEN   0        4096                   *:3200                *:*
            """;

        var listeners = SocketStatistics.Parse(listing.Split('\n'));

        Assert.Equal([7946, 9095, 3200], listeners.Select(static listener => listener.Port));
        Assert.All(listeners, static listener => Assert.Equal("every address of both families", listener.Describe()));
    }

    [Theory]
    [InlineData("00000000:0C80", true, false)]
    [InlineData("0302010A:0C80", true, false)]
    [InlineData("0100007F:0C80", false, false)]
    [InlineData(IPv6Wildcard + ":0C80", null, true)]
    [InlineData("000000FD000000000000000007000000:0C80", false, true)]
    [InlineData("00000000000000000000000001000000:0C80", false, false)]
    [InlineData("0000000000000000FFFF00000302010A:0C80", true, false)]
    [InlineData("0000000000000000FFFF00000100007F:0C80", false, false)]
    [InlineData("000080FE000000000000000001000000:0C80", false, false)]
    public void A_row_of_the_kernels_tables_says_the_same_but_for_IPV6_V6ONLY(string local, bool? overIPv4, bool? overIPv6)
    {
        var listener = Assert.Single(ProcNetTcp.Parse(Row(local, "0A").Split('\n')));

        Assert.Equal(3200, listener.Port);
        Assert.Equal((overIPv4, overIPv6), (listener.Reaches(AddressFamily.IPv4), listener.Reaches(AddressFamily.IPv6)));
    }

    [Fact]
    public void Connections_are_not_listeners()
    {
        Assert.Empty(ProcNetTcp.Parse((Row("020200C0:B5D2", "06") + Row("020200C0:B5D2", "01")).Split('\n')));
        Assert.Empty(
            SocketStatistics.Parse(["State Recv-Q Send-Q Local Address:Port Peer Address:Port", "ESTAB 0 0 10.0.0.1:3200 10.0.0.2:40000"])
        );
    }

    [Theory]
    [InlineData("LISTEN 0 128 *:http *:*")]
    [InlineData("LISTEN 0 128 nonsense nonsense")]
    [InlineData("LISTEN 0 128 [fd00::x]:3200 [::]:*")]
    public void A_listener_that_cannot_be_parsed_is_an_error_that_quotes_its_line(string line)
    {
        var exception = Assert.Throws<UnreadableException>(() => SocketStatistics.Parse([line]));

        Assert.Contains(line, exception.Message);
    }

    [Theory]
    [InlineData("== ss\nLISTEN 0 128 *:3200 *:*\n")]
    [InlineData("== proc\n  sl  local_address\nnonsense\n== end\n")]
    [InlineData("== proc\n   0: 0000000:0C80 00000000:0000 0A\n== end\n")]
    [InlineData("sh: ss: not found\n== end\n")]
    [InlineData("")]
    public void Incomplete_or_unknown_output_is_refused(string output) =>
        Assert.Throws<UnreadableException>(() => ListenerScript.Parse(output));

    [Fact]
    public void A_pod_without_listeners_has_an_empty_list() =>
        Assert.Empty(ListenerScript.Parse("== ss\nState  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n== end\n"));

    /// <summary>
    /// Listeners of this test, read from the kernel's tables, and with ss if it is installed.
    /// </summary>
    [FactWithListeners(needsIPv6: false)]
    public Task Real_IPv4_listeners_are_read_from_the_kernels_tables_and_from_the_script_of_the_debug_container() =>
        CompareAsync(("0.0.0.0", IPAddress.Any, null, true, false), ("127.0.0.1", IPAddress.Loopback, null, false, false));

    [FactWithListeners(needsIPv6: true)]
    public Task Real_IPv6_listeners_are_read_from_the_kernels_tables_and_from_the_script_of_the_debug_container() =>
        CompareAsync(
            ("::", IPAddress.IPv6Any, true, true, true),
            (":: with IPV6_V6ONLY", IPAddress.IPv6Any, false, false, true),
            ("::1", IPAddress.IPv6Loopback, false, false, false)
        );

    private static async Task CompareAsync(params (string Name, IPAddress Address, bool? IsDual, bool OverIPv4, bool OverIPv6)[] cases)
    {
        var sockets = cases.Select(static found => TestSockets.Listen(found.Address, found.IsDual)).ToList();
        var open = cases.Zip(sockets, static (found, socket) => (found.Name, Port: socket.Port(), found.OverIPv4, found.OverIPv6));
        var fromKernel = ProcNetTcp.Parse(new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines));
        var output = await Shell.RunAsync(ListenerScript.Command);
        var fromScript = ListenerScript.Parse(output);
        var hasStatistics = output.StartsWith("== ss");

        foreach (var (name, port, overIPv4, overIPv6) in open)
        {
            // The kernel's tables cannot tell IPV6_V6ONLY of the wildcard.
            bool? kernelOverIPv4 = overIPv6 ? null : overIPv4;
            Assert.Equal((name, kernelOverIPv4, overIPv6), Reach(name, fromKernel, port));
            Assert.Equal((name, hasStatistics ? overIPv4 : kernelOverIPv4, overIPv6), Reach(name, fromScript, port));
        }

        sockets.ForEach(static socket => socket.Dispose());
    }

    private static (string Name, bool? OverIPv4, bool? OverIPv6) Reach(string name, IReadOnlyList<Listener> listeners, int port)
    {
        var listener = Assert.Single(listeners, listener => listener.Port == port);
        return (name, listener.Reaches(AddressFamily.IPv4), listener.Reaches(AddressFamily.IPv6));
    }

    private static string Row(string local, string state) =>
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
        + $"   0: {local} 00000000:0000 {state} 00000000:00000000 00:00000000 00000000 0 0 1083 1 0000000000000000 100 0 "
        + "0 10 0\n";
}
