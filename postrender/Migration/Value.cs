namespace Tempo.PostRender.Migration;

/// <summary>A value of a values file, without the place in a text that the nodes of Manifests have.</summary>
internal abstract class Value
{
    /// <summary>What it is, for messages: a single value, a list or a map.</summary>
    public abstract string Form { get; }

    /// <summary>Whether it sets nothing: null, an empty text, list or map.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>Whether another value says the same, however it is quoted.</summary>
    public abstract bool Is(Value? other);

    /// <summary>A copy that can be changed.</summary>
    public abstract Value Copy();
}

/// <summary>A text, a number, a boolean or null.</summary>
/// <param name="text">The text without quotes.</param>
/// <param name="isPlain">Whether it stands without quotes, so that it may be a number, a boolean or null.</param>
internal sealed class ValueScalar(string text, bool isPlain) : Value
{
    public static ValueScalar Null { get; } = new("null", isPlain: true);

    public static ValueScalar True { get; } = new("true", isPlain: true);

    public static ValueScalar False { get; } = new("false", isPlain: true);

    public string Text { get; } = text;

    public bool IsPlain { get; } = isPlain;

    public bool IsNull => IsPlain && Text == Null.Text;

    public override string Form => "a single value";

    public override bool IsEmpty => Text.Length == 0 || IsNull;

    public override bool Is(Value? other) => other is ValueScalar scalar && scalar.Text == Text;

    public override Value Copy() => this;
}

/// <summary>A list.</summary>
/// <param name="items">The items in order.</param>
internal sealed class ValueList(IReadOnlyList<Value> items) : Value
{
    public IReadOnlyList<Value> Items { get; } = items;

    public override string Form => "a list";

    public override bool IsEmpty => Items.Count == 0;

    public override bool Is(Value? other) =>
        other is ValueList list && Items.Count == list.Items.Count && Items.Zip(list.Items).All(static pair => pair.First.Is(pair.Second));

    public override Value Copy() => new ValueList([.. Items.Select(static item => item.Copy())]);
}
