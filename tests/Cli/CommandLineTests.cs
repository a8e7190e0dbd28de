using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cli;

/// <summary>A wrong command line: one line that says what is wrong, nothing on standard output, exit code 64.</summary>
public class CommandLineTests
{
    [Theory]
    [InlineData("--mode enforc", "--mode is enforc, but must be one of enforce, check (did you mean enforce?)")]
    [InlineData("--mode 1", "--mode is 1, but must be one of enforce, check")]
    [InlineData("--fail-on x", "--fail-on is x, but must be one of error, warning, never")]
    [InlineData(
        "check --format xml",
        "--format is xml, but must be one of text, grouped, lines, json, sarif, github, diff, mermaid, markdown, html, kustomize-patches"
    )]
    [InlineData(
        "check --format srif",
        "--format is srif, but must be one of text, grouped, lines, json, sarif, github, diff, mermaid, markdown, html, "
            + "kustomize-patches (did you mean sarif?)"
    )]
    [InlineData("chekc release.yaml", "Unrecognized command or argument 'chekc' (did you mean check?)")]
    [InlineData("check --disalbe=TPF001", "Unrecognized option '--disalbe' (did you mean --disable?)")]
    [InlineData("rules --formt", "Unrecognized option '--formt' (did you mean --format?)")]
    [InlineData("rules TPF05", "RULE is TPF05, which is neither the id nor the name of a rule (did you mean TPF005?)")]
    [InlineData("rules servise-family", "RULE is servise-family, which is neither the id nor the name of a rule (did you mean TPF001?)")]
    [InlineData("rules nonsense", "RULE is nonsense, which is neither the id nor the name of a rule")]
    [InlineData("check --format", "Required argument missing for option: '--format'")]
    [InlineData("check --formt json", "Unrecognized option '--formt' (did you mean --format?)")]
    [InlineData("--nope", "Unrecognized option '--nope'")]
    [InlineData("check -x", "Unrecognized option '-x'")]
    [InlineData("preflight --formt", "Unrecognized option '--formt' (did you mean --format?)")]
    [InlineData("preflight --format github", "--format is github, but must be one of text, json, markdown, html")]
    [InlineData("verify --parallel 0", "--parallel is 0, but must be a number from 1 to 1000")]
    [InlineData("verify --timeout soon", "--timeout is soon, but must be a number from 1 to 3600")]
    [InlineData("verify --request-timeout 99999999999", "--request-timeout is 99999999999, but must be a number from 1 to 3600")]
    [InlineData("completion", "completion needs an argument: bash|zsh|fish|powershell")]
    [InlineData("migrate", "migrate needs an argument: VALUES")]
    [InlineData("completion tcsh", "SHELL is tcsh, but must be one of bash, zsh, fish, powershell")]
    [InlineData("--adress-family IPv6", "Unrecognized option '--adress-family' (did you mean --address-family?)")]
    [InlineData("--address-family ipv6", "--address-family is ipv6, but must be IPv6, IPv4 or auto, in this spelling (did you mean IPv6?)")]
    [InlineData("--disable nonsense", "--disable is nonsense, which is neither the id nor the name of a rule")]
    [InlineData("--disable TPF09", "--disable is TPF09, which is neither the id nor the name of a rule (did you mean TPF009?)")]
    [InlineData("--disable gosip-label", "--disable is gosip-label, which is neither the id nor the name of a rule (did you mean TPF009?)")]
    [InlineData(
        "--disable TPF000",
        "--disable is TPF000, and this rule cannot be disabled. Run tempo-postrender rules TPF000 for what it requires"
    )]
    [InlineData("check --fix -x.yaml", "Unrecognized option '-x.yaml'")]
    public async Task A_usage_error_is_one_line(string arguments, string message)
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, arguments.Split(' '));

        Assert.Equal(
            (64, "", $"tempo-postrender: {message}. See tempo-postrender --help.\n"),
            (result.ExitCode, result.Output, result.Error)
        );
    }

    [Theory]
    [InlineData("FILE", "check", "")]
    [InlineData("FILE", "check", "--fix", "")]
    [InlineData("FILE", "check", "release.yaml", "")]
    [InlineData("FILE", "preflight", "")]
    [InlineData("VALUES", "migrate", "")]
    [InlineData("RULE", "rules", "")]
    [InlineData("SHELL", "completion", "")]
    [InlineData("--output", "check", "--output", "")]
    [InlineData("--stdin-name", "check", "--stdin-name", "")]
    [InlineData("--namespace", "--namespace", "")]
    [InlineData("--address-family", "--address-family", "")]
    [InlineData("--kubeconfig", "verify", "--kubeconfig", "")]
    [InlineData("an argument", "")]
    public async Task A_value_that_is_empty_is_named(string name, params string[] arguments)
    {
        var result = await AppRunner.RunAsync(Streams.Helm3, arguments);

        Assert.Equal(
            (
                64,
                "",
                $"tempo-postrender: {name} is empty. If a script passes a variable there, it may be empty or not set. "
                    + "See tempo-postrender --help.\n"
            ),
            (result.ExitCode, result.Output, result.Error)
        );
    }

    [Theory]
    [InlineData("--mode CHECK")]
    [InlineData("check --format Text")]
    public async Task The_case_of_a_choice_does_not_matter(string arguments) =>
        Assert.Equal(2, (await AppRunner.RunAsync(Streams.Helm3, [.. arguments.Split(' '), "--address-family", "IPv6"])).ExitCode);
}
