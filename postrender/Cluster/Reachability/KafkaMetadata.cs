using System.Buffers.Binary;
using System.Text;

namespace Tempo.PostRender.Cluster.Reachability;

/// <summary>A broker, at the address that it advertises to clients.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Host">The host.</param>
/// <param name="Port">The port.</param>
internal sealed record KafkaBroker(int Id, string Host, int Port);

/// <summary>
/// Kafka's Metadata request in version 1, which asks for no topic and is served by every version of Kafka since 0.10
/// (https://kafka.apache.org/protocol.html#The_Messages_Metadata).
/// </summary>
internal static class KafkaMetadata
{
    private const string ClientId = "tempo-postrender-verify";
    private const short ApiKey = 3;
    private const short Version = 1;
    private const int CorrelationId = 0x7470_6601;

    /// <summary>The request, with its length before it.</summary>
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

    /// <summary>Reads the brokers of a response, with its length before it. Null where it is no whole response to the request.</summary>
    /// <param name="response">The response.</param>
    public static IReadOnlyList<KafkaBroker>? Read(ReadOnlySpan<byte> response)
    {
        var reader = new Reader(response);
        if (!reader.TryInt32(out var length) || length > response.Length - sizeof(int) || length < 0)
        {
            return null;
        }

        reader = new Reader(response.Slice(sizeof(int), length));
        if (!reader.TryInt32(out var correlation) || correlation != CorrelationId || !reader.TryInt32(out var count) || count < 0)
        {
            return null;
        }

        var brokers = new List<KafkaBroker>();
        for (; count > 0; count--)
        {
            if (
                !reader.TryInt32(out var id)
                || !reader.TryText(out var host)
                || !reader.TryInt32(out var port)
                || !reader.TryText(out _)
                || host is null
                || port is <= 0 or >= 65_536
            )
            {
                return null;
            }

            brokers.Add(new KafkaBroker(id, host, port));
        }

        return brokers;
    }

    private ref struct Reader(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        public bool TryInt32(out int value)
        {
            if (!BinaryPrimitives.TryReadInt32BigEndian(_rest, out value))
            {
                return false;
            }

            _rest = _rest[sizeof(int)..];
            return true;
        }

        /// <summary>Text with its length before it; the length -1 stands for null.</summary>
        public bool TryText(out string? value)
        {
            value = null;
            if (!BinaryPrimitives.TryReadInt16BigEndian(_rest, out var length) || length < -1)
            {
                return false;
            }

            _rest = _rest[sizeof(short)..];
            if (length > _rest.Length)
            {
                return false;
            }

            if (length >= 0)
            {
                value = Encoding.UTF8.GetString(_rest[..length]);
                _rest = _rest[length..];
            }

            return true;
        }
    }
}
