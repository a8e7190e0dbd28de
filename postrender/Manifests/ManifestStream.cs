using System.Text;
using System.Text.Unicode;

namespace Tempo.PostRender.Manifests;

/// <summary>
/// A stream of manifests: its bytes, split at the document markers. Each document is decoded and parsed on first use; documents that
/// are never used are written as the bytes that were read.
/// </summary>
public sealed class ManifestStream
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The total length of small texts that are kept decoded, in UTF-16 units.</summary>
    private const int MaxDecoded = 1 << 17;
    private const int SmallText = 64 << 10;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly List<DocumentSlice> _slices;
    private readonly Dictionary<int, ManifestDocument> _opened = [];
    private readonly Queue<(ManifestDocument Document, int Length)> _decoded = [];
    private int _decodedLength;
    private readonly Lazy<int[]> _firstLines;

    private ManifestStream(ReadOnlyMemory<byte> bytes, List<DocumentSlice> slices, string? file)
    {
        _bytes = bytes;
        _slices = slices;
        _firstLines = new Lazy<int[]>(CountLines, LazyThreadSafetyMode.None);
        File = file;
    }

    /// <summary>The file the stream was read from, or null for standard input.</summary>
    public string? File { get; }

    /// <summary>The positions of the documents in the stream.</summary>
    internal IReadOnlyList<DocumentSlice> Slices => _slices;

    /// <summary>The number of documents; documents without content are not counted.</summary>
    public int DocumentCount => _slices.Count(static slice => slice.TopLevel != TopLevelForm.Empty);

    /// <summary>Whether the stream contains only white space.</summary>
    public bool IsBlank => _bytes.Span.Trim(" \t\r\n"u8).IsEmpty;

    /// <summary>Whether the stream starts with a byte order mark, which is not part of any document.</summary>
    internal bool HasByteOrderMark => _bytes.Span.StartsWith(ByteOrderMark);

    /// <summary>The pool for the values of all documents.</summary>
    internal StringPool Strings { get; } = new();

    internal ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Splits a stream into documents.</summary>
    /// <param name="bytes">UTF-8, with or without a byte order mark.</param>
    /// <param name="file">The file it was read from, or null for standard input.</param>
    /// <exception cref="InvalidInputException">The bytes are not UTF-8.</exception>
    public static ManifestStream Open(ReadOnlyMemory<byte> bytes, string? file = null)
    {
        if (!Utf8.IsValid(bytes.Span))
        {
            var place = FirstInvalidByte(bytes.Span);
            throw new InvalidInputException(
                OtherEncoding(bytes.Span) is { } encoding
                    ? $"the input is {encoding} text, and only UTF-8 is read; convert it, for example with iconv -t UTF-8"
                    : "the input is not UTF-8 text",
                file,
                new Location(bytes.Span[..place].Count((byte)'\n') + 1, 1)
            );
        }

        var start = bytes.Span.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        return new ManifestStream(bytes, DocumentSplitter.Split(bytes.Span, start), file);
    }

    /// <summary>The bytes of a document, including its <c>---</c> line.</summary>
    internal ReadOnlySpan<byte> BytesOf(int index) => _bytes.Span.Slice(_slices[index].Start, _slices[index].Length);

    /// <summary>A document of the stream; every call with the same index returns the same object.</summary>
    /// <param name="index">The document's index, from 0.</param>
    public ManifestDocument Document(int index)
    {
        if (!_opened.TryGetValue(index, out var document))
        {
            _opened.Add(index, document = new ManifestDocument(index, this));
        }

        return document;
    }

    /// <summary>
    /// Decodes the text of a document. A string takes twice the memory of its bytes, and rules check one release after the other, so
    /// only the small documents used last keep their text.
    /// </summary>
    internal string Decode(ManifestDocument document)
    {
        var text = Encoding.UTF8.GetString(BytesOf(document.Index));
        if (text.Length <= SmallText)
        {
            _decoded.Enqueue((document, text.Length));
            _decodedLength += text.Length;
            while (_decodedLength > MaxDecoded)
            {
                var (oldest, length) = _decoded.Dequeue();
                _decodedLength -= length;
                oldest.ForgetText();
            }
        }

        return text;
    }

    /// <summary>The line of the stream, from 1, that a document starts in.</summary>
    internal int FirstLineOf(int index) => _firstLines.Value[index];

    /// <summary>Counts in one pass and on first use, because a stream without findings needs no line numbers.</summary>
    private int[] CountLines()
    {
        var lines = new int[_slices.Count];
        var (position, line) = (0, 1);
        for (var i = 0; i < lines.Length; i++)
        {
            line += _bytes.Span[position.._slices[i].Start].Count((byte)'\n');
            position = _slices[i].Start;
            lines[i] = line;
        }

        return lines;
    }

    /// <summary>The encoding of a byte order mark that is not UTF-8's, or null if there is none.</summary>
    private static string? OtherEncoding(ReadOnlySpan<byte> bytes) =>
        bytes switch
        {
            [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => "UTF-32",
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "UTF-16",
            _ => null,
        };

    private static int FirstInvalidByte(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        while (
            position < bytes.Length
            && Rune.DecodeFromUtf8(bytes[position..], out _, out var consumed) == System.Buffers.OperationStatus.Done
        )
        {
            position += consumed;
        }

        return position;
    }
}
