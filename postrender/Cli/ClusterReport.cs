using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>The report of a command about a cluster, in each of its formats.</summary>
internal sealed record ClusterReport
{
    /// <summary>The formats, the default first.</summary>
    public static readonly ReportFormat[] Formats = [ReportFormat.Text, ReportFormat.Json, ReportFormat.Markdown, ReportFormat.Html];

    public required Action<Stream> Json { get; init; }

    public required Action<TextWriter> Html { get; init; }

    public required Action<TextWriter> Markdown { get; init; }

    public required Action<TextWriter> Text { get; init; }

    /// <summary>Writes the report in a format.</summary>
    public void Write(ReportFormat format, Stream output)
    {
        if (format == ReportFormat.Json)
        {
            Json(output);
            return;
        }

        using var writer = ReportWriter.OpenText(output);
        (
            format switch
            {
                ReportFormat.Html => Html,
                ReportFormat.Markdown => Markdown,
                _ => Text,
            }
        )(writer);
    }
}
