using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster;

/// <summary>Thrown if a page of Tempo, or the output of a command in the cluster, has an unknown format.</summary>
internal sealed class UnreadableException(string message) : Exception(message)
{
    /// <summary>The exception for a line of the output of a command.</summary>
    public static UnreadableException OfLine(string line) => new($"the line \"{Printable.OneLine(line.Trim())}\" has an unknown format");
}
