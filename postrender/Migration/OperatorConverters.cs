namespace Tempo.PostRender.Migration;

/// <summary>Fields of tempo-operator's resources that change their form.</summary>
internal static class OperatorConverters
{
    /// <summary>Limits of the operator, and where Tempo has them.</summary>
    private static readonly (string There, string Here)[] LimitNames =
    [
        ("ingestion.ingestionRateLimitBytes", "ingestion.rate_limit_bytes"),
        ("ingestion.ingestionBurstSizeBytes", "ingestion.burst_size_bytes"),
        ("ingestion.maxTracesPerUser", "ingestion.max_traces_per_user"),
        ("ingestion.maxBytesPerTrace", "global.max_bytes_per_trace"),
        ("query.maxBytesPerTagValues", "read.max_bytes_per_tag_values_query"),
        ("query.maxSearchDuration", "read.max_search_duration"),
    ];

    /// <summary>A switch for IPv6 becomes the family.</summary>
    public static void FamilySwitch(Conversion conversion)
    {
        if (conversion.Value is ValueScalar { Text: "true" })
        {
            conversion.Result.Values[conversion.Entry.Targets[0]] = new ValueScalar("IPv6", isPlain: true);
        }
    }

    /// <summary>An account that exists: the chart creates none.</summary>
    public static void ExistingAccount(Conversion conversion)
    {
        conversion.Put(conversion.Value);
        conversion.Result.Values.Put("serviceAccount.create", ValueScalar.False);
    }

    /// <summary>Memory and volumes are both Tempo's local backend.</summary>
    public static void Backend(Conversion conversion)
    {
        var isLocal = conversion.Value is ValueScalar { Text: "memory" or "pv" };
        conversion.Put(isLocal ? new ValueScalar("local", isPlain: true) : conversion.Value);
    }

    /// <summary>Limits of all tenants.</summary>
    public static void Limits(Conversion conversion)
    {
        if (conversion.Value is ValueMap limits)
        {
            conversion.Put(LimitsOf(limits));
        }
    }

    /// <summary>Limits of single tenants.</summary>
    public static void TenantLimits(Conversion conversion) => PutTenants(conversion, static tenant => LimitsOf(tenant));

    /// <summary>Retentions of single tenants.</summary>
    public static void TenantRetention(Conversion conversion) =>
        PutTenants(
            conversion,
            static tenant =>
                tenant["traces"] is { IsEmpty: false } retention
                    ? ValueMap.Of("compaction", ValueMap.Of("block_retention", retention))
                    : new ValueMap()
        );

    /// <summary>Tenants' names may have dots, so the map is put as a whole.</summary>
    private static void PutTenants(Conversion conversion, Func<ValueMap, ValueMap> limitsOf)
    {
        var tenants = new ValueMap();
        foreach (var (name, value) in conversion.Map.Entries)
        {
            if (value is ValueMap tenant && limitsOf(tenant) is { IsEmpty: false } limits)
            {
                tenants[name] = limits;
            }
        }

        if (!tenants.IsEmpty)
        {
            conversion.Put(tenants);
        }
    }

    private static ValueMap LimitsOf(ValueMap limits)
    {
        var map = new ValueMap();
        foreach (var (there, here) in LimitNames)
        {
            if (limits.At(there) is ValueScalar { IsEmpty: false } value)
            {
                map.Put(here, value);
            }
        }

        return map;
    }
}
