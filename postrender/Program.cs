using System.Text;
using Tempo.PostRender.Cli;
using Tempo.PostRender.Helm;
using Tempo.PostRender.Reporting;

// This must come first: if the caller closed a standard stream, the next file that is opened gets its descriptor.
using var input = StandardInput.Open(Console.OpenStandardInput);
using var output = Console.OpenStandardOutput();
using var error = new StreamWriter(
    new BestEffortStream(Console.OpenStandardError()),
    new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    bufferSize: 1 << 14
)
{
    NewLine = "\n",
    AutoFlush = false,
};
var errorTerminal = TerminalSettings.Of(!Console.IsErrorRedirected, static () => Console.WindowWidth, Environment.GetEnvironmentVariable);
var io = new IoContext
{
    Input = input,
    Output = output,
    Error = error,
    ErrorTerminal = errorTerminal,
    OutputTerminal = TerminalSettings.Of(!Console.IsOutputRedirected, static () => Console.WindowWidth, Environment.GetEnvironmentVariable),
    IsInputTerminal = !Console.IsInputRedirected,
    IsErrorTerminal = !Console.IsErrorRedirected,
    Environment = Environment.GetEnvironmentVariable,
    OpenHelmError = HelmErrorStream.Open,
    IsStartedByHelm = HelmErrorStream.IsParentHelm,
};
return await new App(io).RunAsync(args).ConfigureAwait(false);
