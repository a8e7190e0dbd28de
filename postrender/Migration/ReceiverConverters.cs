using System.Text.RegularExpressions;

namespace Tempo.PostRender.Migration;

/// <summary>Receivers: their addresses follow from the family and the port here.</summary>
internal static partial class ReceiverConverters
{
    /// <summary>A receiver of Tempo, which is on because it is there.</summary>
    public static void Receiver(Conversion conversion)
    {
        conversion.Put("enabled", ValueScalar.True);
        if (conversion.Value is ValueMap settings)
        {
            Put(conversion, settings);
        }
    }

    /// <summary>Settings of a receiver, whose address follows from the family and the port.</summary>
    public static void Settings(Conversion conversion)
    {
        if (conversion.Value is ValueMap settings)
        {
            Put(conversion, settings);
        }
    }

    private static void Put(Conversion conversion, ValueMap settings)
    {
        var rest = (ValueMap)settings.Copy();
        if (rest["endpoint"] is ValueScalar { Text: var endpoint } && Wildcard().Match(endpoint) is { Success: true } wildcard)
        {
            rest["endpoint"] = null;
            conversion.Put("port", new ValueScalar(wildcard.Groups["port"].Value, isPlain: true));
        }

        if (!rest.IsEmpty)
        {
            conversion.Put("receiverConfig", rest);
        }
    }

    [GeneratedRegex("""^(0\.0\.0\.0|\[?::0?\]?)?:(?<port>[0-9]+)$""")]
    private static partial Regex Wildcard();
}
