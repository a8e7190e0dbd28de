using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tempo.PostRender.Manifests;

namespace Tempo.Helm.Tests.Manifests;

/// <summary>Objects of an API server become the same nodes as manifests, with the values that the server sent.</summary>
public class LiveDocumentTests
{
    [Theory]
    [InlineData("""{"a":"x"}""", "x")]
    [InlineData("""{ "a" : "x" , "b":[1,{"c":null}]}""", "x")]
    [InlineData("""{"ä€😀":"é","a":"ü😀"}""", "ü😀")]
    [InlineData("""{"a":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"}""", "\"\\/\b\f\n\r\té😀")]
    [InlineData("{\"\\u0061\":\"x\"}", "x")]
    // Characters that are line breaks in YAML, beside an escape and alone.
    [InlineData("{\"a\":\"x \u0085 y\\n\u2028 z\"}", "x \u0085 y\n\u2028 z")]
    [InlineData("{\"a\":\"x \u0085 y\"}", "x \u0085 y")]
    // Strings that would have another type in YAML without quotes.
    [InlineData("""{"a":"true"}""", "true")]
    [InlineData("""{"a":"- b: ${c} # d"}""", "- b: ${c} # d")]
    [InlineData("""{"a":"","b":{}}""", "")]
    public void A_string_has_the_value_that_JSON_gives_it(string json, string expected)
    {
        var value = Assert.IsType<ScalarNode>(Assert.IsType<MappingNode>(Open(json).Root).Find("a"));

        Assert.Equal(expected, value.Value);
        Assert.Equal(ScalarStyle.DoubleQuoted, value.Style);
        Assert.False(value.IsNull);
        Assert.Equal(JsonNode.Parse(json)!["a"]!.GetValue<string>(), value.Value);
    }

    [Theory]
    [InlineData("null", "null", true)]
    [InlineData("true", "true", false)]
    [InlineData("-1.5e3", "-1.5e3", false)]
    public void A_value_that_is_not_a_string_becomes_a_plain_scalar(string json, string expected, bool isNull)
    {
        var value = Assert.IsType<ScalarNode>(Assert.IsType<MappingNode>(Open($$"""{"a":{{json}} }""").Root).Find("a"));

        Assert.Equal((ScalarStyle.Plain, expected, isNull), (value.Style, value.Value, value.IsNull));
    }

    [Fact]
    public void Lists_and_mappings_nest()
    {
        var document = Open("""{"a":[[],{"b":["x",{"c":"y"}]},"z"],"d":"e"}""");

        Assert.Equal("y", (document.Find(NodePath.Root.Key("a").Item(1).Key("b").Item(1).Key("c")) as ScalarNode)?.Value);
        Assert.Equal("z", (document.Find(NodePath.Root.Key("a").Item(2)) as ScalarNode)?.Value);
        Assert.Equal("e", (document.Find(NodePath.Of("d")) as ScalarNode)?.Value);
        Assert.Equal(default, document.Locate(document.IndexOf(NodePath.Of("d"))));
    }

    [Theory]
    [InlineData("""{"a":"\ud83d"}""")]
    [InlineData("""{"a":"\udc00x"}""")]
    [InlineData("""{"a":}""")]
    [InlineData("")]
    public void Text_that_is_not_JSON_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => Open(json));

    private static LiveDocument Open(string json) => LiveDocument.OfJson(Encoding.UTF8.GetBytes(json));
}
