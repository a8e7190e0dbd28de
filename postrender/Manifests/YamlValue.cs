using Tempo.PostRender.Words;

namespace Tempo.PostRender.Manifests;

/// <summary>A value that an <see cref="Edit"/> writes. Values are compared by content.</summary>
public abstract record YamlValue
{
    private YamlValue() { }

    /// <summary>A string; written so that every reader parses it as a string (<c>"true"</c>, <c>"::"</c>).</summary>
    public sealed record Text(string Value) : YamlValue
    {
        /// <inheritdoc/>
        public override string ToString() => Printable.OneLine(ScalarText.Write(this));
    }

    /// <summary>A boolean.</summary>
    /// <param name="Value">The boolean.</param>
    public sealed record Boolean(bool Value) : YamlValue
    {
        /// <inheritdoc/>
        public override string ToString() => Value ? "true" : "false";
    }

    /// <summary>A whole number.</summary>
    /// <param name="Value">The number.</param>
    public sealed record Integer(long Value) : YamlValue
    {
        /// <inheritdoc/>
        public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A mapping of one entry.</summary>
    public sealed record Entry(string Key, YamlValue Value) : YamlValue
    {
        /// <inheritdoc/>
        public override string ToString() => $"{{{Key}: {Value}}}";
    }

    /// <summary>A list.</summary>
    /// <param name="Items">The items in order.</param>
    public sealed record List(IReadOnlyList<YamlValue> Items) : YamlValue
    {
        /// <inheritdoc/>
        public bool Equals(List? other) => other is not null && Items.SequenceEqual(other.Items);

        /// <inheritdoc/>
        public override int GetHashCode() => Items.Count;

        /// <inheritdoc/>
        public override string ToString() => $"[{string.Join(", ", Items)}]";
    }

    /// <summary>Whether a scalar already has this value, in any style.</summary>
    internal bool Is(ScalarNode scalar) =>
        !scalar.IsNull
        && scalar.Tag is null
        && this switch
        {
            Text text => scalar.Value == text.Value,
            Boolean or Integer => scalar.Style == ScalarStyle.Plain && scalar.Value == ToString(),
            _ => false,
        };

    /// <summary>A list of strings.</summary>
    /// <param name="items">The items in order.</param>
    public static YamlValue ListOf(params IEnumerable<string> items) => new List([.. items.Select(static item => new Text(item))]);

    /// <summary>Converts a string.</summary>
    public static implicit operator YamlValue(string value) => new Text(value);

    /// <summary>Converts a boolean.</summary>
    /// <param name="value">The boolean.</param>
    public static implicit operator YamlValue(bool value) => new Boolean(value);

    /// <summary>Converts a number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator YamlValue(long value) => new Integer(value);
}
