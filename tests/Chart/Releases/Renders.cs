using System.Collections.Concurrent;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart.Releases;

/// <summary>Runs of <c>helm</c>, each made once for all tests, and no more of them at a time than there are processors.</summary>
internal static class Renders
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<RunResult>>> Cache = [];
    private static readonly SemaphoreSlim Slots = new(Environment.ProcessorCount);

    public static Task<RunResult> RunAsync(HelmBinary helm, params string[] arguments) =>
        Cache
            .GetOrAdd($"{helm.Major}\0{string.Join('\0', arguments)}", _ => new Lazy<Task<RunResult>>(() => RunOnceAsync(helm, arguments)))
            .Value;

    /// <summary>The arguments of <c>helm template</c> for a chart: everything that could differ between machines is fixed.</summary>
    public static string[] Template(string release, string chart, params string[] more) =>
        ["template", release, chart, "--namespace", "observability", "--kube-version", "1.34.0", .. more];

    private static async Task<RunResult> RunOnceAsync(HelmBinary helm, string[] arguments)
    {
        await Slots.WaitAsync();
        try
        {
            return await HelmRunner.RunAsync(helm, arguments);
        }
        finally
        {
            Slots.Release();
        }
    }
}
