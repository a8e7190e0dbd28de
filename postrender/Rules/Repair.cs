namespace Tempo.PostRender.Rules;

/// <summary>What the edits of a finding do, in the two forms that reports need.</summary>
/// <param name="Order">What to do, in the imperative: <c>Set it to X</c>.</param>
/// <param name="Done">What was done: <c>Set to X</c>.</param>
internal sealed record Repair(string Order, string Done)
{
    /// <summary>A value is removed.</summary>
    public static readonly Repair Remove = new("Remove it", "Removed");

    /// <summary>A value is set.</summary>
    /// <param name="value">The new value, as reports show it.</param>
    public static Repair SetTo(object value) => new($"Set it to {value}", $"Set to {value}");

    /// <summary>Something is added beside what is there.</summary>
    /// <param name="added">What is added, as reports show it.</param>
    public static Repair Add(string added) => new($"Add {added}", $"Added {added}");
}
