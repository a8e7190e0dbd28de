namespace Tempo.PostRender.Cli;

/// <summary>How the program ends. The numbers from 64 on are those of sysexits.h.</summary>
public enum ExitCode
{
    /// <summary>All is well.</summary>
    Ok = 0,

    /// <summary>A fault of the program itself.</summary>
    Internal = 1,

    /// <summary>Findings that the run was asked to fail on; as a post-renderer, the release is refused.</summary>
    Findings = 2,

    /// <summary>The command line is wrong.</summary>
    Usage = 64,

    /// <summary>The input is not YAML, or no manifests, or a chart that Helm cannot render.</summary>
    Input = 65,

    /// <summary>Something outside is needed and cannot be reached: the cluster, or Helm.</summary>
    Unavailable = 69,
}

/// <summary>The table of exit codes, for <c>--help</c> and the README.</summary>
public static class ExitCodes
{
    /// <summary>Each code and what it means.</summary>
    public static IReadOnlyList<(ExitCode Code, string Meaning)> Table { get; } =
    [
        (ExitCode.Ok, "all is well"),
        (ExitCode.Internal, "internal fault; nothing on standard output"),
        (ExitCode.Findings, "findings; as a post-renderer: the release is refused, nothing on standard output"),
        (ExitCode.Usage, "the command line is wrong"),
        (ExitCode.Input, "the input is not YAML, or no manifests, or a chart that Helm cannot render"),
        (ExitCode.Unavailable, "the cluster, or Helm, cannot be reached"),
    ];
}
