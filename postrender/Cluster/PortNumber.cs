using System.Globalization;
using Tempo.PostRender.Graph;

namespace Tempo.PostRender.Cluster;

/// <summary>Reads the numbers of ports.</summary>
internal static class PortNumber
{
    /// <summary>The number, or null if the text is none that a port can have.</summary>
    public static int? Parse(string? text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>The number of a port that may be stated by the name that a container gives it.</summary>
    /// <param name="stated">The number or the name.</param>
    /// <param name="containers">The containers that may have the name.</param>
    public static int? Resolve(string? stated, params IEnumerable<Container> containers) =>
        Parse(stated)
        ?? Parse(
            containers
                .SelectMany(static container => container.Node.Find("ports").Items())
                .FirstOrDefault(port => port.Text("name") == stated)
                .Text("containerPort")
        );
}
