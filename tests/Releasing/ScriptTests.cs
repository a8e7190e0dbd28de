using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Releasing;

/// <summary>The scripts that the workflows run, as far as they go without a cluster and a registry.</summary>
public class ScriptTests
{
    [Theory]
    [InlineData("ipv6", "monolithic-ipv6-values.yaml")]
    [InlineData("ipv4", "monolithic-ipv4-values.yaml")]
    [InlineData("dual", "monolithic-dual-values.yaml monolithic-ipv4-values.yaml monolithic-ipv6-values.yaml")]
    public async Task Ct_installs_what_a_cluster_of_the_family_can_run(string family, string files)
    {
        var (exitCode, output) = await Script.RunAsync("/bin/bash", ["eng/ct-install.sh", family], ("CT", "echo"));

        Assert.Equal(0, exitCode);
        Assert.Equal(files.Split(' '), output.Split('\n')[..^2]);
        Assert.Matches("^install --config ct.yaml --charts .*/tempo$", output.Split('\n')[^2]);
    }

    [Theory]
    [InlineData("ipv6")]
    [InlineData("ipv4")]
    [InlineData("dual")]
    public async Task Kind_makes_a_cluster_of_the_family(string family)
    {
        var (exitCode, output) = await Script.RunAsync("/bin/bash", ["eng/kind-cluster.sh", family, "v1.34.0"], ("KIND", "echo"));

        Assert.Equal(0, exitCode);
        Assert.Contains($"  ipFamily: {family}\n", output);
        Assert.Contains($"create cluster --name tempo-{family} --image kindest/node:v1.34.0 --config ", output);
    }

    [Theory]
    [InlineData("eng/ct-install.sh")]
    [InlineData("eng/kind-cluster.sh", "v1.34.0")]
    public async Task A_family_that_is_none_is_refused(string script, params string[] more)
    {
        var (exitCode, output) = await Script.RunAsync("/bin/bash", [script, "IPv6", .. more], ("CT", "echo"), ("KIND", "echo"));

        Assert.Equal((64, "IPv6 is not a family: use ipv6, dual or ipv4\n"), (exitCode, output));
    }

    [Theory]
    [InlineData("exec \"$PROGRAM\" \"$@\"", 0, "the program for linux-x64 works in image:1")]
    [InlineData("cat", 1, "the program for linux-x64 does not fix docs/examples/release.yaml in image:1")]
    [InlineData("echo exec format error >&2; exit 126", 126, "exec format error")]
    public async Task A_program_is_tried_in_a_container_and_must_fix_a_release_there(string container, int exitCode, string message)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "programs", "linux-x64"));
        // Runs what the container would run, with the options after the name of the program.
        var docker = folder.WriteProgram(
            "docker",
            $"#!/bin/bash\nwhile [ \"$1\" != /program/tempo-postrender ]; do shift; done\nshift\n{container}\n"
        );

        var result = await Script.RunAsync(
            "/bin/bash",
            ["eng/try-program.sh", "linux-x64", "image:1"],
            ("ARTIFACTS", folder.Path),
            ("DOCKER", docker),
            ("PROGRAM", HelmRunner.Executable)
        );

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(message, result.Output);
    }

    [Fact]
    public async Task A_tag_that_is_not_the_version_publishes_nothing()
    {
        var (exitCode, output) = await Script.RunAsync(
            "/bin/bash",
            ["eng/publish.sh", "oci://registry.example/charts"],
            ("TAG", "v99.0.0"),
            ("DRY_RUN", "true")
        );

        Assert.Equal(
            (
                64,
                $"the tag is v99.0.0, but the version in Directory.Build.props is {Versions.OfTheProgram}; tag "
                    + $"v{Versions.OfTheProgram}, or set the version\n"
            ),
            (exitCode, output)
        );
    }

    [Theory]
    [InlineData("0.1.0", "0.1.0", false)]
    [InlineData("0.1.0", "0.1.1", true)]
    [InlineData("0.2.0", "0.1.9", false)]
    [InlineData("0.9.0", "0.10.0", true)]
    [InlineData("1.0.0-rc.1", "1.0.0", true)]
    [InlineData("1.0.0", "1.0.0-rc.1", false)]
    public async Task The_version_must_go_up_with_the_chart(string was, string now, bool isHigher)
    {
        using var repository = new TemporaryRepository();
        await repository.CommitAsync(was, "a: 1\n");
        await repository.RunAsync("branch", "published");
        await repository.CommitAsync(now, "a: 2\n");

        var (exitCode, output) = await repository.CheckAsync();

        Assert.Equal(
            (
                isHigher ? 0 : 1,
                isHigher
                    ? ""
                    : $"chart/Chart.yaml: the chart differs from published, but its version is {now} and was {was}; set a higher one\n"
            ),
            (exitCode, output)
        );
    }

    [Fact]
    public async Task A_chart_that_is_as_it_was_keeps_its_version()
    {
        using var repository = new TemporaryRepository();
        await repository.CommitAsync("0.1.0", "a: 1\n");
        await repository.RunAsync("branch", "published");
        repository.Write("README.md", "other\n");

        Assert.Equal((0, ""), await repository.CheckAsync());
    }

    /// <summary>A repository that contains only a chart.</summary>
    private sealed class TemporaryRepository : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public void Write(string file, string text) => _folder.Write(file, text);

        public async Task CommitAsync(string version, string values)
        {
            if (!Directory.Exists(_folder.In(".git")))
            {
                await RunAsync("init", "--quiet");
            }

            _folder.Write("chart/Chart.yaml", $"apiVersion: v2\nname: tempo\nversion: {version}\n");
            _folder.Write("chart/values.yaml", values);
            await RunAsync("add", "--all");
            const string Identity = "-c user.name=test -c user.email=test@example.org -c commit.gpgsign=false";
            await RunAsync([.. Identity.Split(' '), "commit", "--quiet", "--message", version]);
        }

        /// <summary>Compares the version of the chart with the branch published.</summary>
        public Task<(int ExitCode, string Output)> CheckAsync() =>
            Script.RunInAsync(_folder.Path, Repository.Path("eng", "chart-version.sh"), [], ("TARGET", "published"));

        public async Task RunAsync(params string[] arguments)
        {
            var (exitCode, output) = await Script.RunInAsync(_folder.Path, "git", arguments);
            Assert.True(exitCode == 0, output);
        }

        public void Dispose() => _folder.Dispose();
    }
}
