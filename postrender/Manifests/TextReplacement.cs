namespace Tempo.PostRender.Manifests;

/// <summary>A part of a document's text, and the text that replaces it.</summary>
/// <param name="Start">Where the replaced part starts in the input.</param>
/// <param name="End">Where it ends, exclusive; equal to <paramref name="Start"/> if text is only inserted.</param>
/// <param name="Text">The new text.</param>
public sealed record TextReplacement(ManifestDocument Document, Location Start, Location End, string Text);
