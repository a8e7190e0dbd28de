namespace Tempo.PostRender.Manifests;

/// <summary>A part of a document's text, and the text that replaces it.</summary>
/// <param name="Document">The document.</param>
/// <param name="Start">Where the part starts in the input.</param>
/// <param name="End">Where it ends, exclusive; the same place if nothing is removed.</param>
/// <param name="Text">The new text.</param>
public sealed record TextReplacement(ManifestDocument Document, Location Start, Location End, string Text);
