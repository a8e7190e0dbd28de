using System.CommandLine;
using System.CommandLine.Completions;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cli;

/// <summary>The options of every command that checks manifests against the rules.</summary>
internal sealed class RuleOptionSet
{
    /// <summary>The option that sets the level of finding that fails a run.</summary>
    public const string FailOnOption = "--fail-on";

    /// <summary>The choices of <c>--fail-on</c>.</summary>
    public static readonly (string Word, FailOn Value)[] FailOnChoices =
    [
        ("error", FailOn.Error),
        ("warning", FailOn.Warning),
        ("never", FailOn.Never),
    ];

    private const string FamilyVariable = "TEMPO_ADDRESS_FAMILY";

    private readonly Option<string> _family = new(RuleOptions.FamilyOption)
    {
        Description =
            "The address family of the release: IPv6, IPv4, or auto to detect it from the manifests. Default: the environment "
            + $"variable {FamilyVariable}, else auto.",
        HelpName = "IPv6|IPv4|auto",
    };

    private readonly Option<string> _gossipLabel = new(RuleOptions.GossipLabelOption)
    {
        Description = "The label of the pods that join memberlist.",
        HelpName = "LABEL",
        DefaultValueFactory = static _ => RuleOptions.DefaultGossipLabel,
    };

    private readonly ChoiceOption<FailOn> _failOn = new(
        FailOnOption,
        "The lowest level of finding that makes the run fail with exit code 2.",
        FailOnChoices
    );

    private readonly Option<string[]> _disable = new("--disable")
    {
        Description =
            "Disables the rule with this id or name; may be given several times. To ignore a rule for one object, set the annotation "
            + "tempo-postrender/ignore on it.",
        HelpName = "RULE",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<bool> _verbose = new("--verbose")
    {
        Description = "Also lists the rules that hold, and all findings of a refused release.",
    };

    private readonly Option<string>? _namespace;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="hasNamespace">Whether the user names the namespace of the manifests; otherwise the command knows it.</param>
    public RuleOptionSet(Command command, bool hasNamespace = false)
    {
        _family.Offer("IPv6", "IPv4", "auto");
        _disable.CompletionSources.Add(static _ => RuleCatalog.Optional.Select(static rule => new CompletionItem(rule.Id)));
        command.Add(_family);
        command.Add(_gossipLabel);
        command.Add(_failOn);
        command.Add(_disable);
        command.Add(_verbose);
        if (hasNamespace)
        {
            command.Add(
                _namespace = new Option<string>("--namespace", "-n")
                {
                    Description =
                        "The namespace of the Helm release, for manifests that do not set one. Default: the environment variable "
                        + "HELM_NAMESPACE, else the namespace that the other manifests set.",
                    HelpName = "NAMESPACE",
                }
            );
        }
    }

    public bool IsVerbose(ParseResult parsed) => parsed.GetValue(_verbose);

    /// <summary>The options in the form that the pipeline takes.</summary>
    /// <exception cref="UsageException">The family or the id of a rule is unknown.</exception>
    public PipelineOptions Read(ParseResult parsed, IoContext io, string? releaseNamespace = null)
    {
        releaseNamespace ??= _namespace is null ? null : parsed.GetValue(_namespace);
        var (text, statedBy) =
            parsed.GetValue(_family) is { } option ? (option, RuleOptions.FamilyOption)
            : io.Environment(FamilyVariable) is { Length: > 0 } variable ? (variable, FamilyVariable)
            : ("auto", "");
        var family = AddressFamilies.Parse(text);
        if (family is null && text != "auto")
        {
            throw new UsageException(
                $"{statedBy} is {Printable.OneLine(text)}, but must be IPv6, IPv4 or auto, in this spelling"
                    + NearestWord.Question(text, ["IPv6", "IPv4", "auto"])
            );
        }

        var disabled = parsed
            .GetValue(_disable)!
            .SelectMany(static ids => ids.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(word => KnownRule.Find(word, "--disable"))
            .ToList();
        if (disabled.Find(static known => !known.CanBeDisabled) is { } needed)
        {
            throw new UsageException(
                $"--disable is {needed.Rule.Id}, and this rule cannot be disabled. Run {ProgramName.Of(io)} rules {needed.Rule.Id} for "
                    + "what it requires"
            );
        }

        return new PipelineOptions(
            new RuleOptions(family, statedBy, parsed.GetValue(_gossipLabel)!, disabled.Select(static known => known.Rule.Id).ToHashSet()),
            parsed.GetValue(_failOn),
            releaseNamespace ?? io.Environment("HELM_NAMESPACE")
        )
        {
            StatedNamespace = releaseNamespace,
        };
    }
}
