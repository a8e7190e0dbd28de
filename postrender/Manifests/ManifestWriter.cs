using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Tempo.PostRender.Manifests;

/// <summary>Thrown if the writer's check of its own output fails: exit code 1, nothing on standard output.</summary>
public sealed class OutputMismatchException : Exception
{
    internal OutputMismatchException(string message)
        : base(message) { }
}

/// <summary>Applies edits to the text. Every changed document is parsed again and compared with the original plus its edits.</summary>
public static class ManifestWriter
{
    /// <summary>The reason why edits cannot be made in place, or null if they can.</summary>
    /// <param name="edits">The edits, which are applied together or not at all.</param>
    public static string? Refusal(IReadOnlyList<Edit> edits)
    {
        try
        {
            foreach (var (document, changes) in ByDocument(edits))
            {
                SplicePlanner.Try(document, changes);
            }

            return null;
        }
        catch (EditRefusedException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>
    /// The stream with the edits applied, as consecutive parts. Parts that no edit touches are slices of the input.
    /// </summary>
    /// <param name="edits">Edits of its documents, or of documents inside them.</param>
    /// <exception cref="EditRefusedException">An edit cannot be made in place; see <see cref="Refusal"/>.</exception>
    /// <exception cref="OutputMismatchException">A changed document is not the original plus its edits.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Apply(ManifestStream stream, IEnumerable<Edit> edits)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        var position = 0;
        foreach (var (document, changes) in ByDocument(edits).OrderBy(static change => change.Document.Index))
        {
            var slice = stream.Slices[document.Index];
            parts.Add(stream.Bytes[position..slice.Start]);
            var first = parts.Count;
            parts.AddRange(
                Splice.Apply(document.Text, stream.Bytes.Slice(slice.Start, slice.Length), SplicePlanner.Plan(document, changes))
            );
            Verify(document, changes, Decode(CollectionsMarshal.AsSpan(parts)[first..]));
            position = slice.Start + slice.Length;
        }

        parts.Add(stream.Bytes[position..]);
        return parts;
    }

    /// <summary>The lines that edits change, document by document, in the order of each stream.</summary>
    /// <param name="edits">Edits of documents, or of documents inside them.</param>
    /// <exception cref="EditRefusedException">An edit cannot be made in place; see <see cref="Refusal"/>.</exception>
    /// <exception cref="OutputMismatchException">A changed document is not the original plus its edits.</exception>
    public static IReadOnlyList<DocumentChange> Changes(IEnumerable<Edit> edits)
    {
        var changed = new List<DocumentChange>();
        foreach (var (document, changes) in ByDocument(edits).OrderBy(static change => change.Document.Index))
        {
            var splices = SplicePlanner.Plan(document, changes);
            Verify(document, changes, Splice.Apply(document.Text, splices));
            changed.Add(DocumentChange.Of(document, splices));
        }

        return changed;
    }

    /// <summary>
    /// The replaced parts of the text, for reports in which the user can apply each fix separately. Returns nothing if one of the edits
    /// is in a file that is a quoted scalar or base64: such a scalar is replaced as a whole, with all its fixes.
    /// </summary>
    /// <param name="edits">Edits that can be made in place.</param>
    public static IReadOnlyList<TextReplacement> Replacements(IReadOnlyList<Edit> edits) =>
        edits.Any(static edit => edit.Document is EmbeddedDocument { Literal: null })
            ? []
            :
            [
                .. ByDocument(edits)
                    .SelectMany(static change =>
                        SplicePlanner
                            .Plan(change.Document, change.Changes)
                            .OrderBy(static splice => splice.Start)
                            .Select(splice => new TextReplacement(
                                change.Document,
                                change.Document.Locate(splice.Start),
                                change.Document.Locate(splice.Start + splice.Length),
                                splice.Text
                            ))
                    ),
            ];

    /// <summary>Applies edits to the text of an embedded document, and verifies the result.</summary>
    public static string Apply(EmbeddedDocument document, IEnumerable<Edit> edits)
    {
        var changes = EditTree.Of(edits);
        var text = Splice.Apply(document.Text, SplicePlanner.Plan(document, changes));
        Verify(document, changes, text);
        return text;
    }

    /// <summary>The checksum of the text of an embedded document after its edits: SHA-256, 64 hexadecimal digits.</summary>
    public static string Checksum(EmbeddedDocument document, IEnumerable<Edit> edits) =>
        Sha256.Hex(Encoding.UTF8.GetBytes(Splice.Apply(document.Text, SplicePlanner.Plan(document, EditTree.Of(edits)))));

    private static void Verify(YamlDocument document, EditTree changes, string text)
    {
        if (text == document.Text)
        {
            throw new OutputMismatchException("the edits change nothing");
        }

        if (EditVerifier.FirstDifference(document, changes, text) is { } difference)
        {
            throw new OutputMismatchException($"the changed document is not the original plus its edits at {difference}");
        }
    }

    private static string Decode(ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        var length = 0;
        foreach (var part in parts)
        {
            length += part.Length;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(length);
        length = 0;
        foreach (var part in parts)
        {
            part.Span.CopyTo(bytes.AsSpan(length));
            length += part.Length;
        }

        var text = Encoding.UTF8.GetString(bytes.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(bytes);
        return text;
    }

    private static List<(ManifestDocument Document, EditTree Changes)> ByDocument(IEnumerable<Edit> edits)
    {
        var outermost = new Dictionary<ManifestDocument, List<Edit>>();
        var embedded = new Dictionary<EmbeddedDocument, List<Edit>>();
        foreach (var edit in edits)
        {
            if (edit.Document is EmbeddedDocument file)
            {
                Of(embedded, file).Add(edit);
            }
            else
            {
                Of(outermost, (ManifestDocument)edit.Document).Add(edit);
            }
        }

        var inner = embedded.ToLookup(static entry => entry.Key.Container);
        foreach (var container in inner.Select(static group => group.Key).OfType<ManifestDocument>())
        {
            Of(outermost, container);
        }

        var changes = new List<(ManifestDocument, EditTree)>();
        foreach (var (document, own) in outermost)
        {
            var tree = EditTree.Of(own);
            foreach (var (changed, itsEdits) in inner[document])
            {
                tree.Embed(changed, EditTree.Of(itsEdits));
            }

            changes.Add((document, tree));
        }

        return changes;

        static List<Edit> Of<TKey>(Dictionary<TKey, List<Edit>> lists, TKey key)
            where TKey : notnull
        {
            if (!lists.TryGetValue(key, out var list))
            {
                lists.Add(key, list = []);
            }

            return list;
        }
    }
}
