using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>Errors of the file system in the words of the caller.</summary>
internal static class FileErrors
{
    /// <summary>Runs work that reads or writes files, and throws <paramref name="failure"/> if that is not possible.</summary>
    /// <param name="failure">What to throw if a file cannot be read or written; its argument is the reason, a clause.</param>
    public static T Translate<T>(Func<T> work, Func<string, Exception> failure)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw failure(Reason(exception));
        }
    }

    /// <inheritdoc cref="Translate{T}"/>
    public static void Translate(Action work, Func<string, Exception> failure) =>
        Translate(
            () =>
            {
                work();
                return true;
            },
            failure
        );

    /// <summary>Why an operation failed, as a clause.</summary>
    public static string Reason(Exception exception) => Printable.OneLine(exception.Message.TrimEnd('.'));
}
