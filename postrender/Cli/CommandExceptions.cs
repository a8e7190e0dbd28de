namespace Tempo.PostRender.Cli;

/// <summary>Thrown if the command line or an environment variable has an invalid value: exit code 64.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>Thrown if Helm or another program that is needed is missing: exit code 69.</summary>
internal sealed class UnavailableException(string message) : Exception(message);

/// <summary>Thrown if a file that the user named for output could not be written: exit code 1.</summary>
internal sealed class FileWriteException(string message) : Exception(message);
