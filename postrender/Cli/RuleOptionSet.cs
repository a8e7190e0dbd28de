using System.CommandLine;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cli;

/// <summary>The options that every command which judges a stream has.</summary>
internal sealed class RuleOptionSet
{
    private const string FamilyVariable = "TEMPO_ADDRESS_FAMILY";

    private readonly Option<string> _family = new("--address-family")
    {
        Description = $"The family of the release: IPv6, IPv4, or auto to take it from what the release consists of. Default: the variable {FamilyVariable}, else auto.",
        HelpName = "IPv6|IPv4|auto",
    };

    private readonly Option<string> _gossipLabel = new("--gossip-label")
    {
        Description = "The label of pods that join memberlist.",
        HelpName = "LABEL",
        DefaultValueFactory = static _ => RuleOptions.DefaultGossipLabel,
    };

    private readonly ChoiceOption<FailOn> _failOn = new("--fail-on", "What makes the run fail with exit code 2.");

    private readonly Option<string[]> _disable = new("--disable")
    {
        Description = "Switches a rule off, by its id; may be given several times. For one object: the annotation tempo-postrender/ignore.",
        HelpName = "RULE",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<bool> _verbose = new("--verbose")
    {
        Description = "Also say which rules hold.",
    };

    public RuleOptionSet(Command command)
    {
        _family.Offer("IPv6", "IPv4", "auto");
        _disable.Offer([.. RuleCatalog.Optional.Select(static rule => rule.Id)]);
        command.Add(_family);
        command.Add(_gossipLabel);
        command.Add(_failOn);
        command.Add(_disable);
        command.Add(_verbose);
    }

    public bool IsVerbose(ParseResult parsed) => parsed.GetValue(_verbose);

    /// <summary>The options as the pipeline takes them.</summary>
    /// <exception cref="UsageException">The family is none.</exception>
    public PipelineOptions Read(ParseResult parsed, IoContext io, string? releaseNamespace)
    {
        var (text, statedBy) = parsed.GetValue(_family) is { } option ? (option, "--address-family")
            : io.Environment(FamilyVariable) is { Length: > 0 } variable ? (variable, FamilyVariable)
            : ("auto", "");
        var family = AddressFamilies.Parse(text);
        if (family is null && text != "auto")
        {
            throw new UsageException($"{statedBy} is {Manifests.Printable.OneLine(text)}, but must be IPv6, IPv4 or auto, in this spelling");
        }

        var disabled = parsed.GetValue(_disable)!.SelectMany(static ids => ids.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);
        if (disabled.FirstOrDefault(static id => RuleCatalog.Optional.All(rule => rule.Id != id)) is { } unknown)
        {
            throw new UsageException($"--disable is {Manifests.Printable.OneLine(unknown)}, which is no rule that can be switched off; tempo-postrender rules lists them");
        }

        return new PipelineOptions(
            new RuleOptions(family, statedBy, parsed.GetValue(_gossipLabel)!, disabled),
            parsed.GetValue(_failOn),
            releaseNamespace ?? io.Environment("HELM_NAMESPACE"));
    }
}
