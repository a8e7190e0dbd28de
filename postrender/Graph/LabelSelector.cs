using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>A label selector with <c>matchLabels</c> and <c>matchExpressions</c>, as in a NetworkPolicy.</summary>
internal static class LabelSelector
{
    /// <summary>The field that contains the labels of a selector.</summary>
    public const string Field = "selector";

    /// <summary>Whether a selector matches pods with these labels; an empty selector matches all pods.</summary>
    public static bool Matches(YamlNode? selector, IReadOnlyDictionary<string, string> labels) =>
        selector.Get("matchLabels").TextMap().All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value)
        && selector.Get("matchExpressions").Items().All(expression => Holds(expression, labels));

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
