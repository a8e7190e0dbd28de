using Tempo.Helm.Benchmarks;

if (!File.Exists(Programs.PostRender) || !File.Exists(Programs.Empty))
{
    Console.Error.WriteLine(
        "Build the native programs first: dotnet publish postrender -c Release -o artifacts/postrender && dotnet "
            + "publish tests/benchmarks/empty -c Release -o artifacts/empty"
    );
    return 1;
}

switch (args)
{
    case ["growth", .. var build] when build.Length <= 1:
        await Growth.RunAsync(runs: 5, build.FirstOrDefault());
        return 0;
    case ["rendering", .. var other]:
        await Rendering.RunAsync(runs: 30, other);
        return 0;
    case ["peers", .. var builds]:
        await Peers.RunAsync(runs: 100, builds);
        return 0;
    default:
        Console.Error.WriteLine(
            "usage: peers [OTHER_BUILD...] | growth [OTHER_BUILD] | rendering [OTHER_CHART [FLAG_OF_HELM_TEMPLATE...]]"
        );
        return 1;
}
