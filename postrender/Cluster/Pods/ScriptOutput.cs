namespace Tempo.PostRender.Cluster.Pods;

/// <summary>
/// The frame of what the scripts print that run in the cluster: a heading, the results, and a last line, without which the output is not
/// complete. An image can lack a program that a script needs; then the script prints only that.
/// </summary>
internal static class ScriptOutput
{
    /// <summary>The last line of a complete output.</summary>
    public const string End = "== end";

    private const string Lacking = "== no ";

    /// <summary>The line of a script that ends it if the image lacks a program.</summary>
    public static string Require(string program) =>
        $"command -v {program} >/dev/null 2>&1 || {{ echo '{Lacking}{program}'; echo '{End}'; exit 0; }}";

    public static string[] Lines(string output) => output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>The results, without the frame.</summary>
    /// <param name="source">What printed it, for messages.</param>
    /// <exception cref="PodException">The image lacks a program.</exception>
    /// <exception cref="UnreadableException">The output is not complete.</exception>
    public static IEnumerable<string> Results(string output, string heading, string source) =>
        Lines(output) switch
        {
            [var first, End] when first.StartsWith(Lacking, StringComparison.Ordinal) => throw new PodException(
                $"the debug image has no {first[Lacking.Length..]}"
            ),
            [var first, .. var results, End] when first == heading => results,
            _ => throw new UnreadableException($"the output of {source} is cut short"),
        };
}
