using System.Text;
using Tempo.PostRender.Cli;
using Tempo.PostRender.Helm;

using var input = Console.OpenStandardInput();
using var output = Console.OpenStandardOutput();
using var error = new StreamWriter(new ForgivingStream(Console.OpenStandardError()), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n", AutoFlush = false };
var io = new IoContext
{
    Input = input,
    Output = output,
    Error = error,
    IsInputTerminal = !Console.IsInputRedirected,
    IsErrorTerminal = !Console.IsErrorRedirected,
    Environment = Environment.GetEnvironmentVariable,
    OpenHelmError = HelmErrorStream.Open,
};
return await new App(io).RunAsync(args).ConfigureAwait(false);
