using CliWrap;

namespace Tempo.PostRender.Helm;

/// <summary>Runs Helm.</summary>
public static class HelmProgram
{
    /// <summary>What <c>helm template</c> renders, or null where it fails; Helm's own words go to the writer.</summary>
    /// <param name="helm">The path of Helm.</param>
    /// <param name="arguments">The arguments behind <c>template</c>.</param>
    /// <param name="error">Where Helm's standard error goes.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    public static async Task<ReadOnlyMemory<byte>?> TemplateAsync(
        string helm, IReadOnlyList<string> arguments, TextWriter error, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var result = await CliWrap.Cli.Wrap(helm)
            .WithArguments(["template", .. arguments])
            .WithStandardOutputPipe(PipeTarget.ToStream(output))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(error.WriteLine))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        // Of a conditional between an array and null the null would become an empty memory.
        return result.IsSuccess ? new ReadOnlyMemory<byte>(output.ToArray()) : (ReadOnlyMemory<byte>?)null;
    }
}
