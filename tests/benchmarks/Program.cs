using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Tempo.Helm.Benchmarks;

if (!File.Exists(Programs.PostRender) || !File.Exists(Programs.Empty))
{
    Console.Error.WriteLine(
        "Build the native programs first: dotnet publish postrender -c Release -o artifacts/postrender && dotnet "
            + "publish tests/benchmarks/empty -c Release -o artifacts/empty"
    );
    return 1;
}

if (args is ["growth"])
{
    await Growth.RunAsync();
    return 0;
}

if (args is ["rendering", .. var other])
{
    await Rendering.RunAsync(other);
    return 0;
}

// What is measured are processes of their own, so there is nothing to compile for them.
var job = Job
    .Default.WithToolchain(InProcessNoEmitToolchain.Instance)
    .WithWarmupCount(1)
    .WithIterationCount(5)
    .WithInvocationCount(2)
    .WithUnrollFactor(1);
BenchmarkRunner.Run<SideBySide>(DefaultConfig.Instance.AddJob(job).HideColumns(Column.Error, Column.RatioSD));
return 0;
