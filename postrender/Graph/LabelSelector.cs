using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>A label selector with <c>matchLabels</c> and <c>matchExpressions</c>, as in a NetworkPolicy.</summary>
internal static class LabelSelector
{
    /// <summary>The field that contains the labels of a selector.</summary>
    public const string Field = "selector";

    /// <summary>Whether pods with these labels meet the <c>matchExpressions</c> of a selector.</summary>
    public static bool MeetsExpressions(YamlNode? selector, IReadOnlyDictionary<string, string> labels) =>
        selector.Get("matchExpressions").Items().All(expression => Holds(expression, labels));

    /// <summary>The <c>matchExpressions</c> of a selector as one text, which is empty if there are none.</summary>
    public static string ExpressionsOf(YamlNode? selector) =>
        string.Join(
            '\0',
            selector
                .Get("matchExpressions")
                .Items()
                .SelectMany(static expression =>
                    (IEnumerable<string>)
                        [
                            expression.Text("key") ?? "",
                            expression.Text("operator") ?? "",
                            .. (expression.Get("values") as SequenceNode).Texts(),
                            "",
                        ]
                )
        );

    private static bool Holds(YamlNode expression, IReadOnlyDictionary<string, string> labels)
    {
        var isSet = labels.TryGetValue(expression.Text("key") ?? "", out var value);
        var values = (expression.Get("values") as SequenceNode).Texts();
        return expression.Text("operator") switch
        {
            "In" => isSet && values.Contains(value),
            "NotIn" => !isSet || !values.Contains(value),
            "Exists" => isSet,
            "DoesNotExist" => !isSet,
            _ => false,
        };
    }
}
