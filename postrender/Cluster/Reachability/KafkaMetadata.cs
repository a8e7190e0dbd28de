using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Tempo.PostRender.Cluster.Reachability;

/// <summary>A broker, at the address that it advertises to clients.</summary>
internal sealed record KafkaBroker(int Id, string Host, int Port);

/// <summary>
/// Kafka's Metadata request in version 1, which asks for no topic and is served by every version of Kafka since 0.10
/// (https://kafka.apache.org/protocol.html#The_Messages_Metadata).
/// </summary>
/// <remarks>Not a client library, because a shell in a pod sends the bytes and returns the response.</remarks>
internal static class KafkaMetadata
{
    private const string ClientId = "tempo-postrender-verify";
    private const short ApiKey = 3;
    private const short Version = 1;
    private const int CorrelationId = 0x7470_6601;

    /// <summary>The request, after its length.</summary>
    public static byte[] Request()
    {
        var clientId = Encoding.ASCII.GetBytes(ClientId);
        // Length, key, version, correlation id, client id, and the number of topics, which is zero.
        var request = new byte[14 + clientId.Length + sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(request, request.Length - sizeof(int));
        BinaryPrimitives.WriteInt16BigEndian(request.AsSpan(4), ApiKey);
        BinaryPrimitives.WriteInt16BigEndian(request.AsSpan(6), Version);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(8), CorrelationId);
        BinaryPrimitives.WriteInt16BigEndian(request.AsSpan(12), (short)clientId.Length);
        clientId.CopyTo(request, 14);
        return request;
    }

    /// <summary>Reads the brokers of a response, after its length. Null if it is not a complete response to the request.</summary>
    public static IReadOnlyList<KafkaBroker>? Read(ReadOnlyMemory<byte> response)
    {
        if (!BinaryPrimitives.TryReadInt32BigEndian(response.Span, out var length) || length < 0 || length > response.Length - sizeof(int))
        {
            return null;
        }

        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(response.Slice(sizeof(int), length)));
        if (
            !reader.TryReadBigEndian(out int correlation)
            || correlation != CorrelationId
            || !reader.TryReadBigEndian(out int count)
            || count < 0
        )
        {
            return null;
        }

        var brokers = new List<KafkaBroker>();
        for (; count > 0; count--)
        {
            if (
                !reader.TryReadBigEndian(out int id)
                || !TryReadText(ref reader, out var host)
                || !reader.TryReadBigEndian(out int port)
                || !TryReadText(ref reader, out _)
                || host is null
                || port is <= 0 or > ushort.MaxValue
            )
            {
                return null;
            }

            brokers.Add(new KafkaBroker(id, host, port));
        }

        return brokers;
    }

    /// <summary>Reads a text after its length; the length -1 stands for null.</summary>
    private static bool TryReadText(ref SequenceReader<byte> reader, out string? text)
    {
        text = null;
        if (!reader.TryReadBigEndian(out short length) || length <= -1)
        {
            return length == -1;
        }

        if (!reader.TryReadExact(length, out var bytes))
        {
            return false;
        }

        text = Encoding.UTF8.GetString(bytes);
        return true;
    }
}
