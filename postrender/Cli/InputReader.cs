using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cli;

/// <summary>Reads a whole stream into memory, at most twice its size at any time.</summary>
internal static class InputReader
{
    private const int ChunkSize = 1 << 20;

    /// <summary>The bytes of a stream.</summary>
    /// <exception cref="InvalidInputException">There are more of them than an array can hold.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        var chunks = new List<byte[]>();
        long total = 0;
        while (true)
        {
            var chunk = GC.AllocateUninitializedArray<byte>(ChunkSize);
            var length = await stream.ReadAtLeastAsync(chunk, ChunkSize, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            total += length;
            if (length < ChunkSize)
            {
                return Join(chunks, chunk.AsMemory(0, length), total);
            }

            chunks.Add(chunk);
            if (total > Array.MaxLength - ChunkSize)
            {
                throw new InvalidInputException("the input is larger than 2 GB", file: null, location: null);
            }
        }
    }

    private static ReadOnlyMemory<byte> Join(List<byte[]> chunks, ReadOnlyMemory<byte> rest, long total)
    {
        if (chunks.Count == 0)
        {
            return rest;
        }

        var all = GC.AllocateUninitializedArray<byte>((int)total);
        for (var i = 0; i < chunks.Count; i++)
        {
            chunks[i].CopyTo(all, (long)i * ChunkSize);
            chunks[i] = [];
        }

        rest.CopyTo(all.AsMemory(chunks.Count * ChunkSize));
        return all;
    }
}
