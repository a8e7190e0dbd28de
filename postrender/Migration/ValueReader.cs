using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Migration;

/// <summary>Reads values from YAML: aliases and merge keys are written out, of duplicate keys the last counts, as for Helm.</summary>
internal sealed class ValueReader
{
    /// <summary>Aliases of aliases can stand for more values than any memory holds; no values file has as many as this.</summary>
    private const int MaxValues = 1_000_000;

    private readonly string? _file;
    private readonly Action<MappingEntry> _onDuplicate;
    private int _count;

    private ValueReader(string? file, Action<MappingEntry> onDuplicate) => (_file, _onDuplicate) = (file, onDuplicate);

    /// <summary>The map that a file holds; an empty one where it holds nothing.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="onDuplicate">Called for each key that is set again in its map, with its place in the file.</param>
    /// <exception cref="InvalidInputException">It is not one YAML document with a map.</exception>
    public static ValueMap Read(ManifestStream stream, Action<string, Location>? onDuplicate = null)
    {
        var documents = Enumerable
            .Range(0, stream.Slices.Count)
            .Select(stream.Document)
            .Where(static document => document.Root is not null and not ScalarNode { IsNull: true })
            .ToList();
        return documents switch
        {
            [] => new ValueMap(),
            [{ Root: MappingNode root } document] => IsEncrypted(root)
                ? throw new InvalidInputException(
                    "the values are encrypted with SOPS, which ties each of them to its key, so they cannot move. Decrypt the file first "
                        + "(sops decrypt FILE), pass it as -, and encrypt what migrate writes",
                    stream.File,
                    document.Locate(root.Start)
                )
                : new ValueReader(stream.File, entry => onDuplicate?.Invoke(entry.Name!, document.Locate(entry.Key.Start))).Read(root),
            [var document] => throw new InvalidInputException(
                "the file is not a map, so it holds no values",
                stream.File,
                document.Locate(document.Root!.Start)
            ),
            [_, var second, ..] => throw new InvalidInputException(
                "the file has more than one YAML document, and Helm reads values from one",
                stream.File,
                second.Locate(second.Root!.Start)
            ),
        };
    }

    /// <summary>The map in a text that is itself a value, or null where the text is not a YAML map.</summary>
    public static Value? ReadText(string text)
    {
        try
        {
            var root = YamlReader.Read(text)?.Root;
            return root is null ? null : new ValueReader(file: null, static _ => { }).Read(root);
        }
        catch (YamlSyntaxException)
        {
            return null;
        }
    }

    private static bool IsEncrypted(MappingNode root) =>
        root.FindOwn("sops")?.Value is MappingNode about && about.FindOwn("mac") is not null;

    private Value Read(YamlNode node)
    {
        if (++_count > MaxValues)
        {
            throw new InvalidInputException("the file has more than a million values, written out", _file, location: null);
        }

        return node switch
        {
            AliasNode alias => Read(alias.Target),
            MappingNode mapping => Read(mapping),
            SequenceNode sequence => new ValueList([.. sequence.Items.Select(Read)]),
            ScalarNode { IsNull: true } => ValueScalar.Null,
            ScalarNode scalar => new ValueScalar(scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Tag is null),
            _ => throw new InvalidOperationException($"no way to read {node}"),
        };
    }

    private ValueMap Read(MappingNode mapping)
    {
        var map = new ValueMap();
        foreach (var entry in mapping.Entries)
        {
            if (entry.Name is not { } name)
            {
                throw new InvalidInputException("the file has a key that is not a text", _file, location: null);
            }

            if (name != "<<")
            {
                if (map[name] is not null)
                {
                    _onDuplicate(entry);
                }

                map[name] = Read(entry.Value);
            }
        }

        return mapping.FindOwn("<<") is { } merge ? ValueMap.Overlay(ReadMerged(merge.Value), map) : map;
    }

    /// <summary>Of several maps to merge, the first that has a key counts.</summary>
    private ValueMap ReadMerged(YamlNode node) =>
        Read(node) switch
        {
            ValueMap map => map,
            ValueList list => list
                .Items.OfType<ValueMap>()
                .Aggregate(new ValueMap(), static (first, next) => ValueMap.Overlay(next, first)),
            _ => new ValueMap(),
        };
}
