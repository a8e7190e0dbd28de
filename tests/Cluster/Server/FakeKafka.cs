using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.Helm.Tests.Cluster.Server;

/// <summary>A Kafka that answers the one question that verify asks, or does not.</summary>
internal sealed class FakeKafka : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[]? _answer;

    /// <summary>Starts it.</summary>
    /// <param name="socket">A socket that listens.</param>
    /// <param name="answer">What it answers to the right question; null to close the connection, as one does that wants TLS.</param>
    public FakeKafka(Socket socket, byte[]? answer)
    {
        (_socket, _answer) = (socket, answer);
        _ = ServeAsync();
    }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Everything that it was sent, by connection.</summary>
    public List<byte[]> Requests { get; } = [];

    /// <summary>A response to the Metadata request, as a broker gives it.</summary>
    public static byte[] Response(params IEnumerable<KafkaBroker> brokers)
    {
        var body = new List<byte>();
        Int32(BinaryPrimitives.ReadInt32BigEndian(KafkaMetadata.Request().AsSpan(8)));
        var all = brokers.ToList();
        Int32(all.Count);
        foreach (var broker in all)
        {
            Int32(broker.Id);
            var host = Encoding.UTF8.GetBytes(broker.Host);
            Int16((short)host.Length);
            body.AddRange(host);
            Int32(broker.Port);
            // No rack.
            Int16(-1);
        }

        // The controller, and no topics.
        Int32(all.Count == 0 ? -1 : all[0].Id);
        Int32(0);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Count);
        return [.. length, .. body];

        void Int32(int value)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            body.AddRange(bytes);
        }

        void Int16(short value)
        {
            var bytes = new byte[2];
            BinaryPrimitives.WriteInt16BigEndian(bytes, value);
            body.AddRange(bytes);
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _socket.AcceptAsync();
                _ = AnswerAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        using (client)
        {
            try
            {
                var buffer = new byte[1_000];
                var length = await client.ReceiveAsync(buffer);
                if (length == 0)
                {
                    return;
                }

                lock (Requests)
                {
                    Requests.Add(buffer[..length]);
                }

                if (_answer is not null && buffer.AsSpan(0, length).SequenceEqual(KafkaMetadata.Request()))
                {
                    await client.SendAsync(_answer);
                    // A broker keeps the connection open for the next question.
                    await client.ReceiveAsync(buffer);
                }
            }
            catch (SocketException)
            {
                // The client has gone.
            }
        }
    }
}
