namespace Tempo.PostRender.Reporting.Pictures;

/// <summary>A text of a picture at its place.</summary>
/// <param name="X">The left end in pixels.</param>
/// <param name="Y">The base line in pixels.</param>
/// <param name="Text">The text, cut to fit.</param>
/// <param name="Style">How it is set.</param>
internal sealed record PlacedText(int X, int Y, string Text, TextStyle Style)
{
    /// <summary>The state that it shows, or plain.</summary>
    public PictureState State { get; init; }
}

/// <summary>A rectangle in pixels.</summary>
/// <param name="X">The left side.</param>
/// <param name="Y">The top.</param>
internal readonly record struct Area(int X, int Y, int Width, int Height)
{
    /// <summary>The right side.</summary>
    public int Right => X + Width;

    public int Bottom => Y + Height;
}

/// <summary>A node of a picture at its place.</summary>
internal sealed record PlacedNode
{
    public required PictureNode Node { get; init; }

    public required Area Area { get; init; }

    /// <summary>The texts in the box.</summary>
    public required IReadOnlyList<PlacedText> Texts { get; init; }

    /// <summary>Smaller boxes in the box, for its users, each with its text.</summary>
    public required IReadOnlyList<(Area Area, PlacedText Text)> Chips { get; init; }

    /// <summary>The height in the picture at which each endpoint is reached.</summary>
    public required IReadOnlyList<int> Entries { get; init; }
}

/// <summary>A connection of a picture at its place: its corners, the arrow at the last one.</summary>
/// <param name="Link">The connection.</param>
/// <param name="Points">The corners.</param>
internal sealed record PlacedLink(PictureLink Link, IReadOnlyList<(int X, int Y)> Points);

/// <summary>A lane of a picture at its place.</summary>
/// <param name="Title">Its name.</param>
internal sealed record PlacedLane(Area Area, PlacedText Title);

/// <summary>
/// A picture with every place in it: the lanes of the data flow one below another, and below them what the components share. Boxes
/// are in columns; connections run in the gaps between columns, and above the boxes of a lane, so they cross no box.
/// </summary>
internal sealed record PictureLayout
{
    /// <summary>The width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>The height in pixels.</summary>
    public required int Height { get; init; }

    public required IReadOnlyList<PlacedLane> Lanes { get; init; }

    public required IReadOnlyList<PlacedNode> Nodes { get; init; }

    public required IReadOnlyList<PlacedLink> Links { get; init; }

    /// <summary>Lays out a picture.</summary>
    /// <param name="isNarrow">Whether all boxes are in one column, for narrow screens.</param>
    public static PictureLayout Of(ReleasePicture picture, bool isNarrow) => new LayoutBuilder(picture, isNarrow).Build();
}
