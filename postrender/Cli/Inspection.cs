using Tempo.PostRender.Manifests;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>An input of <c>check</c> and what was found in it.</summary>
/// <param name="Streams">The manifests: one stream, or one for each file of a folder.</param>
/// <param name="Report">What was found.</param>
internal sealed record InspectedInput(IReadOnlyList<ManifestStream> Streams, Report Report);

/// <summary>Checks several inputs. One that cannot be read does not hide the findings of the others.</summary>
internal sealed class Inspection
{
    private readonly List<InspectedInput> _inputs = [];
    private readonly List<InvalidInputException> _faults = [];

    /// <summary>The inputs that could be read.</summary>
    public IReadOnlyList<InspectedInput> Inputs => _inputs;

    /// <summary>What is wrong with the others.</summary>
    public IReadOnlyList<InvalidInputException> Faults => _faults;

    /// <summary>Checks the inputs.</summary>
    /// <param name="paths">Files, folders, or standard input.</param>
    /// <param name="inputName">The name that reports give standard input, or null.</param>
    /// <param name="mode">Whether findings will be fixed.</param>
    /// <exception cref="UsageException">A path cannot be opened.</exception>
    /// <exception cref="InvalidInputException">The only input cannot be read.</exception>
    public static Inspection Of(IReadOnlyList<string> paths, string? inputName, RunMode mode, PipelineOptions options, IoContext io)
    {
        var inspection = new Inspection();
        foreach (var path in paths)
        {
            inspection.Add(path, inputName, mode, options, io);
        }

        return inspection is { _inputs.Count: 0, _faults: [var only] } ? throw only : inspection;
    }

    private void Add(string path, string? inputName, RunMode mode, PipelineOptions options, IoContext io)
    {
        IReadOnlyList<ManifestStream> streams = [];
        try
        {
            streams = ManifestFiles.Open(path, io, inputName);
            var input = path == ManifestFiles.StandardInput ? inputName : path;
            var report = Pipeline.Examine(streams, input, options, mode);
            _inputs.Add(new InspectedInput(streams, report));
        }
        catch (InvalidInputException exception)
        {
            var all = streams.Count > 1 ? FaultsOf(streams, options).ToList() : [];
            _faults.AddRange(all.Count == 0 ? [exception] : all);
        }
    }

    /// <summary>What is wrong with each file of a folder. The files are one release, so none is checked without the others.</summary>
    private static IEnumerable<InvalidInputException> FaultsOf(IReadOnlyList<ManifestStream> streams, PipelineOptions options) =>
        streams.Where(static stream => !stream.IsBlank).Select(stream => FaultOf(stream, options)).OfType<InvalidInputException>();

    private static InvalidInputException? FaultOf(ManifestStream stream, PipelineOptions options)
    {
        try
        {
            Pipeline.Check([stream], stream.File, options);
            return null;
        }
        catch (InvalidInputException exception)
        {
            return exception;
        }
    }
}
