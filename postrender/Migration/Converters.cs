using System.Text.RegularExpressions;

namespace Tempo.PostRender.Migration;

/// <summary>The few values that change their form, by the names that the tables use.</summary>
internal static partial class Converters
{
    private static readonly string[] ImageParts = ["tag", "digest"];
    private static readonly string[] Handlers = ["httpGet", "tcpSocket"];

    public static IReadOnlyDictionary<string, Action<Conversion>> All { get; } =
        new Dictionary<string, Action<Conversion>>(StringComparer.Ordinal)
        {
            ["yaml-text"] = YamlText,
            ["receiver"] = ReceiverConverters.Receiver,
            ["receiver-settings"] = ReceiverConverters.Settings,
            ["first-item"] = FirstItem,
            ["urls"] = Urls,
            ["arguments"] = Arguments,
            ["names"] = Names,
            ["shadowed"] = Shadowed,
            ["single-replica"] = SingleReplica,
            ["routes"] = RouteConverters.Routes,
            ["service-routes"] = RouteConverters.ServiceRoutes,
            ["log-format"] = LogFormat,
            ["image-tag"] = ImageTag,
            ["image"] = Image,
            ["port-name"] = PortName,
            ["with-scaler"] = WithScaler,
            ["in-memory"] = InMemory,
            ["ipv6-switch"] = OperatorConverters.FamilySwitch,
            ["existing-account"] = OperatorConverters.ExistingAccount,
            ["operator-backend"] = OperatorConverters.Backend,
            ["limits"] = OperatorConverters.Limits,
            ["tenant-limits"] = OperatorConverters.TenantLimits,
            ["tenant-retention"] = OperatorConverters.TenantRetention,
        };

    /// <summary>A text that the old chart read as YAML becomes what it holds; a map with templates in it stays a text.</summary>
    private static void YamlText(Conversion conversion)
    {
        if (conversion.Value is not ValueScalar { Text: var text } scalar)
        {
            conversion.Put(conversion.Value);
            return;
        }

        if (scalar.IsEmpty)
        {
            return;
        }

        // A constraint without a selector gets the component's own pods here.
        var component = conversion.Entry.Path[..conversion.Entry.Path.IndexOf('.', StringComparison.Ordinal)];
        var own = OwnPods().Replace(text, match => IsNameOf(match.Groups["name"].Value, component) ? "" : match.Value);
        var read = Templates.IsIn(own) ? null : ValueReader.ReadText(own);
        if (read is ValueList)
        {
            conversion.Put(read);
        }
        else if (!Templates.IsIn(text) && read is ValueMap)
        {
            conversion.Put(read);
        }
        else if (conversion.Entry.Path.EndsWith("ffinity", StringComparison.Ordinal))
        {
            conversion.Put(conversion.Value);
        }
        else
        {
            conversion.Say(
                MigrationLevel.Error,
                "is a text with templates, and a list is needed here; it was left out. Write the list without templates"
            );
        }
    }

    /// <summary>The first item of a list.</summary>
    private static void FirstItem(Conversion conversion)
    {
        if (conversion.Value is ValueList { Items: [ValueScalar first, ..] })
        {
            conversion.Put(first);
        }
    }

    /// <summary>Addresses become the entries of remote_write.</summary>
    private static void Urls(Conversion conversion)
    {
        var urls = (conversion.Value as ValueList)?.Items ?? [conversion.Value];
        conversion.Put(new ValueList([.. urls.Select(static url => ValueMap.Of("url", url))]));
    }

    /// <summary>References to objects become their names.</summary>
    private static void Names(Conversion conversion) =>
        conversion.Put(
            conversion.Value is ValueList references
                ? new ValueList([.. references.Items.Select(static item => (item as ValueMap)?["name"] ?? item)])
                : conversion.Value
        );

    /// <summary>A setting of all components, in whose place the old chart took another one, which has a default.</summary>
    private static void Shadowed(Conversion conversion)
    {
        var last = conversion.Entry.Path[(conversion.Entry.Path.LastIndexOf('.') + 1)..];
        var other = last == "containerSecurityContext" ? "tempo.securityContext" : $"tempo.{last}";
        if (conversion.Old.At(other) is null or { IsEmpty: true })
        {
            conversion.Put(conversion.Value);
            return;
        }

        conversion.Say(
            MigrationLevel.Warning,
            $"had no effect in the old chart, because {other} counts there; it was left out. Set {conversion.Entry.Targets[0]} if you "
                + "want it"
        );
    }

    /// <summary>The number of processes that have all traces on a disk of their own: only one gives right answers.</summary>
    private static void SingleReplica(Conversion conversion)
    {
        conversion.Put(conversion.Value);
        conversion.Say(
            MigrationLevel.Error,
            "is not 1, but each process has its own traces, and queries find only a part of them. Set monolithic.replicas to 1, or use "
                + "mode: microservices, which needs Kafka"
        );
    }

