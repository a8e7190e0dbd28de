using System.Net;
using System.Net.Sockets;
using Tempo.PostRender.Cluster;
using Tempo.PostRender.Cluster.Pods;
using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.Helm.Tests.Cluster.Scripts;

/// <summary>What the debug container runs to connect, in a shell of this machine and against servers of the test's own.</summary>
public class ConnectScriptTests
{
    [FactWithCurl]
    public async Task Each_family_is_tested_separately_and_every_failure_has_its_result()
    {
        using var only4 = TestSockets.Listen(IPAddress.Loopback);
        using var only6 = TestSockets.Listen(IPAddress.IPv6Loopback);
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(1);
        using var waiting = Fill(full);

        var results = await RunAsync(
            To("127.0.0.1", only4.Port()),
            To("::1", only6.Port()),
            To("localhost", only4.Port()),
            To("127.0.0.1", 1),
            To("127.0.0.1", full.Port()),
            To("no-such-host.invalid", 80)
        );

        Assert.Equal(ConnectionResult.Reached, results[$"127.0.0.1:{only4.Port()}"].IPv4);
        Assert.NotEqual(ConnectionResult.Reached, results[$"127.0.0.1:{only4.Port()}"].IPv6);
        Assert.Equal(ConnectionResult.Reached, results[$"[::1]:{only6.Port()}"].IPv6);
        Assert.NotEqual(ConnectionResult.Reached, results[$"[::1]:{only6.Port()}"].IPv4);
        Assert.Equal(ConnectionResult.Reached, results[$"localhost:{only4.Port()}"].IPv4);
        Assert.NotEqual(ConnectionResult.Reached, results[$"localhost:{only4.Port()}"].IPv6);
        Assert.Equal(ConnectionResult.Refused, results["127.0.0.1:1"].IPv4);
        Assert.Equal(ConnectionResult.TimedOut, results[$"127.0.0.1:{full.Port()}"].IPv4);
        Assert.Equal(
            new FamilyPair<ConnectionResult>(ConnectionResult.NoRecord, ConnectionResult.NoRecord),
            results["no-such-host.invalid:80"]
        );
    }

    /// <summary>A server sees a connection that is closed without any byte.</summary>
    [FactWithCurl]
    public async Task Nothing_is_sent()
    {
        using var server = TestSockets.Listen(IPAddress.Loopback);
        var accepted = AcceptAsync(server);

        await RunAsync(To("127.0.0.1", server.Port()));

        Assert.Equal(0, await accepted);
    }

    [FactWithCurl]
    public async Task Many_destinations_are_tested_at_the_same_time()
    {
        using var server = TestSockets.Listen(IPAddress.Loopback);
        var start = TimeProvider.System.GetTimestamp();

        var results = await RunAsync([.. Enumerable.Range(0, 100).Select(number => To($"127.0.0.{number + 1}", server.Port()))]);

        Assert.Equal(100, results.Count);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0, 40);
    }

    [Fact]
    public void An_image_without_curl_is_named() =>
        Assert.Equal("the debug image has no curl", Assert.Throws<PodException>(() => ConnectScript.Parse("== no curl\n== end\n")).Message);

    [Theory]
    [InlineData("")]
    [InlineData("== curl\na:1 4 28 0.1\n")]
    [InlineData("== curl\na:1 5 28 0.1\n== end")]
    [InlineData("sh: not found\n== end")]
    public void Any_other_output_is_refused(string output) => Assert.Throws<UnreadableException>(() => ConnectScript.Parse(output));

    private static Destination To(string host, int port) => new(host, port, "a test", IsOwn: true);

    private static async Task<IReadOnlyDictionary<string, FamilyPair<ConnectionResult>>> RunAsync(params Destination[] destinations)
    {
        return ConnectScript.Parse(await Shell.RunAsync(ConnectScript.Command(destinations)));
    }

    private static async Task<int> AcceptAsync(Socket server)
    {
        using var client = await server.AcceptAsync();
        var buffer = new byte[100];
        return await client.ReceiveAsync(buffer);
    }

    /// <summary>A server that accepts no connection: once its queue is full, connections are neither made nor refused.</summary>
    private static Clients Fill(Socket server)
    {
        var clients = new Clients();
        for (var i = 0; i < 16; i++)
        {
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            try
            {
                client.Connect(server.LocalEndPoint!);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // It goes on by itself.
            }

            clients.Add(client);
        }

        return clients;
    }

    private sealed class Clients : List<Socket>, IDisposable
    {
        public void Dispose() => ForEach(static client => client.Dispose());
    }
}
