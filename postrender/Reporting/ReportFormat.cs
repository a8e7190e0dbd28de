namespace Tempo.PostRender.Reporting;

/// <summary>The format of a report.</summary>
public enum ReportFormat
{
    /// <summary>For people: grouped on a terminal, else lines.</summary>
    Text,

    /// <summary>For people: the verdict first, and equal changes as one; in a pipe too.</summary>
    Grouped,

    /// <summary>For people and grep: one line per finding, on a terminal too.</summary>
    Lines,

    /// <summary>JSON; its schema is docs/report.schema.json.</summary>
    Json,

    /// <summary>SARIF 2.1.0.</summary>
    Sarif,

    /// <summary>GitHub workflow commands.</summary>
    Github,

    /// <summary>A unified diff of what the post-renderer changes, for <c>git apply</c> and <c>patch</c>.</summary>
    Diff,

    /// <summary>A diagram of the release: a Mermaid flowchart.</summary>
    Mermaid,

    /// <summary>Markdown for a pull request or the summary of a job.</summary>
    Markdown,

    /// <summary>One HTML page that loads nothing.</summary>
    Html,

    /// <summary>Kustomize patches that make the fixes of the post-renderer.</summary>
    KustomizePatches,
}

/// <summary>The formats by their names on the command line.</summary>
internal static class ReportFormats
{
    public static readonly (string Word, ReportFormat Value)[] All =
    [
        ("text", ReportFormat.Text),
        ("grouped", ReportFormat.Grouped),
        ("lines", ReportFormat.Lines),
        ("json", ReportFormat.Json),
        ("sarif", ReportFormat.Sarif),
        ("github", ReportFormat.Github),
        ("diff", ReportFormat.Diff),
        ("mermaid", ReportFormat.Mermaid),
        ("markdown", ReportFormat.Markdown),
        ("html", ReportFormat.Html),
        ("kustomize-patches", ReportFormat.KustomizePatches),
    ];

    public static string Word(this ReportFormat format) => Array.Find(All, known => known.Value == format).Word;
}
