using System.Text;

namespace Tempo.PostRender.Manifests;

/// <summary>What an <see cref="Edit"/> does at its path.</summary>
public enum EditOperation
{
    /// <summary>The value at the path becomes the new one; keys on the way that are missing are added.</summary>
    Set,

    /// <summary>The entry at the path goes, comments of its own lines with it.</summary>
    Remove,

    /// <summary>The value becomes one more item at the end of the list at the path.</summary>
    Append,

    /// <summary>Of a text that is no YAML, the line at the path (its index, from 0) becomes the new one.</summary>
    SetLine,

    /// <summary>Of a text that is no YAML, the value becomes a new line behind the one at the path (its index, from 0).</summary>
    InsertLine,
}

/// <summary>
/// A change of a document, as data. Rules make edits, one writer (<see cref="ManifestWriter"/>) turns them into changes of
/// the original text; an edit whose value is there already is a fault of the rule that made it.
/// </summary>
/// <param name="Document">The document, which may be one inside another.</param>
/// <param name="Path">Where in the document.</param>
/// <param name="Operation">What to do there.</param>
/// <param name="Value">The value to set or append; null to remove.</param>
public sealed record Edit(YamlDocument Document, NodePath Path, EditOperation Operation, YamlValue? Value)
{
    /// <summary>The document of the stream that changes: <see cref="Document"/>, or the one that it is inside of.</summary>
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
    /// <param name="document">The document.</param>
    /// <param name="path">Where in the document.</param>
    /// <param name="value">The value.</param>
    public static Edit Set(YamlDocument document, NodePath path, YamlValue value) => new(document, path, EditOperation.Set, value);

    /// <summary>An edit that removes an entry.</summary>
    /// <param name="document">The document.</param>
    /// <param name="path">Where in the document.</param>
    public static Edit Remove(YamlDocument document, NodePath path) => new(document, path, EditOperation.Remove, Value: null);

    /// <summary>An edit that sets a line of a text that is no YAML.</summary>
    /// <param name="document">The text.</param>
    /// <param name="line">The line's index, from 0.</param>
    /// <param name="value">The new line, without a line break.</param>
    public static Edit SetLine(YamlDocument document, int line, string value) =>
        new(document, NodePath.Root.Item(line), EditOperation.SetLine, value);

    /// <summary>An edit that inserts a line into a text that is no YAML.</summary>
    /// <param name="document">The text.</param>
    /// <param name="line">The index, from 0, of the line to insert behind.</param>
    /// <param name="value">The new line, without a line break.</param>
    public static Edit InsertLine(YamlDocument document, int line, string value) =>
        new(document, NodePath.Root.Item(line), EditOperation.InsertLine, value);

    /// <summary>An edit that appends an item to a list.</summary>
    /// <param name="document">The document.</param>
    /// <param name="path">Where in the document the list is.</param>
    /// <param name="value">The item.</param>
    public static Edit Append(YamlDocument document, NodePath path, YamlValue value) => new(document, path, EditOperation.Append, value);
}

/// <summary>
/// Thrown where a document is written in a way that an edit cannot be made in place without changing more than was asked.
/// </summary>
public sealed class EditRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, as the end of the sentence "cannot be changed in place: …".</param>
    public EditRefusedException(string message)
        : base(message) { }
}

/// <summary>
/// A change of a text: <paramref name="Length"/> characters from <paramref name="Start"/> on become <paramref name="Text"/>.
/// </summary>
/// <param name="Start">UTF-16 offset.</param>
/// <param name="Length">UTF-16 length of what goes.</param>
/// <param name="Text">What comes.</param>
internal readonly record struct Splice(int Start, int Length, string Text)
{
    /// <summary>Applies splices that do not overlap; those at one place in the order given.</summary>
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

    /// <summary>The same, applied to the UTF-8 form of a text: what stays is a slice of it.</summary>
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
