using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Reporting.Pictures;

/// <summary>A text of a picture at its place.</summary>
/// <param name="X">The left end in pixels.</param>
/// <param name="Y">The base line in pixels.</param>
/// <param name="Text">The text, cut to fit.</param>
/// <param name="Style">How it is set.</param>
internal sealed record PlacedText(int X, int Y, string Text, TextStyle Style)
{
    /// <summary>The state that it tells, or plain.</summary>
    public PictureState State { get; init; }

    /// <summary>The right end, or more.</summary>
    public int Right => X + Style.WidthOf(Text);
}

/// <summary>A rectangle in pixels.</summary>
/// <param name="X">The left side.</param>
/// <param name="Y">The top.</param>
/// <param name="Width">The width.</param>
/// <param name="Height">The height.</param>
internal readonly record struct Area(int X, int Y, int Width, int Height)
{
    /// <summary>The right side.</summary>
    public int Right => X + Width;

    /// <summary>The bottom.</summary>
    public int Bottom => Y + Height;
}

/// <summary>A node of a picture at its place.</summary>
/// <param name="Node">The node.</param>
/// <param name="Area">Its box.</param>
/// <param name="Texts">The texts in the box.</param>
/// <param name="Chips">Smaller boxes in the box, for its users, each with its text.</param>
/// <param name="Entries">The height in the picture at which each endpoint is reached.</param>
internal sealed record PlacedNode(
    PictureNode Node,
    Area Area,
    IReadOnlyList<PlacedText> Texts,
    IReadOnlyList<(Area Area, PlacedText Text)> Chips,
    IReadOnlyList<int> Entries
);

/// <summary>A connection of a picture at its place: its corners, the arrow at the last one.</summary>
/// <param name="Link">The connection.</param>
/// <param name="Points">The corners.</param>
internal sealed record PlacedLink(PictureLink Link, IReadOnlyList<(int X, int Y)> Points);

/// <summary>A lane of a picture at its place.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Area">Its area.</param>
/// <param name="Title">Its name.</param>
internal sealed record PlacedLane(TempoLane Lane, Area Area, PlacedText Title);

/// <summary>
/// A picture with every place in it: the lanes of the data flow one below another, and below them what the components share. Boxes
/// stand in columns; connections run in the gaps between columns, and above the boxes of a lane, so they cross no box.
/// </summary>
/// <param name="Width">The width in pixels.</param>
/// <param name="Height">The height in pixels.</param>
/// <param name="Lanes">The lanes.</param>
/// <param name="Nodes">The nodes.</param>
/// <param name="Links">The connections.</param>
internal sealed record PictureLayout(
    int Width,
    int Height,
    IReadOnlyList<PlacedLane> Lanes,
    IReadOnlyList<PlacedNode> Nodes,
    IReadOnlyList<PlacedLink> Links
)
{
    /// <summary>Lays out a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="isNarrow">Whether all boxes stand in one column, for narrow screens.</param>
    public static PictureLayout Of(ReleasePicture picture, bool isNarrow) => new LayoutBuilder(picture, isNarrow).Build();
}
