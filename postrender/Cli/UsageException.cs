namespace Tempo.PostRender.Cli;

/// <summary>Thrown where the command line or a variable asks for something that does not exist: exit code 64.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>Thrown where something outside is needed and missing: exit code 69.</summary>
internal sealed class UnavailableException(string message) : Exception(message);
