using CsCheck;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Reporting.Pictures;
using Tempo.PostRender.Rules;

namespace Tempo.Helm.Tests.Reporting;

/// <summary>The picture of any release is readable: nothing overlaps, and every text fits its box.</summary>
public class PictureLayoutTests
{
    private const int Iterations = 300;

    private static readonly Gen<(int Seed, bool IsNarrow)> Cases = Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Bool);

    [Fact]
    public void Boxes_do_not_overlap_and_are_inside_the_picture() =>
        Sample(static layout =>
        {
            var boxes = layout.Nodes.Select(static node => node.Area).ToList();
            AssertApart(boxes);
            AssertApart([.. layout.Lanes.Select(static lane => lane.Area)]);
            Assert.All(
                boxes,
                box =>
                    Assert.True(
                        box.X >= 0 && box.Y >= 0 && box.Right <= layout.Width && box.Bottom <= layout.Height,
                        $"{box} is outside {layout.Width} × {layout.Height}"
                    )
            );
        });

    [Fact]
    public void Texts_fit_into_their_boxes_and_do_not_overlap() =>
        Sample(static layout =>
        {
            foreach (var node in layout.Nodes)
            {
                var chips = node.Chips.Select(static chip => chip.Area).ToList();
                AssertApart(chips);
                Assert.All(chips, chip => AssertInside(chip, node.Area));
                Assert.All(node.Chips, static chip => AssertInside(AreaOf(chip.Text), chip.Area));
                Assert.All(node.Texts, text => AssertInside(AreaOf(text), node.Area));
                AssertApart([.. node.Texts.Select(AreaOf), .. chips]);
            }
        });

    [Fact]
    public void Connections_cross_no_box_and_end_at_their_boxes() =>
        Sample(static layout =>
        {
            var areas = layout.Nodes.ToDictionary(static node => node.Node, static node => node.Area);
            foreach (var link in layout.Links)
            {
                var (from, to) = (areas[link.Link.From], areas[link.Link.To]);
                Assert.True(link.Points[0].X == from.X || link.Points[0].X == from.Right);
                Assert.InRange(link.Points[0].Y, from.Y, from.Bottom);
                Assert.True(link.Points[^1].X == to.X || link.Points[^1].X == to.Right);
                Assert.InRange(link.Points[^1].Y, to.Y, to.Bottom);
                foreach (var (start, end) in link.Points.Zip(link.Points.Skip(1)))
                {
                    Assert.True(start.X == end.X || start.Y == end.Y, "a connection is not at right angles");
                    var crossed = layout.Nodes.FirstOrDefault(node => Crosses(start, end, node.Area));
                    Assert.True(
                        crossed is null,
                        $"{link.Link.From.Node.Title} to {link.Link.To.Node.Title} crosses {crossed?.Node.Node.Title}: "
                            + $"{string.Join(' ', link.Points)}"
                    );
                }
            }
        });

    [Fact]
    public void Every_workload_is_in_the_picture_once()
    {
        foreach (var seed in Enumerable.Range(0, 50))
        {
            var manifests = GeneratedPicture.Manifests(seed);
            var shown = Pictures(manifests).SelectMany(static picture => picture.Nodes).SelectMany(static node => node.Node.Objects);
            var workloads = manifests.Split('\n').Count(static line => line.StartsWith("      args:") || line.Contains("-config.file"));

            Assert.Equal(
                Pictures(manifests).Any(static picture => picture.IsTooLarge) ? 0 : workloads,
                shown.Count(static found =>
                    found.Kind is "Deployment" or "StatefulSet" && found.Name is not "memcached" && !found.Name.EndsWith("gateway")
                )
            );
        }
    }

    private static void Sample(Action<PictureLayout> assert) =>
        Cases.Sample(
            generated =>
            {
                foreach (var picture in Pictures(GeneratedPicture.Manifests(generated.Seed)))
                {
                    assert(PictureLayout.Of(picture, generated.IsNarrow));
                }
            },
            iter: Iterations
        );

    private static List<ReleasePicture> Pictures(string manifests)
    {
        var options = new PipelineOptions(
            new RuleOptions(AddressFamily.IPv6, "--address-family", RuleOptions.DefaultGossipLabel, new HashSet<string>()),
            FailOn.Error,
            Namespace: null
        );
        return [.. ReleasePicture.OfAll([Pipeline.Check([Yaml.Stream(manifests)], null, options)]).Select(static entry => entry.Picture)];
    }

    /// <summary>The base line of a text is above its descenders.</summary>
    private static Area AreaOf(PlacedText text) =>
        new(text.X, text.Y - text.Style.Size + 3, text.Style.WidthOf(text.Text), text.Style.Size - 1);

    private static void AssertInside(Area inner, Area outer) =>
        Assert.True(
            inner.X >= outer.X && inner.Y >= outer.Y && inner.Right <= outer.Right && inner.Bottom <= outer.Bottom,
            $"{inner} is not inside {outer}"
        );

    private static void AssertApart(List<Area> areas)
    {
        for (var i = 0; i < areas.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Assert.False(
                    areas[i].X < areas[j].Right
                        && areas[j].X < areas[i].Right
                        && areas[i].Y < areas[j].Bottom
                        && areas[j].Y < areas[i].Bottom,
                    $"{areas[i]} overlaps {areas[j]}"
                );
            }
        }
    }

    private static bool Crosses((int X, int Y) start, (int X, int Y) end, Area box) =>
        Math.Max(start.X, end.X) > box.X
        && Math.Min(start.X, end.X) < box.Right
        && Math.Max(start.Y, end.Y) > box.Y
        && Math.Min(start.Y, end.Y) < box.Bottom;
}
