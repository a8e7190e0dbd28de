namespace Tempo.PostRender.Manifests;

/// <summary>Thrown if the input is not YAML or contains no manifests: exit code 65, nothing on standard output.</summary>
public sealed class InvalidInputException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was found, in one line.</param>
    /// <param name="file">The file, or null for standard input.</param>
    /// <param name="location">Where in the input, or null if the error has no single place.</param>
    public InvalidInputException(string message, string? file, Location? location)
        : base(message)
    {
        File = file;
        Location = location;
    }

    /// <summary>The file, or null for standard input.</summary>
    public string? File { get; }

    /// <summary>Where in the input, or null.</summary>
    public Location? Location { get; }
}
