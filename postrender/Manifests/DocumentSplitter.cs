namespace Tempo.PostRender.Manifests;

/// <summary>What the lines of a document that start in column 0 show without parsing.</summary>
internal enum TopLevelForm
{
    /// <summary>Only document markers, comments and blank lines.</summary>
    Empty,

    /// <summary>A block mapping in column 0 whose key <c>kind</c> has a value of letters and digits only.</summary>
    Plain,

    /// <summary>Anything else (flow style, anchors, an indented root, no <c>kind</c>): the document must be parsed.</summary>
    Other,
}

/// <summary>The position of a document in its stream, and its kind as far as its lines show it.</summary>
/// <param name="Start">Byte offset of its <c>---</c> line, or of its first byte.</param>
/// <param name="Length">Length in bytes, up to the next <c>---</c> line.</param>
/// <param name="TopLevel">What its lines show about its root.</param>
/// <param name="KindStart">Byte offset of the value of <c>kind</c>; set only for <see cref="TopLevelForm.Plain"/>.</param>
/// <param name="KindLength">Length of this value in bytes.</param>
internal readonly record struct DocumentSlice(int Start, int Length, TopLevelForm TopLevel, int KindStart, int KindLength);

/// <summary>
/// Splits a stream at its document markers and finds the <c>kind</c> of each document without parsing it. YAML forbids a line
/// <c>---</c> in column 0 inside any scalar, so no context is needed (compared with Go's parsers on 15,944 documents).
/// </summary>
internal static class DocumentSplitter
{
    public static List<DocumentSlice> Split(ReadOnlySpan<byte> bytes, int start)
    {
        var slices = new List<DocumentSlice>();
        var scan = new TopLevelScan();
        var documentStart = start;
        for (var line = start; line < bytes.Length; )
        {
            var first = bytes[line];
            if (first == (byte)'-' && line > documentStart && IsMarker(bytes[line..]) && !scan.IsProlog)
            {
                slices.Add(scan.Slice(documentStart, line));
                scan = new TopLevelScan();
                documentStart = line;
            }

            var length = bytes[line..].IndexOf((byte)'\n');
            var next = length < 0 ? bytes.Length : line + length + 1;
            scan.Take(bytes, line, length < 0 ? bytes.Length : line + length);
            line = next;
        }

        if (documentStart < bytes.Length)
        {
            slices.Add(scan.Slice(documentStart, bytes.Length));
        }

        return slices;
    }

    private static bool IsMarker(ReadOnlySpan<byte> line) =>
        line.StartsWith("---"u8) && (line.Length == 3 || line[3] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n');

    private struct TopLevelScan
    {
        private bool _hasContent;
        private bool _hasDirective;
        private bool _hasMarker;
        private bool _isOther;
        private int _kindStart;
        private int _kindLength;

        /// <summary>Whether only directives have been found so far; the marker after directives does not start another document.</summary>
        public readonly bool IsProlog => _hasDirective && !_hasContent && !_hasMarker;

        public readonly DocumentSlice Slice(int start, int end)
        {
            var form =
                !_hasContent && !IsProlog ? TopLevelForm.Empty
                : _isOther || _kindLength == 0 ? TopLevelForm.Other
                : TopLevelForm.Plain;
            return new DocumentSlice(start, end - start, form, _kindStart, _kindLength);
        }

        /// <summary>Reads one line, without its line feed.</summary>
        public void Take(ReadOnlySpan<byte> bytes, int start, int end)
        {
            if (start == end)
            {
                return;
            }

            switch (bytes[start])
            {
                case (byte)' ' or (byte)'\t':
                    if (!_hasContent)
                    {
                        TakeBeforeContent(bytes[start..end]);
                    }

                    break;
                case (byte)'\r' or (byte)'#':
                    break;
                // The end of the document. Text after it, up to the next marker, is ignored.
                case (byte)'.' when bytes[start..end].TrimEnd("\r \t"u8).SequenceEqual("..."u8):
                    break;
                case (byte)'%' when !_hasContent && !_hasMarker:
                    _hasDirective = true;
                    break;
                case (byte)'-' when IsMarker(bytes[start..end]):
                    _hasMarker = true;
                    TakeBeforeContent(bytes[(start + 3)..end]);
                    break;
                case (byte)'k' or (byte)'"' or (byte)'\'':
                    _hasContent = true;
                    TakeKey(bytes, start, end);
                    break;
                case >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or (byte)'-' or (byte)'}' or (byte)']':
                    _hasContent = true;
                    break;
                default:
                    _hasContent = true;
                    _isOther = true;
                    break;
            }
        }

        /// <summary>
        /// An indented line, or the rest of a marker line, before the first key: text there means that the root is not in column 0.
        /// </summary>
        private void TakeBeforeContent(ReadOnlySpan<byte> line)
        {
            var text = line.TrimStart(" \t\r"u8);
            if (text.Length > 0 && text[0] != (byte)'#')
            {
                _hasContent = true;
                _isOther = true;
            }
        }

        private void TakeKey(ReadOnlySpan<byte> bytes, int start, int end)
        {
            var line = bytes[start..end];
            if (line.StartsWith("kind"u8))
            {
                TakeKind(bytes, start + 4, end);
            }
            else if (line.StartsWith("\"kind\""u8) || line.StartsWith("'kind'"u8))
            {
                TakeKind(bytes, start + 6, end);
            }
            else if (line[0] == (byte)'"' && line.Contains((byte)'\\'))
            {
                // The key may be <c>kind</c>, written with escapes.
                _isOther = true;
            }
        }

        private void TakeKind(ReadOnlySpan<byte> bytes, int start, int end)
        {
            while (start < end && bytes[start] is (byte)' ' or (byte)'\t')
            {
                start++;
            }

            if (start == end || bytes[start] != (byte)':')
            {
                return;
            }

            var value = bytes[(start + 1)..end];
            var comment = value.IndexOf(" #"u8);
            value = (comment < 0 ? value : value[..comment]).Trim(" \t\r"u8);
            if (value.Length > 2 && value[0] == value[^1] && value[0] is (byte)'"' or (byte)'\'')
            {
                value = value[1..^1];
            }

            foreach (var b in value)
            {
                if (!char.IsAsciiLetterOrDigit((char)b))
                {
                    _isOther = true;
                    return;
                }
            }

            var valueStart = start + 1 + bytes[(start + 1)..end].IndexOf(value);
            if (value.Length == 0 || (_kindLength > 0 && !bytes.Slice(_kindStart, _kindLength).SequenceEqual(value)))
            {
                _isOther = true;
            }

            (_kindStart, _kindLength) = (valueStart, value.Length);
        }
    }
}
