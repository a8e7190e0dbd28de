using System.Text;
using System.Text.Unicode;

namespace Tempo.PostRender.Manifests;

/// <summary>
/// A stream of manifests: its bytes, cut at the document markers. Documents are decoded and parsed one by one, and only
/// when somebody asks: what nobody reads stays bytes and leaves as it came.
/// </summary>
public sealed class ManifestStream
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>In UTF-16 units, as is the other.</summary>
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

    /// <summary>The documents, as places in the stream.</summary>
    internal IReadOnlyList<DocumentSlice> Slices => _slices;

    /// <summary>How many documents the stream has; parts without any content do not count.</summary>
    public int DocumentCount => _slices.Count(static slice => slice.TopLevel != TopLevelForm.Empty);

    /// <summary>Whether there is nothing in it but white space.</summary>
    public bool IsBlank => _bytes.Span.Trim(" \t\r\n"u8).IsEmpty;

    /// <summary>Whether it starts with a byte order mark, which belongs to no document.</summary>
    internal bool HasByteOrderMark => _bytes.Span.StartsWith(ByteOrderMark);

    /// <summary>The strings of the documents' values.</summary>
    internal StringPool Strings { get; } = new();

    /// <summary>The whole input.</summary>
    internal ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Cuts a stream into documents.</summary>
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

    /// <summary>The bytes of a document, its marker line included.</summary>
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
    /// The text of a document. Strings take twice the room of the bytes, and rules look at one release after the other: of
    /// small documents only the last ones keep theirs.
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

    /// <summary>In one pass, and only once somebody asks for a line: a stream without findings never does.</summary>
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

    /// <summary>The encoding that a byte order mark other than UTF-8's states, or null.</summary>
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
