using System.CommandLine;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>Prints the completion script for a shell. The script calls the program with the directive <c>[suggest]</c>.</summary>
/// <remarks>dotnet-suggest, the tool of System.CommandLine for completion, needs .NET on the user's machine.</remarks>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _tempo_postrender() {
              local line=${COMP_LINE:0:COMP_POINT}
              line=${line#* }
              local words
              words=$("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
              mapfile -t COMPREPLY < <(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}")
            }
            complete -o default -F _tempo_postrender tempo-postrender

            """,
        ["zsh"] = """
            #compdef tempo-postrender
            _tempo_postrender() {
              local line=${${BUFFER[1,CURSOR]}#* }
              local -a found=(${(f)"$(${words[1]} "[suggest:${#line}]" "$line" 2>/dev/null)"})
              compadd -a found || _files
            }
            compdef _tempo_postrender tempo-postrender

            """,
        ["fish"] = """
            function __tempo_postrender
              set -l line (string replace -r '^\S+\s+' '' -- (commandline -cp))
              tempo-postrender "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -c tempo-postrender -a '(__tempo_postrender)'

            """,
        ["powershell"] = """
            Register-ArgumentCompleter -Native -CommandName tempo-postrender -ScriptBlock {
              param($word, $command, $cursor)
              $line = $command.ToString().PadRight($cursor - $command.Extent.StartOffset) -replace '^\S+\s+', ''
              tempo-postrender "[suggest:$($line.Length)]" $line |
                Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }

            """,
    };

    public static IReadOnlyCollection<string> Shells => Scripts.Keys;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or powershell.", HelpName = "bash|zsh|fish|powershell" };
        shell.CompletionSources.Add([.. Shells]);
        shell.Validators.Add(static result =>
        {
            if (result.Tokens is [var token, ..] && !Scripts.ContainsKey(token.Value))
            {
                result.AddError($"SHELL is {Printable.OneLine(token.Value)}, but must be one of {string.Join(", ", Shells)}");
            }
        });
        var command = new Command("completion", "Prints the completion script for a shell.") { shell };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(Scripts[parsed.GetValue(shell)!].ReplaceLineEndings("\n"));
            return (int)ExitCode.Ok;
        });
        return command;
    }

    /// <summary>Sets the values that a shell offers for the option, spelled as in the help.</summary>
    public static void Offer<T>(this Option<T> option, params string[] values)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(values);
    }
}
