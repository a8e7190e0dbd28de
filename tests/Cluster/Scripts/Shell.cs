using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cluster.Scripts;

/// <summary>Runs what is run in the cluster, in a shell of this machine.</summary>
internal static class Shell
{
    /// <summary>A folder with the programs of busybox and curl only; null if this machine has no busybox.</summary>
    private static readonly Lazy<string?> Busybox = new(MakeBusybox);

    /// <summary>Whether this machine has busybox, which is what most small images have.</summary>
    public static bool HasBusybox => Busybox.Value is not null;

    /// <summary>Runs a command, and returns what it prints.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isBusybox">Whether with the programs of busybox.</param>
    /// <param name="before">What is run before it: <c>nsenter --net=...</c>.</param>
    public static async Task<string> RunAsync(IReadOnlyList<string> command, bool isBusybox = false, params IReadOnlyList<string> before)
    {
        List<string> words = [.. before, .. command];
        var result = await CliWrap
            .Cli.Wrap(Find(words[0]))
            .WithArguments(words.Skip(1))
            .WithEnvironmentVariables(variables =>
            {
                if (isBusybox)
                {
                    variables.Set("PATH", Busybox.Value);
                }
            })
            .RunToEndAsync();
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return result.Output + result.Error;

        string Find(string program) => isBusybox && program == "sh" ? Path.Combine(Busybox.Value!, "sh") : program;
    }

    private static string? MakeBusybox()
    {
        if (OnPath.Find("busybox") is not { } busybox || OnPath.Find("curl") is not { } curl)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("tempo-helm-busybox-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        foreach (var program in (string[])["sh", "base64", "grep", "head", "tr", "sed", "date", "sleep", "nc", "timeout", "printf"])
        {
            File.CreateSymbolicLink(Path.Combine(folder, program), busybox);
        }

        File.CreateSymbolicLink(Path.Combine(folder, "curl"), curl);
        return folder;
    }
}
