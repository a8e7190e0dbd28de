using System.Text;

namespace Tempo.PostRender.Reporting;

/// <summary>Recognizes the reports of earlier runs among manifests, by their first bytes. No manifest starts so.</summary>
internal static class EarlierReport
{
    private static readonly byte[][] Starts =
    [
        "{\n  \"schemaVersion\": 1,\n  \"tool\": \"tempo-postrender\","u8.ToArray(),
        "{\n  \"$schema\": \"https://json.schemastore.org/sarif-"u8.ToArray(),
        Encoding.UTF8.GetBytes($"{PatchReporter.Heading}\n{PatchReporter.Key}"),
    ];

    private static readonly int Length = Starts.Max(static start => start.Length);

    /// <summary>Whether a file is a report that this program has written as JSON, SARIF or patches.</summary>
    public static bool Is(string file)
    {
        var buffer = new byte[Length];
        using var content = File.OpenRead(file);
        var read = buffer.AsMemory(0, content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
        return Array.Exists(Starts, start => read.Span.StartsWith(start));
    }
}
