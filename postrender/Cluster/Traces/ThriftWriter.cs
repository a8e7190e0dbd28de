using System.Buffers.Binary;
using System.Text;

namespace Tempo.PostRender.Cluster.Traces;

/// <summary>
/// Writes the few fields that one span needs in Thrift's binary protocol
/// (https://github.com/apache/thrift/blob/master/doc/specs/thrift-binary-protocol.md).
/// </summary>
internal sealed class ThriftWriter
{
    private const byte Stop = 0;
    private const byte I32Type = 8;
    private const byte I64Type = 10;
    private const byte StringType = 11;
    private const byte StructType = 12;
    private const byte ListType = 15;

    private readonly List<byte> _bytes = [];

    /// <summary>Writes an integer of four bytes.</summary>
    public ThriftWriter I32(short field, int value)
    {
        WriteHeader(I32Type, field);
        WriteI32(value);
        return this;
    }

    /// <summary>Writes an integer of eight bytes.</summary>
    public ThriftWriter I64(short field, long value)
    {
        WriteHeader(I64Type, field);
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Writes text.</summary>
    public ThriftWriter Text(short field, string value)
    {
        WriteHeader(StringType, field);
        var bytes = Encoding.UTF8.GetBytes(value);
        WriteI32(bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Writes a struct inside this one.</summary>
    public ThriftWriter Struct(short field, ThriftWriter value)
    {
        WriteHeader(StructType, field);
        _bytes.AddRange(value.ToArray());
        return this;
    }

    /// <summary>Writes a list of one struct.</summary>
    public ThriftWriter ListOf(short field, ThriftWriter value)
    {
        WriteHeader(ListType, field);
        _bytes.Add(StructType);
        WriteI32(1);
        _bytes.AddRange(value.ToArray());
        return this;
    }

    /// <summary>The struct, with its end.</summary>
    public byte[] ToArray() => [.. _bytes, Stop];

    private void WriteHeader(byte type, short field)
    {
        Span<byte> bytes = stackalloc byte[1 + sizeof(short)];
        bytes[0] = type;
        BinaryPrimitives.WriteInt16BigEndian(bytes[1..], field);
        _bytes.AddRange(bytes);
    }

    private void WriteI32(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        _bytes.AddRange(bytes);
    }
}
