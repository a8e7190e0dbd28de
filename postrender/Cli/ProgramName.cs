using System.Text.RegularExpressions;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cli;

/// <summary>What users type to run the program: it can be a Helm plugin.</summary>
internal static partial class ProgramName
{
    /// <summary>The Helm plugin with our commands (postrender/plugin).</summary>
    public const string CommandPlugin = "tempo-family";

    /// <summary><c>helm tempo-family</c> in the plugin, else the name of the program.</summary>
    public static string Of(IoContext io) => IsCommandPlugin(io) ? $"helm {CommandPlugin}" : ProgramInfo.Name;

    /// <summary>Whether Helm runs the program as the plugin with our commands.</summary>
    public static bool IsCommandPlugin(IoContext io) => io.Environment("HELM_PLUGIN_NAME") == CommandPlugin;

    /// <summary>A text whose command lines start with what users type. Helm knows the post-renderer by its own name.</summary>
    public static string Apply(string text, IoContext io) => IsCommandPlugin(io) ? Typed().Replace(text, Of(io)) : text;

    [GeneratedRegex($@"(?<!--post-renderer ){ProgramInfo.Name}(?=\s|$)")]
    private static partial Regex Typed();
}
