using System.Text;
using CliWrap;
using Tempo.PostRender.Helm;

namespace Tempo.Helm.Benchmarks;

/// <summary>The programs that are measured, and the streams that Helm makes for them.</summary>
internal static class Programs
{
    /// <summary>A name that nothing else in a release contains.</summary>
    public const string ReleaseName = "release-xyz";

    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The native build: <c>dotnet publish postrender -c Release -o artifacts/postrender</c>.</summary>
    public static string PostRender { get; } = Path.Combine(Root, "artifacts", "postrender", "tempo-postrender");

    /// <summary>A native program that does nothing: <c>dotnet publish tests/benchmarks/empty -c Release -o artifacts/empty</c>.</summary>
    public static string Empty { get; } = Path.Combine(Root, "artifacts", "empty", "empty");

    /// <summary>Helm, where the program looks for it.</summary>
    public static string Helm { get; } =
        HelmLocator.Find(Environment.GetEnvironmentVariable) ?? throw new InvalidOperationException("helm was not found");

    /// <summary>kubectl comes with the same package as Helm 4; else it must be on PATH.</summary>
    public static string Kubectl { get; } =
        Path.Combine(Path.GetDirectoryName(Helm)!, "kubectl") is var beside && File.Exists(beside) ? beside : "kubectl";

    /// <summary>Renders the release that all streams are made of: microservices on IPv4.</summary>
    public static Command Template { get; } =
        Run(
            Helm,
            "template",
            ReleaseName,
            Path.Combine(Root, "chart"),
            "-n",
            "observability",
            "-f",
            Path.Combine(Root, "chart/ci/microservices-ipv4-values.yaml")
        );

    /// <summary>A run of a program whose output is read and thrown away.</summary>
    public static Command Run(string program, params string[] arguments) =>
        Cli.Wrap(program).WithArguments(arguments).WithStandardOutputPipe(PipeTarget.ToStream(Stream.Null));

    /// <summary>A run that repairs a stream.</summary>
    public static Command Repair(string program, string stream) =>
        Run(program, "--address-family", "IPv6").WithStandardInputPipe(PipeSource.FromFile(stream));

    /// <summary>What a run writes to standard output.</summary>
    public static async Task<string> OutputOfAsync(Command command)
    {
        var output = new StringBuilder();
        await command.WithStandardOutputPipe(PipeTarget.ToStringBuilder(output)).ExecuteAsync();
        return output.ToString();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tempo.Helm.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("run from a build inside the repository");
    }
}
