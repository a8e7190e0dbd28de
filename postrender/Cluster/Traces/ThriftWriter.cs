using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Tempo.PostRender.Cluster.Traces;

/// <summary>
/// Writes the few fields that one span needs in Thrift's binary protocol
/// (https://github.com/apache/thrift/blob/master/doc/specs/thrift-binary-protocol.md).
/// </summary>
/// <remarks>A library would add generated code for one message.</remarks>
internal sealed class ThriftWriter
{
    private const byte Stop = 0;
    private const byte I32Type = 8;
    private const byte I64Type = 10;
    private const byte StringType = 11;
    private const byte StructType = 12;
    private const byte ListType = 15;
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Writes an integer of four bytes.</summary>
    public ThriftWriter I32(short field, int value) => Header(I32Type, field).Int32(value);

    /// <summary>Writes an integer of eight bytes.</summary>
    public ThriftWriter I64(short field, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(Header(I64Type, field)._bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
        return this;
    }

    public ThriftWriter Text(short field, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return Header(StringType, field).Int32(bytes.Length).Bytes(bytes);
    }

    /// <summary>Writes a struct inside this one.</summary>
    public ThriftWriter Struct(short field, ThriftWriter value) => Header(StructType, field).Bytes(value.ToArray());

    /// <summary>Writes a list of one struct.</summary>
    public ThriftWriter ListOf(short field, ThriftWriter value) =>
        Header(ListType, field).Bytes([StructType]).Int32(1).Bytes(value.ToArray());

    /// <summary>The struct, with its end.</summary>
    public byte[] ToArray() => [.. _bytes.WrittenSpan, Stop];

    private ThriftWriter Header(byte type, short field)
    {
        Bytes([type]);
        BinaryPrimitives.WriteInt16BigEndian(_bytes.GetSpan(sizeof(short)), field);
        _bytes.Advance(sizeof(short));
        return this;
    }

    private ThriftWriter Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(sizeof(int)), value);
        _bytes.Advance(sizeof(int));
        return this;
    }

    private ThriftWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }
}
