namespace Tempo.PostRender.Migration;

/// <summary>
/// Limits by the names of earlier versions of the charts (tempo-distributed before 1.33, tempo before 1.19): <c>global_overrides</c> for
/// all tenants, and <c>overrides</c> for single ones.
/// </summary>
internal static class EarlierOverrides
{
    private const string All = "global_overrides";
    private const string Section = "overrides";
    private const string Tenants = "per_tenant_overrides";

    /// <summary>Gives the values their later names.</summary>
    /// <param name="old">The old values over the defaults.</param>
    /// <param name="given">The values that the user has.</param>
    /// <param name="result">What is said about it.</param>
    public static void Rename(ValueMap old, ValueMap given, MigrationResult result)
    {
        foreach (var above in new[] { "", "tempo." })
        {
            if (given.At(above + All) is not ValueMap { IsEmpty: false } limits)
            {
                continue;
            }

            old.Remove(above + All);
            if (HasLaterNames(given, above))
            {
                result.Say(
                    MigrationLevel.Note,
                    above + All,
                    $"has no effect, because {above}{Section} has the limits of all tenants; it was left out"
                );
                continue;
            }

            old.Remove(above + Section);
            old.Put(above + Section, limits);
            if (TenantsIn(given.At(above + Section)) is { IsEmpty: false } tenants)
            {
                old.Put(above + Tenants, tenants);
            }

            result.Say(
                MigrationLevel.Note,
                above + All,
                $"has the limits of all tenants, as in early versions of the chart, so {above}{Section} was read as those of single tenants"
            );
        }
    }

    private static bool HasLaterNames(ValueMap given, string above) =>
        given.At(above + Tenants) is { IsEmpty: false }
        || given.At($"{above}{Section}.defaults") is ValueMap
        || given.At($"{above}{Section}.per_tenant_override_config") is not null;

    /// <summary>Tenants as a map, or as the text of the whole file.</summary>
    private static ValueMap? TenantsIn(Value? value) =>
        value is ValueScalar { IsEmpty: false } text
            ? (ValueReader.ReadText(text.Text) as ValueMap)?[Section] as ValueMap
            : value as ValueMap;
}
