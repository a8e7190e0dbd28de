using System.Text;
using Tempo.PostRender.Cli;
using Tempo.PostRender.Helm;
using Tempo.PostRender.Reporting;

// This must come first: if the caller closed a standard stream, the next file that is opened gets its descriptor.
using var input = OpenInput();
using var output = Console.OpenStandardOutput();
using var error = new StreamWriter(
    new BestEffortStream(Console.OpenStandardError()),
    new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    bufferSize: 1 << 12
)
{
    NewLine = "\n",
    AutoFlush = false,
};

// When the runtime first uses a terminal, it switches the cursor keys to another mode (keypad_xmit of the terminal's description)
// and never back. It reads the description once, by TERM; without TERM it leaves the terminal as it is.
var width = 0;
if (!Console.IsInputRedirected || !Console.IsOutputRedirected || !Console.IsErrorRedirected)
{
    var term = Environment.GetEnvironmentVariable("TERM");
    Environment.SetEnvironmentVariable("TERM", null);
    width = WindowWidth();
    Environment.SetEnvironmentVariable("TERM", term);
}

var io = new IoContext
{
    Input = input,
    Output = output,
    Error = error,
    ErrorTerminal = TerminalSettings.Of(!Console.IsErrorRedirected, width, Environment.GetEnvironmentVariable),
    OutputTerminal = TerminalSettings.Of(!Console.IsOutputRedirected, width, Environment.GetEnvironmentVariable),
    IsInputTerminal = !Console.IsInputRedirected,
    Environment = Environment.GetEnvironmentVariable,
    OpenHelmError = HelmErrorStream.Open,
    IsStartedByHelm = HelmErrorStream.IsParentHelm,
};
return await new App(io).RunAsync(args).ConfigureAwait(false);

static Stream? OpenInput()
{
    try
    {
        return Console.OpenStandardInput();
    }
    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
    {
        return null;
    }
}

static int WindowWidth()
{
    try
    {
        return Console.WindowWidth;
    }
    catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
    {
        return 0;
    }
}
