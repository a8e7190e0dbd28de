using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Generated;

/// <summary>chart/values.yaml follows the conventions in its header.</summary>
public partial class ValuesFileTests
{
    [Fact]
    public void Every_key_has_exactly_one_sentence_and_it_ends_with_a_period()
    {
        var values = ValuesFile.Chart;

        Assert.All(values.Written, static key => Assert.Matches(OneSentence(), key.Sentence ?? $"(none: {key})"));
        var sentences = File.ReadLines(Repository.Path(ValuesFile.Location)).Count(static line => line.TrimStart().StartsWith("# -- "));
        Assert.Equal(sentences, values.Written.Count(static key => key.OwnSentence is not null));
    }

    [Theory]
    [InlineData("a: 1\n# -- Of nothing.\n\nb: 2\n")]
    [InlineData("# -- One.\n# -- Two.\na: 1\n")]
    public void A_sentence_that_belongs_to_no_key_or_is_the_second_one_is_not_taken_for_one(string text)
    {
        var sentences = text.Split('\n').Count(static line => line.StartsWith("# -- "));

        Assert.NotEqual(sentences, Sentences(text));
    }

    [Theory]
    [InlineData("# -- One.\n# @shema {}\na: 1\n")]
    [InlineData("# -- One.\n# @extends b\na: {}\n")]
    [InlineData("# -- One.\n# @schema {\na: 1\n")]
    [InlineData("# No dashes.\na: 1\n")]
    [InlineData("# -- One.\na:\n  b: 1\n")]
    public void A_comment_that_the_generator_does_not_understand_or_misses_stops_it(string text) =>
        Assert.ThrowsAny<Exception>(() => ValuesFile.Parse(text));

    [Fact]
    public void The_schema_has_the_keys_of_the_values_and_those_that_the_templates_refuse_and_no_others()
    {
        var schema = JsonNode.Parse(ValuesSchema.Text(ValuesFile.Chart))!.AsObject();
        var values = Paths(ValuesFile.Chart.Keys, "").Concat(ValuesSchema.Refused).ToList();
        var known = Paths(schema, schema, "").ToList();

        Assert.Empty(values.Except(known).Select(static key => $"{key} is only in values.yaml"));
        Assert.Empty(known.Except(values).Select(static key => $"{key} is only in the schema"));
    }

    [Fact]
    public void Every_key_of_the_schema_has_a_title_and_a_description()
    {
        var schema = JsonNode.Parse(ValuesSchema.Text(ValuesFile.Chart))!.AsObject();

        Assert.All(
            Blocks(schema)
                .SelectMany(static block => block)
                .Select(static entry => entry.Value!.AsObject())
                .Where(static key => !key.ContainsKey("$ref")),
            static key => Assert.True(key["title"] is JsonValue && key["description"] is JsonValue, key.ToJsonString())
        );
    }

    private static int Sentences(string text)
    {
        try
        {
            return ValuesFile.Parse(text).Written.Count(static key => key.OwnSentence is not null);
        }
        catch (FormatException)
        {
            return -1;
        }
    }

    private static IEnumerable<string> Paths(IEnumerable<ValuesKey> keys, string prefix) =>
        keys.SelectMany(key => Paths(key.Keys, $"{prefix}{key.Name}.").Prepend(prefix + key.Name));

    /// <summary>The paths that a schema has, including those of its references.</summary>
    private static IEnumerable<string> Paths(JsonObject root, JsonObject schema, string prefix) =>
        (schema["properties"] as JsonObject ?? []).SelectMany(entry =>
            Paths(root, Resolve(root, entry.Value!.AsObject()), $"{prefix}{entry.Key}.").Prepend(prefix + entry.Key)
        );

    private static JsonObject Resolve(JsonObject root, JsonObject schema) =>
        schema["$ref"] is { } reference
            ? Resolve(
                root,
                reference.GetValue<string>()[2..].Split('/').Aggregate((JsonNode)root, static (node, name) => node[name]!).AsObject()
            )
            : schema;

    /// <summary>All that lists keys in a schema: `definitions`, and `properties` at any depth.</summary>
    private static IEnumerable<JsonObject> Blocks(JsonObject schema)
    {
        foreach (var name in (string[])["properties", "definitions"])
        {
            if (schema[name] is JsonObject block)
            {
                yield return block;
                foreach (var below in block.SelectMany(static entry => Blocks(entry.Value!.AsObject())))
                {
                    yield return below;
                }
            }
        }
    }

    /// <summary>No full stop except at the end of the text; "host:port.example" and "1.31" are words.</summary>
    [GeneratedRegex(@"^(?!.*[.!?] )\S.*[^.]\.$")]
    private static partial Regex OneSentence();
}
