using System.Globalization;
using System.Text;

namespace Tempo.PostRender.Helm;

/// <summary>
/// Helm's own standard error, or else the terminal. Helm 4 discards what a failing post-renderer writes to standard error (measured
/// on 4.1.4, with --debug too), so messages must bypass it.
/// </summary>
public static class HelmErrorStream
{
    /// <summary>
    /// The first paragraph of a text that Helm overwrites. It is longer than what Helm 4.1.4 writes after a failed post-renderer: 200
    /// bytes, and 460 with --debug.
    /// </summary>
    private const string Notice =
        "tempo-postrender: Helm 4 discards the standard error of a plugin, so this report is written to Helm's own standard error. "
        + "Here that is a file which was not opened for appending, so Helm writes its error message, and with --debug its log, over "
        + "the beginning of this paragraph. To keep both texts whole, append to the file (2>> FILE instead of 2> FILE), pass standard "
        + "error through a pipe (2>&1 | tee FILE), or write the report to a file of its own (--post-renderer-args --output=FILE). The "
        + "release is refused: nothing was written to standard output, and Helm has installed nothing. The findings follow.";

    /// <summary>Whether the parent process is Helm, by its name. Known on Linux only.</summary>
    public static bool IsParentHelm()
    {
        try
        {
            return OperatingSystem.IsLinux() && File.ReadAllBytes($"/proc/{ParentProcess()}/comm").AsSpan().StartsWith("helm"u8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }

    /// <summary>Opens the parent's standard error, or the terminal, or returns null if there is neither.</summary>
    /// <param name="helmFails">
    /// Whether Helm is about to fail. If so, a file that was not opened with O_APPEND is used too, and the text starts with a notice,
    /// because Helm overwrites its beginning. A summary is not written to such a file.
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

                    writer.WriteLine(Notice);
                }
            }

            return writer;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or FormatException or NotSupportedException)
        {
            return OpenTerminal();
        }
    }

    private static StreamWriter? OpenTerminal()
    {
        try
        {
            return OperatingSystem.IsWindows()
                ? null
                : Writer(new FileStream("/dev/tty", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };

    /// <summary>The fourth field of /proc/self/stat. The second field, the program's name, ends with the last parenthesis.</summary>
    private static int ParentProcess()
    {
        var stat = Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/stat"));
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the parent's standard error was opened with O_APPEND (octal 2000), as with <c>2&gt;&gt;</c> in a shell.</summary>
    private static bool AppendsAlways(int process)
    {
        var flags = File.ReadLines($"/proc/{process}/fdinfo/2").First(static line => line.StartsWith("flags:", StringComparison.Ordinal));
        return (Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & 0x400) != 0;
    }
}
