using System.Text;

namespace Tempo.PostRender.Reporting;

/// <summary>Recognizes the reports of earlier runs among manifests, by their first bytes. No manifest starts so.</summary>
internal static class ReportFileDetector
{
    private static readonly byte[][] Starts =
    [
        "{\n  \"schemaVersion\": 1,\n  \"tool\": \"tempo-postrender\","u8.ToArray(),
        "{\n  \"$schema\": \"https://json.schemastore.org/sarif-"u8.ToArray(),
        Encoding.UTF8.GetBytes($"{PatchReporter.Heading}\n{PatchReporter.Key}"),
    ];

    private static readonly int Length = Starts.Max(static start => start.Length);

    /// <summary>Whether a text is a report that this program has written as JSON, SARIF or patches.</summary>
    public static bool Is(ReadOnlySpan<byte> text)
    {
        foreach (var start in Starts)
        {
            if (text.StartsWith(start))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a file is such a report.</summary>
    public static bool Is(string file)
    {
        var buffer = new byte[Length];
        using var content = File.OpenRead(file);
        return Is(buffer.AsSpan(0, content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)));
    }
}
