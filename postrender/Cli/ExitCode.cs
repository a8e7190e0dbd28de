using System.CommandLine;

namespace Tempo.PostRender.Cli;

/// <summary>How the program ends. The numbers from 64 on are those of sysexits.h.</summary>
public enum ExitCode
{
    /// <summary>Success.</summary>
    Ok = 0,

    /// <summary>An error in the program itself, or a file could not be written.</summary>
    Internal = 1,

    /// <summary>There are findings of the level that <c>--fail-on</c> names; the post-renderer refuses the release.</summary>
    Findings = 2,

    /// <summary>The command line is wrong, or Helm refuses its arguments.</summary>
    Usage = 64,

    /// <summary>The input is not YAML, contains no manifests, or is a chart that Helm cannot render.</summary>
    Input = 65,

    /// <summary>The cluster cannot be reached, or Helm was not found.</summary>
    Unavailable = 69,
}

/// <summary>The table of exit codes, for <c>--help</c> and the README.</summary>
public static class ExitCodes
{
    /// <summary>Each code and what it means.</summary>
    public static IReadOnlyList<(ExitCode Code, string Meaning)> Table { get; } =
    [
        (ExitCode.Ok, "success"),
        (ExitCode.Internal, "internal error, or a file could not be written; nothing was written to standard output"),
        (ExitCode.Findings, "findings; the post-renderer refused the release and wrote nothing to standard output"),
        (ExitCode.Usage, "the command line is wrong"),
        (ExitCode.Input, "the input is not YAML, contains no manifests, or is a chart that Helm cannot render"),
        (ExitCode.Unavailable, "the cluster cannot be reached, or Helm was not found"),
    ];

    /// <summary>The codes of a command. One without <c>--fail-on</c> reads no input, so it finds nothing in it.</summary>
    public static IEnumerable<(ExitCode Code, string Meaning)> Of(Command command) =>
        command.Options.Any(static option => option.Name == RuleOptionSet.FailOnOption)
            ? Table
            : Table.Where(static entry => entry.Code is ExitCode.Ok or ExitCode.Internal or ExitCode.Usage);
}
