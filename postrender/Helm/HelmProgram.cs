using CliWrap;

namespace Tempo.PostRender.Helm;

/// <summary>Runs Helm.</summary>
public static class HelmProgram
{
    /// <summary>The output of <c>helm template</c>, or null if it fails; Helm's messages go to the writer.</summary>
    /// <param name="helm">The path of Helm.</param>
    /// <param name="arguments">The arguments after <c>template</c>.</param>
    /// <param name="error">Receives Helm's standard error.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    public static async Task<ReadOnlyMemory<byte>?> TemplateAsync(
        string helm,
        IReadOnlyList<string> arguments,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        using var output = new MemoryStream();
        var result = await CliWrap
            .Cli.Wrap(helm)
            .WithArguments(["template", .. arguments])
            .WithStandardOutputPipe(PipeTarget.ToStream(output))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(error.WriteLine))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        // A conditional expression with an array and null would convert the null to an empty memory.
        return result.IsSuccess ? new ReadOnlyMemory<byte>(output.ToArray()) : (ReadOnlyMemory<byte>?)null;
    }
}
