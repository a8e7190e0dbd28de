namespace Tempo.PostRender.Migration;

/// <summary>Makes values of this chart from values of another one.</summary>
internal sealed class Migrator
{
    private readonly MigrationTable _table;
    private readonly ValueMap _given;
    private readonly ValueMap _old;
    private readonly MigrationResult _result = new();

    private Migrator(MigrationTable table, ValueMap given)
    {
        (_table, _given) = (table, given);
        _old = ValueMap.OverDefaults(table.Defaults, given);
    }

    /// <summary>Migrates values.</summary>
    /// <param name="table">The table of the chart or resource that they are for.</param>
    /// <param name="given">The values that the user has, without the old chart's defaults or with them.</param>
    /// <param name="isDependency">Whether they are those of a dependency of a parent chart.</param>
    public static MigrationResult Run(MigrationTable table, ValueMap given, bool isDependency = false)
    {
        var migrator = new Migrator(table, given);
        migrator.Run(isDependency ? table.Last.Entries.Concat(table.Aliased.Entries) : table.Last.Entries);
        return migrator._result;
    }

    private void Run(IEnumerable<KeyValuePair<string, Value>> last)
    {
        var hasWholeConfig = ConfigValue.Join(_old, _result);
        EarlierOverrides.Rename(_old, _given, _result);
        foreach (var (path, value) in _table.Settings.Entries)
        {
            _result.Values.Put(path, value);
        }

        foreach (var entry in _table.AllEntries)
        {
            if (_old.At(entry.Path) is { } value && entry.HasEffect(_old) && !(hasWholeConfig && ConfigValue.IsFor(entry)))
            {
                Move(entry, Own(value, entry.Path));
            }
        }

        ValueFaults.SayUnknown(_given, _table, _result);
        foreach (var (path, value) in last)
        {
            _result.Values.Put(path, value);
        }

        if (!HasReceivers)
        {
            _result.Values.Remove("traces.otlp.grpc.enabled");
            _result.Values.Remove("traces.otlp.http.enabled");
        }

        FlatLimits.Translate(_result);
        Tempo2Settings.Remove(_result);
        Credentials.Protect(_result);
        foreach (var (path, says) in _table.Required.Entries)
        {
            if ((_result.Values.At(path) ?? _result.Values.At($"config.{path}")) is null or { IsEmpty: true })
            {
                _result.Say(MigrationLevel.Error, path, ((ValueScalar)says).Text);
            }
        }

        foreach (var (path, comment) in _table.Comments.Entries)
        {
            _result.Comments[path] = ((ValueScalar)comment).Text;
        }
    }

    /// <summary>
    /// Whether the values enable a receiver. Without any, Tempo would start some of its own on the loopback of the pod, where no sender
    /// reaches them; then those that this chart enables by default stay.
    /// </summary>
    private bool HasReceivers => _result.Values.At("config.distributor.receivers") is not null || IsAnyEnabled(_result.Values.At("traces"));

    private static bool IsAnyEnabled(Value? value) =>
        value is ValueMap map && (map.IsTrue("enabled") || map.Entries.Values.Any(IsAnyEnabled));

    /// <summary>What of a value its row is for: a map without the keys that have rows of their own.</summary>
    private Value Own(Value value, string path)
    {
        if (value is not ValueMap map)
        {
            return value;
        }

        var own = new ValueMap();
        foreach (var (key, below) in map.Entries)
        {
            var at = $"{path}.{key}";
            var rest = _table.Find(at) is null ? Own(below, at) : null;
            own[key] = rest is ValueMap { IsEmpty: true } && below is { IsEmpty: false } ? null : rest;
        }

        return own;
    }

    private void Move(MigrationEntry entry, Value value)
    {
        var row = entry.Row;
        var standard = _table.Defaults.At(entry.Path);
        if (row.Cases.Count > 0 && value is ValueScalar { Text: var text } && row.Cases.TryGetValue(text, out var special))
        {
            Apply(special, entry);
        }

        var rest = row.KeepsDefault ? value : Changed(value, standard, row.ByLeaf || row.Gone is not null);
        if (rest is not null && row.Converter is null)
        {
            // A converter takes several forms.
            rest = ValueFaults.WithoutMisfits(rest, standard, entry.Path, _table, _result);
        }

        if (rest is null || (rest.IsEmpty && !row.KeepsEmpty))
        {
            return;
        }

        if (entry.Targets.Count == 0)
        {
            if (row.Gone is not null)
            {
                var instead = row.Instead is null ? "" : $". {char.ToUpperInvariant(row.Instead[0])}{row.Instead[1..]}";
                Say(row.Level, entry, $"has no counterpart in this chart: {row.Gone}{instead}");
            }

            return;
        }

        var conversion = new Conversion
        {
            Value = Convert(rest, entry),
            Entry = entry,
            Old = _old,
            Result = _result,
        };
        (row.Converter is null ? static only => only.Put(only.Value) : Converters.All[row.Converter])(conversion);
    }

    private void Apply(MigrationCase special, MigrationEntry entry)
    {
        foreach (var (path, value) in special.Write.Entries)
        {
            _result.Values.Put(entry.Fill(path), value);
        }

        if (special.Says is not null)
        {
            Say(special.Level, entry, special.Says);
        }
    }

    /// <summary>What of a value differs from the default, or null where nothing does.</summary>
    private static Value? Changed(Value value, Value? standard, bool byLeaf)
    {
        if (value.Is(standard) || value is ValueScalar { Text: var text } && DefaultTextHashes.Contains(text))
        {
            return null;
        }

        if (!byLeaf || value is not ValueMap map)
        {
            return value;
        }

        var changed = new ValueMap();
        foreach (var (key, below) in map.Entries)
        {
            changed[key] = below.IsEmpty ? null : Changed(below, (standard as ValueMap)?[key], byLeaf);
        }

        return changed.IsEmpty ? null : changed;
    }

    /// <summary>The value with this chart's helpers in its templates.</summary>
    private Value Convert(Value value, MigrationEntry entry)
    {
        switch (value)
        {
            case ValueMap map:
                var copy = new ValueMap();
                foreach (var (key, below) in map.Entries)
                {
                    copy[key] = Convert(below, entry);
                }

                return copy;
            case ValueList list:
                return new ValueList([.. list.Items.Select(item => Convert(item, entry))]);
            case ValueScalar { IsPlain: false } scalar when Templates.IsIn(scalar.Text):
                var converted = Templates.Convert(scalar.Text);
                if (Templates.Unknown(converted, Moves) is { } unknown)
                {
                    Say(
                        MigrationLevel.Error,
                        entry,
                        $"has a template with {unknown}, which is not the same in this chart. Rewrite the template"
                    );
                }

                return new ValueScalar(converted, isPlain: false);
            default:
                return value;
        }
    }

    /// <summary>Whether an old path is another one here.</summary>
    private bool Moves(string path)
    {
        for (var at = path; ; at = at[..at.LastIndexOf('.')])
        {
            if (_table.Find(at) is { } entry)
            {
                return !entry.Targets.Contains(at);
            }

            if (!at.Contains('.', StringComparison.Ordinal))
            {
                return true;
            }
        }
    }

    private void Say(MigrationLevel level, MigrationEntry entry, string text) =>
        _result.Say(level, ConfigValue.NameOf(entry.Path, _given), text);
}
