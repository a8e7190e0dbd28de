using System.Text;

namespace Tempo.PostRender.Manifests;

/// <summary>What an <see cref="Edit"/> does at its path.</summary>
public enum EditOperation
{
    /// <summary>Sets the value at the path; adds the keys of the path that are missing.</summary>
    Set,

    /// <summary>Removes the entry at the path, with the comments on its lines.</summary>
    Remove,

    /// <summary>Appends the value to the list at the path.</summary>
    Append,

    /// <summary>Replaces the line whose index, from 0, is the path; only for text that is not YAML.</summary>
    SetLine,

    /// <summary>Inserts the value as a new line after the line whose index, from 0, is the path; only for text that is not YAML.</summary>
    InsertLine,
}

/// <summary>
/// A change of a document, as data. Rules create edits, and one writer (<see cref="ManifestWriter"/>) applies them to the original
/// text. An edit that changes nothing is an error in the rule that created it.
/// </summary>
/// <param name="Document">The document; it can be embedded in another document.</param>
/// <param name="Path">The path in the document.</param>
/// <param name="Operation">The operation at this path.</param>
/// <param name="Value">The value to set or append; null to remove.</param>
public sealed record Edit(YamlDocument Document, NodePath Path, EditOperation Operation, YamlValue? Value)
{
    /// <summary>The document of the stream that changes: <see cref="Document"/>, or the document in which it is embedded.</summary>
    public ManifestDocument Outermost
    {
        get
        {
            var document = Document;
            while (document is EmbeddedDocument embedded)
            {
                document = embedded.Container;
            }

            return (ManifestDocument)document;
        }
    }

    /// <summary>An edit that sets a value.</summary>
    /// <param name="path">Where in the document.</param>
    public static Edit Set(YamlDocument document, NodePath path, YamlValue value) => new(document, path, EditOperation.Set, value);

    /// <summary>An edit that removes an entry.</summary>
    /// <param name="path">Where in the document.</param>
    public static Edit Remove(YamlDocument document, NodePath path) => new(document, path, EditOperation.Remove, Value: null);

    /// <summary>An edit that replaces a line of a text that is not YAML.</summary>
    /// <param name="document">The text.</param>
    /// <param name="line">The line's index, from 0.</param>
    /// <param name="value">The new line, without a line break.</param>
    public static Edit SetLine(YamlDocument document, int line, string value) =>
        new(document, NodePath.Root.Item(line), EditOperation.SetLine, value);

    /// <summary>An edit that inserts a line into a text that is not YAML.</summary>
    /// <param name="document">The text.</param>
    /// <param name="line">The index, from 0, of the line after which to insert.</param>
    /// <param name="value">The new line, without a line break.</param>
    public static Edit InsertLine(YamlDocument document, int line, string value) =>
        new(document, NodePath.Root.Item(line), EditOperation.InsertLine, value);

    /// <summary>An edit that appends an item to a list.</summary>
    /// <param name="path">The path of the list in the document.</param>
    /// <param name="value">The item.</param>
    public static Edit Append(YamlDocument document, NodePath path, YamlValue value) => new(document, path, EditOperation.Append, value);
}

/// <summary>
/// Thrown if an edit cannot be made in place, because its text would change more than the edit asks for.
/// </summary>
public sealed class EditRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The reason, as the end of the sentence "it cannot be changed in place: …".</param>
    public EditRefusedException(string message)
        : base(message) { }
}

/// <summary>
/// A change of a text: <paramref name="Text"/> replaces <paramref name="Length"/> characters from <paramref name="Start"/> on.
/// </summary>
/// <param name="Start">UTF-16 offset.</param>
/// <param name="Length">UTF-16 length of the replaced text; 0 to insert.</param>
/// <param name="Text">The new text; empty to remove.</param>
internal readonly record struct Splice(int Start, int Length, string Text)
{
    /// <summary>Applies splices that do not overlap. Splices at the same offset are applied in the given order.</summary>
    public static string Apply(string text, IEnumerable<Splice> splices)
    {
        var result = new StringBuilder(text.Length + 256);
        var position = 0;
        foreach (var splice in InOrder(splices))
        {
            result.Append(text, position, splice.Start - position).Append(splice.Text);
            position = splice.Start + splice.Length;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>Applies splices to a text that is also given in UTF-8. The parts that do not change are slices of these bytes.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Apply(string text, ReadOnlyMemory<byte> bytes, IEnumerable<Splice> splices)
    {
        var (position, offset) = (0, 0);
        foreach (var splice in InOrder(splices))
        {
            var kept = Encoding.UTF8.GetByteCount(text.AsSpan(position, splice.Start - position));
            yield return bytes.Slice(offset, kept);
            yield return Encoding.UTF8.GetBytes(splice.Text);
            position = splice.Start + splice.Length;
            offset += kept + Encoding.UTF8.GetByteCount(text.AsSpan(splice.Start, splice.Length));
        }

        yield return bytes[offset..];
    }

    private static IEnumerable<Splice> InOrder(IEnumerable<Splice> splices)
    {
        var position = 0;
        foreach (var splice in splices.OrderBy(static splice => splice.Start))
        {
            if (splice.Start < position)
            {
                throw new InvalidOperationException($"two changes overlap at offset {splice.Start}");
            }

            position = splice.Start + splice.Length;
            yield return splice;
        }
    }
}
