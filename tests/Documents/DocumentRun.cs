using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Documents;

/// <summary>
/// Runs all commands of a document in one shell, as a reader would type them: in a folder that looks like a
/// checkout after the build, with the program, a Helm and kubectl on PATH, and no cluster.
/// </summary>
internal sealed class DocumentRun
{
    private static readonly SemaphoreSlim Slots = new(Environment.ProcessorCount);

    private static readonly ConcurrentDictionary<(string Path, int Helm), Lazy<Task<DocumentRun>>> Started = new();

    private DocumentRun(IReadOnlyList<StepResult> steps, IReadOnlyList<string> newFiles) => (Steps, NewFiles) = (steps, newFiles);

    public IReadOnlyList<StepResult> Steps { get; }

    /// <summary>The files that the commands left in the checkout, relative to it.</summary>
    public IReadOnlyList<string> NewFiles { get; }

    /// <summary>Runs a document under one version of Helm, once; the first call starts all documents in parallel.</summary>
    public static Task<DocumentRun> OfAsync(string path, int helm)
    {
        foreach (var other in All())
        {
            _ = Start(other).Value;
        }

        return Start((path, helm)).Value;
    }

    /// <summary>
    /// The README runs on both versions of Helm. Other documents run on Helm 4, except the blocks that are marked for Helm 3.
    /// </summary>
    public static IEnumerable<(string Path, int Helm)> All() =>
        from document in Document.All
        from helm in new[] { 3, 4 }
        where
            document.Blocks.Any(block =>
                block.Language == "console"
                && block.IsFor(helm)
                && (helm == 4 || document.Path == "README.md" || block.Attributes.ContainsKey("helm"))
            )
        select (document.Path, helm);

    private static Lazy<Task<DocumentRun>> Start((string Path, int Helm) key) =>
        Started.GetOrAdd(
            key,
            static key => new Lazy<Task<DocumentRun>>(() => Task.Run(() => RunAsync(Document.Of(key.Path), HelmVersions.Of(key.Helm))))
        );

    private static async Task<DocumentRun> RunAsync(Document document, HelmBinary helm)
    {
        var (script, steps) = Script(document, helm.Major);
        if (steps.Count == 0)
        {
            return new DocumentRun([], []);
        }

        using var folder = new Scratch(helm, installsPlugin: steps.Exists(static step => step.Command.Contains("helm plugin install")));
        await Slots.WaitAsync();
        try
        {
            await CliWrap
                .Cli.Wrap("bash")
                .WithArguments(["-c", script])
                .WithWorkingDirectory(folder.Checkout)
                .WithEnvironmentVariables(folder.Environment)
                .RunToEndAsync();
        }
        finally
        {
            Slots.Release();
        }

        return new DocumentRun(
            [.. steps.Select((step, index) => new StepResult(step, folder.ExitCodeOf(index), folder.OutputOf(index)))],
            folder.NewFiles()
        );
    }

    /// <summary>
    /// Writes files, then runs commands. Each command can read the exit code of the previous one, as in a terminal.
    /// </summary>
    private static (string Script, List<Step> Steps) Script(Document document, int helm)
    {
        var (script, steps) = (new StringBuilder("code=0\n"), new List<Step>());
        foreach (var block in document.Blocks.Where(block => block.IsFor(helm)))
        {
            if (block.Attributes.TryGetValue("file", out var file))
            {
                script.Append(
                    CultureInfo.InvariantCulture,
                    $"base64 -d > '{file}' <<< {Convert.ToBase64String(Encoding.UTF8.GetBytes(block.Text))}\n"
                );
            }

            foreach (var step in block.Language == "console" && !block.Attributes.ContainsKey("needs") ? block.Steps() : [])
            {
                script.Append(
                    CultureInfo.InvariantCulture,
                    $"(exit $code)\n{{ {step.Command}\n"
                        + $"}} > \"$OUTPUTS/{steps.Count}.out\" 2>&1 < /dev/null; code=$?; echo $code > "
                        + $"\"$OUTPUTS/{steps.Count}.code\"\n"
                );
                steps.Add(step);
            }
        }

        return (script.ToString(), steps);
    }
}

/// <summary>The result of a command of a document.</summary>
internal sealed record StepResult(Step Step, int ExitCode, IReadOnlyList<string> Output);
