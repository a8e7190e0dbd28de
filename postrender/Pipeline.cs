using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender;

/// <summary>
/// The pipeline from manifests to changed manifests and a report: stream, graph, rules, findings, edits. It performs no input or
/// output.
/// </summary>
public static class Pipeline
{
    /// <summary>Checks streams that belong together, without changing them.</summary>
    /// <param name="streams">The streams, taken together.</param>
    /// <param name="input">The file or folder they were read from, or null for standard input.</param>
    /// <param name="options">The user's options.</param>
    /// <exception cref="InvalidInputException">The input is not YAML, or no manifests.</exception>
    public static Report Check(IReadOnlyList<ManifestStream> streams, string? input, PipelineOptions options) =>
        Examine(streams, input, options, RunMode.Check);

    /// <summary>Checks a stream and, in enforce mode, fixes it.</summary>
    /// <param name="options">The user's options.</param>
    /// <param name="mode">Whether to apply fixes.</param>
    /// <exception cref="InvalidInputException">The input is not YAML, or no manifests.</exception>
    /// <exception cref="OutputMismatchException">The output is not the input plus the edits.</exception>
    public static Outcome Run(ManifestStream stream, PipelineOptions options, RunMode mode)
    {
        var report = Examine([stream], stream.File, options, mode);
        if (report.IsRefused)
        {
            return new Outcome(report, Output: null);
        }

        var edits = mode == RunMode.Enforce ? report.Repairs : [];
        return new Outcome(report, edits.Count == 0 ? [stream.Bytes] : ManifestWriter.Apply(stream, edits));
    }

    /// <summary>Checks streams that belong together. Nothing is changed.</summary>
    /// <param name="streams">The streams, taken together.</param>
    /// <param name="input">The file or folder they were read from, or null for standard input.</param>
    /// <param name="options">The user's options.</param>
    /// <param name="mode">Whether the findings are to be fixed; the report has the edits then.</param>
    /// <exception cref="InvalidInputException">The input is not YAML, or no manifests.</exception>
    public static Report Examine(IReadOnlyList<ManifestStream> streams, string? input, PipelineOptions options, RunMode mode)
    {
        if (streams.All(static stream => stream.IsBlank))
        {
            throw new InvalidInputException(
                mode == RunMode.Enforce
                    ? "the input contains no manifests; Helm would install an empty release"
                    : "the input contains no manifests; there is nothing to check",
                input,
                location: null
            );
        }

        var gossipLabel = options.Rules.Disabled.Contains(RuleIds.GossipLabel)
            ? null
            : new GossipLabel(options.Rules.GossipLabel, RuleIds.GossipLabel);
        var graph = ManifestGraph.Build(streams, options.Namespace, gossipLabel);
        var analyses = RuleEngine.AnalyzeAll(graph, options.Rules);
        return new Report
        {
            Input = input,
            Mode = mode,
            FailOn = options.FailOn,
            StatedNamespace = options.StatedNamespace,
            GossipLabel = options.Rules.GossipLabel,
            Documents = streams.Sum(static stream => stream.DocumentCount),
            Analyses = mode == RunMode.Enforce ? ConfigRollout.After(graph, analyses) : analyses,
            Graph = graph,
            Plan = mode == RunMode.Enforce ? null : () => ConfigRollout.After(graph, analyses),
        };
    }
}

/// <summary>The user's options for a run.</summary>
/// <param name="Rules">The options for the rules.</param>
/// <param name="FailOn">What makes the run fail.</param>
/// <param name="Namespace">The namespace of the Helm release, or null if unknown.</param>
public sealed record PipelineOptions(RuleOptions Rules, FailOn FailOn, string? Namespace)
{
    /// <summary>The namespace that the user named on the command line, or null; only such a one has to be named again.</summary>
    public string? StatedNamespace { get; init; }
}

/// <summary>The result of a run.</summary>
/// <param name="Output">The manifests in consecutive parts, or null if the release is refused.</param>
public sealed record Outcome(Report Report, IReadOnlyList<ReadOnlyMemory<byte>>? Output);
