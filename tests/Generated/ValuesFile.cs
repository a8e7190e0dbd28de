using System.Text.Json.Nodes;
using Tempo.Helm.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Generated;

/// <summary>
/// chart/values.yaml as its first lines describe it: every key with its sentence, its schema and the block that it extends.
/// </summary>
internal sealed class ValuesFile
{
    public const string Location = "chart/values.yaml";

    private readonly string[] _lines;

    private ValuesFile(string text)
    {
        _lines = text.Split('\n');
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        Keys = ReadKeys((YamlMappingNode)stream.Documents[0].RootNode, prefix: "");
        foreach (var key in Keys)
        {
            Take(key, BaseOf(key));
        }

        if (Written.FirstOrDefault(static key => key.Sentence is null) is { } silent)
        {
            throw new FormatException(
                $"{Location}, {silent}: the key has no sentence; write one above it that begins with \"# -- \", or above the block of a "
                    + "component \"# @extends defaults\", whose keys have theirs"
            );
        }
    }

    /// <summary>The chart's own.</summary>
    public static ValuesFile Chart { get; } = Parse(File.ReadAllText(Repository.Path(Location)));

    /// <summary>The keys at the top of the file, in its order.</summary>
    public IReadOnlyList<ValuesKey> Keys { get; }

    /// <summary>The blocks that others extend.</summary>
    public IEnumerable<ValuesKey> BaseBlocks => Keys.Where(key => Keys.Any(other => other.Base == key));

    /// <summary>Every key of the file, in its order, without those below a free block.</summary>
    public IEnumerable<ValuesKey> Written => Keys.SelectMany(static key => key.Written);

    public static ValuesFile Parse(string text) => new(text);

    /// <summary>The key at a dotted path, also if only the block that its block extends has it; null if there is none.</summary>
    public ValuesKey? Find(string path)
    {
        var level = Keys.AsEnumerable();
        ValuesKey? found = null;
        foreach (var name in path.Split('.'))
        {
            found = level.FirstOrDefault(key => key.Name == name);
            if (found is null)
            {
                return null;
            }

            level = found.Keys;
        }

        return found;
    }

    /// <summary>Whether the chart takes a value at a dotted path: a key of its own, or any key below an open map.</summary>
    public bool Takes(string path) =>
        Find(path) is not null
        || (
            Parents(path).Select(Find).FirstOrDefault(static key => key is not null) is { } above
            && ValuesSchema.Types(above).Contains("object")
            && ValuesSchema.IsOpen(above)
        );

    /// <summary>The paths above a path, the nearest first: a.b and a for a.b.c.</summary>
    public static IEnumerable<string> Parents(string path)
    {
        for (var dot = path.LastIndexOf('.'); dot > 0; dot = path.LastIndexOf('.', dot - 1))
        {
            yield return path[..dot];
        }
    }

    private ValuesKey? BaseOf(ValuesKey key) =>
        key.ExtendsName is not { } name
            ? null
            : Keys.TakeWhile(above => above != key).FirstOrDefault(above => above.Name == name)
                ?? throw new FormatException($"{Location}, {key}: @extends {name} names no block above it");

    private static void Take(ValuesKey key, ValuesKey? baseKey)
    {
        key.Base = baseKey;
        if (key.ExtendsName is not null)
        {
            foreach (var below in baseKey!.OwnKeys.SelectMany(static below => below.Written))
            {
                below.IsInBaseBlock = true;
            }
        }

        foreach (var own in key.OwnKeys)
        {
            Take(own, baseKey?.Keys.FirstOrDefault(below => below.Name == own.Name));
        }
    }

    private IReadOnlyList<ValuesKey> ReadKeys(YamlMappingNode mapping, string prefix) =>
        [.. mapping.Children.Select(child => Read((YamlScalarNode)child.Key, child.Value, prefix))];

    private ValuesKey Read(YamlScalarNode name, YamlNode value, string prefix)
    {
        var path = prefix + name.Value;
        var line = (int)name.Start.Line;
        string? sentence = null;
        string? extends = null;
        string? type = null;
        var overlay = new JsonObject();
        var isFree = false;
        foreach (var comment in CommentsAbove(line))
        {
            switch (comment.Split(' ', 2))
            {
                case ["--", var text] when sentence is null:
                    sentence = text;
                    break;
                case ["@schema", var json]:
                    overlay = JsonNode.Parse(json)!.AsObject();
                    break;
                case ["@free"]:
                    isFree = true;
                    break;
                case ["@type", var name2]:
                    type = name2;
                    break;
                case ["@extends", var block]:
                    extends = block;
                    break;
                case [['@' or '-', ..], ..]:
                case var _ when sentence is null:
                    throw new FormatException($"{Location}, {path} (line {line}): nothing is known of the comment \"# {comment}\" here");
                default:
                    sentence += $" {comment}";
                    break;
            }
        }

        return new ValuesKey(path, line, value)
        {
            OwnSentence = sentence,
            Overlay = overlay,
            OwnType = type,
            IsFree = isFree,
            ExtendsName = extends,
            OwnKeys = !isFree && value is YamlMappingNode block2 ? ReadKeys(block2, $"{path}.") : [],
        };
    }

    /// <summary>The comment lines directly above a line, from the top down, without their <c># </c>.</summary>
    private IEnumerable<string> CommentsAbove(int line)
    {
        var indent = _lines[line - 1].Length - _lines[line - 1].TrimStart().Length;
        var start = $"{new string(' ', indent)}# ";
        return _lines.Take(line - 1).Reverse().TakeWhile(above => above.StartsWith(start)).Reverse().Select(above => above[start.Length..]);
    }
}
