using System.Globalization;
using System.Text;

namespace Tempo.PostRender.Helm;

/// <summary>
/// The way to the user past Helm 4, which throws away what a failing post-renderer writes to standard error (measured on
/// 4.1.4, with --debug too): Helm's own standard error, or else the terminal.
/// </summary>
public static class HelmErrorStream
{
    /// <summary>More than Helm writes behind us; see <see cref="Open"/>.</summary>
    private const int Padding = 2_048;

    /// <summary>Whether the parent process is Helm, by its name. Known on Linux only.</summary>
    public static bool IsParentHelm()
    {
        try
        {
            return OperatingSystem.IsLinux() && File.ReadAllText($"/proc/{ParentProcess()}/comm").StartsWith("helm", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }

    /// <summary>Opens the parent's standard error, or the terminal, or returns null where neither is there.</summary>
    /// <param name="helmFails">
    /// Whether Helm fails next, and says so: then even a file is written to in which others go on where they stopped, over
    /// what stands there. A mere summary does without.
    /// </param>
    public static TextWriter? Open(bool helmFails)
    {
        if (!OperatingSystem.IsLinux())
        {
            return OpenTerminal();
        }

        try
        {
            var parent = ParentProcess();
            var stream = new FileStream($"/proc/{parent}/fd/2", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            var writer = Writer(stream);
            if (stream.CanSeek)
            {
                stream.Seek(0, SeekOrigin.End);
                if (!AppendsAlways(parent))
                {
                    if (!helmFails)
                    {
                        writer.Dispose();
                        return null;
                    }

                    // What is written over: let that be blanks.
                    writer.WriteLine(new string(' ', Padding));
                }
            }

            return writer;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or NotSupportedException)
        {
            return OpenTerminal();
        }
    }

    private static StreamWriter? OpenTerminal()
    {
        try
        {
            return OperatingSystem.IsWindows() ? null : Writer(new FileStream("/dev/tty", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };

    /// <summary>The fourth field of /proc/self/stat; the second, the program's name, may hold anything but ends with the last parenthesis.</summary>
    private static int ParentProcess()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the parent's standard error was opened to append (O_APPEND, octal 2000), as the shell's <c>2&gt;&gt;</c> does.</summary>
    private static bool AppendsAlways(int process)
    {
        var flags = File.ReadLines($"/proc/{process}/fdinfo/2").First(static line => line.StartsWith("flags:", StringComparison.Ordinal));
        return (Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & 0x400) != 0;
    }
}