    /// <summary>A map of flags becomes a list of arguments.</summary>
    private static void Arguments(Conversion conversion)
    {
        if (conversion.Value is ValueMap flags)
        {
            conversion.Put(
                new ValueList([
                    .. flags.Entries.Select(static flag => new ValueScalar(
                        flag.Value is ValueScalar { IsEmpty: false } value ? $"-{flag.Key}={value.Text}" : $"-{flag.Key}",
                        isPlain: false
                    )),
                ])
            );
        }
        else
        {
            conversion.Put(conversion.Value);
        }
    }

    /// <summary>The directive log_format of nginx with its name and quotes becomes the format alone.</summary>
    private static void LogFormat(Conversion conversion)
    {
        if (conversion.Value is ValueScalar { Text: var text })
        {
            var parts = Quoted().Matches(text).Select(static match => match.Groups["text"].Value).ToList();
            conversion.Put(new ValueScalar(parts.Count > 0 ? string.Concat(parts) : text, isPlain: false));
        }
    }

    /// <summary>A tag of Tempo; one of Tempo 2 stays behind, because its configuration is another.</summary>
    private static void ImageTag(Conversion conversion)
    {
        if (conversion.Value is not ValueScalar { Text: var tag } || !OldTempo().IsMatch(tag))
        {
            conversion.Put(conversion.Value);
            return;
        }

        conversion.Say(
            MigrationLevel.Warning,
            "is a version before Tempo 3, which cannot read the configuration of this chart; it was left out, so the chart's own version "
                + "runs. Read Tempo's notes about the upgrade to version 3"
        );
    }

    /// <summary>A whole image reference becomes its repository and its tag or digest.</summary>
    private static void Image(Conversion conversion)
    {
        if (conversion.Value is not ValueScalar { Text: var image })
        {
            return;
        }

        var match = Reference().Match(image);
        conversion.Put("repository", new ValueScalar(match.Groups["repository"].Value, isPlain: false));
        foreach (var part in ImageParts.Where(part => match.Groups[part].Success))
        {
            conversion.Put(part, new ValueScalar(match.Groups[part].Value, isPlain: false));
        }
    }

    /// <summary>A probe of the gateway, whose port has another name.</summary>
    private static void PortName(Conversion conversion)
    {
        var probe = conversion.Value.Copy();
        foreach (var kind in Handlers)
        {
            if ((probe as ValueMap)?[kind] is ValueMap handler && handler.Text("port") == "http-metrics")
            {
                handler["port"] = new ValueScalar("http", isPlain: true);
            }
        }

        conversion.Put(probe);
    }

    /// <summary>Scaling that the old chart had only with one of two scalers.</summary>
    private static void WithScaler(Conversion conversion)
    {
        var block = conversion.Entry.Path[..conversion.Entry.Path.LastIndexOf('.')];
        if (conversion.Old.IsTrue($"{block}.hpa.enabled") || conversion.Old.IsTrue($"{block}.keda.enabled"))
        {
            conversion.Put(conversion.Value);
        }
    }

    /// <summary>A disk in memory is no disk here, but a folder that lives as long as the pod.</summary>
    private static void InMemory(Conversion conversion)
    {
        if (conversion.Value is ValueScalar { Text: "true" })
        {
            conversion.Put("enabled", ValueScalar.False);
            conversion.Put("emptyDir.medium", new ValueScalar("Memory", isPlain: true));
            if (conversion.Old.At($"{conversion.Entry.Component}.persistence.size") is ValueScalar size)
            {
                conversion.Put("emptyDir.sizeLimit", size);
            }
        }
    }

    /// <summary>Whether <c>query-frontend</c> is the name of <c>queryFrontend</c>.</summary>
    private static bool IsNameOf(string name, string component) =>
        name.Replace("-", "", StringComparison.Ordinal).Equals(component, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(
        """[ \t]*labelSelector:\s*\n\s*matchLabels:\s*\n\s*\{\{-?\s*include "tempo\.selectorLabels" \(list [$.] "(?<name>[a-z-]+)"\)"""
            + """\s*\|\s*nindent\s+[0-9]+\s*-?\}\}"""
    )]
    private static partial Regex OwnPods();

    [GeneratedRegex("""'(?<text>[^']*)'""")]
    private static partial Regex Quoted();

    [GeneratedRegex("""^v?[0-2]\.""")]
    private static partial Regex OldTempo();

    [GeneratedRegex("""^(?<repository>[^@]*?)(:(?<tag>[\w][\w.-]*))?(@(?<digest>.+))?$""")]
    private static partial Regex Reference();
}
