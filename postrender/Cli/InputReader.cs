using System.Runtime.InteropServices;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cli;

/// <summary>
/// Reads a whole stream into one array. The length of a pipe is unknown, and an array that grows by copying takes two or three
/// times the memory. So the parts of a large input are collected outside the garbage collector's heap and freed as soon as they are
/// joined.
/// </summary>
internal static class InputReader
{
    private const int PartSize = 4 << 20;

    /// <summary>The bytes of standard input.</summary>
    /// <exception cref="InvalidInputException">They cannot be read, or are more than an array can hold.</exception>
    public static ReadOnlyMemory<byte> ReadAll(IoContext io) => ReadAll(io.Input ?? throw Failure("standard input is closed"));

    /// <summary>The bytes of a stream.</summary>
    /// <exception cref="InvalidInputException">They cannot be read, or are more than an array can hold.</exception>
    public static ReadOnlyMemory<byte> ReadAll(Stream stream)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(64 << 10);
        var length = Fill();
        if (length < buffer.Length)
        {
            return buffer.AsMemory(0, length);
        }

        using var parts = new Parts();
        for (; length > 0; length = Fill())
        {
            parts.Append(buffer, length);
        }

        return parts.Join();

        // Synchronous on purpose: nothing else runs at the same time, and starting threads takes longer than most reads.
        int Fill() => FileErrors.Translate(() => stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false), Failure);
    }

    private static InvalidInputException Failure(string reason) =>
        new($"the input could not be read: {reason}", file: null, location: null);

    private sealed class Parts : IDisposable
    {
        private readonly List<IntPtr> _parts = [];
        private int _filled = PartSize;

        private long Length => _parts.Count == 0 ? 0 : ((long)(_parts.Count - 1) * PartSize) + _filled;

        public void Append(byte[] bytes, int length)
        {
            for (var taken = 0; taken < length; )
            {
                if (_filled == PartSize)
                {
                    if (Length > Array.MaxLength - PartSize)
                    {
                        throw new InvalidInputException("the input is larger than 2 GB", file: null, location: null);
                    }

                    _parts.Add(Marshal.AllocHGlobal(PartSize));
                    _filled = 0;
                }

                var count = Math.Min(length - taken, PartSize - _filled);
                Marshal.Copy(bytes, taken, _parts[^1] + _filled, count);
                _filled += count;
                taken += count;
            }
        }

        public ReadOnlyMemory<byte> Join()
        {
            var all = GC.AllocateUninitializedArray<byte>((int)Length);
            for (var i = 0; i < _parts.Count; i++)
            {
                var start = i * PartSize;
                Marshal.Copy(_parts[i], all, start, Math.Min(PartSize, all.Length - start));
                Marshal.FreeHGlobal(_parts[i]);
                _parts[i] = IntPtr.Zero;
            }

            return all;
        }

        public void Dispose() => _parts.ForEach(Marshal.FreeHGlobal);
    }
}
