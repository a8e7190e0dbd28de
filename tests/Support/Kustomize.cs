namespace Tempo.Helm.Tests.Support;

/// <summary>
/// The real Kustomize: the variable KUSTOMIZE, <c>kustomize</c> on PATH, or the one in kubectl, which cannot run functions.
/// </summary>
internal static class Kustomize
{
    /// <summary>The standalone program, or null.</summary>
    public static string? Program { get; } = Environment.GetEnvironmentVariable("KUSTOMIZE") ?? OnPath.Find("kustomize");

    /// <summary>kubectl, which the build fetches beside Helm 4, or null.</summary>
    public static string? Kubectl { get; } =
        Path.Combine(Path.GetDirectoryName(HelmVersions.Four.Path)!, "kubectl") is var fetched && File.Exists(fetched)
            ? fetched
            : OnPath.Find("kubectl");

    /// <summary>Builds a kustomization.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="options">Options of the standalone program; none if kubectl is sufficient.</param>
    public static async Task<RunResult> BuildAsync(string folder, params string[] options)
    {
        var command = Program is not null
            ? CliWrap.Cli.Wrap(Program).WithArguments(["build", .. options, folder])
            : CliWrap.Cli.Wrap(Kubectl!).WithArguments(["kustomize", folder]);
        return await command.RunToEndAsync();
    }
}

/// <summary>A test that needs the standalone Kustomize; it is skipped with a reason if there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KustomizeFactAttribute : FactAttribute
{
    public KustomizeFactAttribute() =>
        Skip = Kustomize.Program is null ? "kustomize is not on PATH, nor named in KUSTOMIZE; kubectl's own starts no functions" : null;
}

/// <summary>A test that needs any Kustomize; it is skipped with a reason if there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KustomizePatchFactAttribute : FactAttribute
{
    public KustomizePatchFactAttribute() =>
        Skip = Kustomize.Program is null && Kustomize.Kubectl is null ? "neither kustomize nor kubectl is on this machine" : null;
}
