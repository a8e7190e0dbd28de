using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>A label selector: the labels that pods must have, and the <c>matchExpressions</c> that their labels must meet.</summary>
internal sealed class LabelSelector
{
    /// <summary>The field that contains the labels of a selector.</summary>
    public const string Field = "selector";

    private readonly List<Expression> _expressions = [];

    /// <summary>A selector of labels only, as in a Service.</summary>
    public LabelSelector(IReadOnlyDictionary<string, string> labels) => Labels = labels;

    /// <summary>A selector with <c>matchLabels</c> and <c>matchExpressions</c>, as in a NetworkPolicy.</summary>
    /// <param name="selector">Its node; null selects all pods.</param>
    public LabelSelector(YamlNode? selector)
        : this(selector.Get("matchLabels").TextMap())
    {
        foreach (var item in selector.Get("matchExpressions").Items())
        {
            var values = (item.Get("values") as SequenceNode).Texts();
            _expressions.Add(new Expression(item.Text("key") ?? "", item.Text("operator") ?? "", values));
        }

        // With the number of values, the text of one expression cannot be taken for that of two.
        Conditions = string.Join(
            '\0',
            _expressions.SelectMany(static one => (string[])[one.Key, one.Operator, $"{one.Values.Count}", .. one.Values])
        );
    }

    /// <summary>The labels that it requires.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>A text that is equal for equal <c>matchExpressions</c>, and empty without them.</summary>
    public string Conditions { get; } = "";

    /// <summary>Whether labels meet the <c>matchExpressions</c>.</summary>
    /// <param name="labels">The labels of pods.</param>
    public bool MeetsExpressions(IReadOnlyDictionary<string, string> labels) => _expressions.TrueForAll(one => one.Holds(labels));

    private sealed record Expression(string Key, string Operator, IReadOnlyList<string> Values)
    {
        public bool Holds(IReadOnlyDictionary<string, string> labels)
        {
            var isSet = labels.TryGetValue(Key, out var value);
            return Operator switch
            {
                "In" => isSet && Values.Contains(value),
                "NotIn" => !isSet || !Values.Contains(value),
                "Exists" => isSet,
                "DoesNotExist" => !isSet,
                _ => false,
            };
        }
    }
}
