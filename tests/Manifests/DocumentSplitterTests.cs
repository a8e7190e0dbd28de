using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Manifests;

namespace Tempo.Helm.Tests.Manifests;

public class DocumentSplitterTests
{
    [Theory]
    [InlineData("kind: A\n", 1)]
    [InlineData("---\nkind: A\n---\nkind: B\n", 2)]
    [InlineData("kind: A\n---\nkind: B", 2)]
    [InlineData("---\n---\n\n---\n# nothing\n---\nkind: A\n", 1)]
    [InlineData("kind: A\r\n---\r\nkind: B\r\n", 2)]
    [InlineData("--- # first\nkind: A\n---\t\nkind: B\n", 2)]
    [InlineData("%YAML 1.1\n---\nkind: A\n---\nkind: B\n", 2)]
    [InlineData("# c\n%YAML 1.1\n%TAG ! x\n---\nkind: A\n", 1)]
    [InlineData("", 0)]
    public void Marker_lines_separate_documents(string text, int count) => Assert.Equal(count, Yaml.Stream(text).DocumentCount);

    [Theory]
    [InlineData("a: |\n  ---\n  x\nkind: A\n")]
    [InlineData("a: ---x\nkind: A\n")]
    [InlineData("---x: 1\nkind: A\n")]
    public void Dashes_that_are_no_marker_cut_nothing(string text) => Assert.Single(Yaml.Stream(text).Slices);

    [Theory]
    [InlineData("apiVersion: v1\nkind: Service\n")]
    [InlineData("apiVersion: v1\nkind:   Service  # the kind\n")]
    [InlineData("apiVersion: v1\n\"kind\": \"Service\"\n")]
    [InlineData("'kind' : 'Service'\n")]
    [InlineData("# Source: a/b.yaml\n\nkind: Service\r\n")]
    public void The_kind_is_read_without_parsing(string text)
    {
        var stream = Yaml.Stream(text);
        var slice = Assert.Single(stream.Slices);

        Assert.Equal(TopLevelForm.Plain, slice.TopLevel);
        Assert.Equal("Service", System.Text.Encoding.UTF8.GetString(stream.Bytes.Span.Slice(slice.KindStart, slice.KindLength)));
    }

    [Theory]
    [InlineData("{kind: Service}\n")]
    [InlineData("--- {kind: Service}\n")]
    [InlineData("  apiVersion: v1\n  kind: Service\n")]
    [InlineData("? kind\n: Service\n")]
    [InlineData("&a kind: Service\n")]
    [InlineData("!!str kind: Service\n")]
    [InlineData("%YAML 1.2\n")]
    [InlineData("\"k\\u0069nd\": Service\n")]
    [InlineData("kind: Service\nkind: ConfigMap\n")]
    [InlineData("kind: &k Service\n")]
    [InlineData("kind:\n  Service\n")]
    [InlineData("foo: bar\n")]
    [InlineData("just text\n")]
    public void Whatever_could_hide_a_kind_is_left_to_the_parser(string text) =>
        Assert.Equal(TopLevelForm.Other, Yaml.Stream(text).Slices[0].TopLevel);

    [Fact]
    public void Text_that_is_not_UTF8_is_refused_with_its_line()
    {
        var exception = Assert.Throws<InvalidInputException>(() =>
            ManifestStream.Open(new byte[] { (byte)'a', (byte)'\n', 0xff, (byte)'\n' })
        );

        Assert.Equal(2, exception.Location!.Value.Line);
    }

    [Theory]
    [InlineData("utf-16LE", "UTF-16")]
    [InlineData("utf-16BE", "UTF-16")]
    [InlineData("utf-32LE", "UTF-32")]
    [InlineData("utf-32BE", "UTF-32")]
    public void Text_in_another_encoding_is_refused_with_its_name(string encoding, string name)
    {
        var text = System.Text.Encoding.GetEncoding(encoding);
        byte[] bytes = [.. text.GetPreamble(), .. text.GetBytes("kind: Service\n")];

        var exception = Assert.Throws<InvalidInputException>(() => ManifestStream.Open(bytes));

        Assert.Contains($"is {name} text", exception.Message);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_key()
    {
        var stream = ManifestStream.Open(
            new byte[] { 0xEF, 0xBB, 0xBF }
                .Concat("kind: Service\n"u8.ToArray())
                .ToArray()
        );

        Assert.Equal(TopLevelForm.Plain, stream.Slices[0].TopLevel);
        Assert.Equal("Service", ((ScalarNode)stream.Document(0).Find(NodePath.Of("kind"))!).Value);
    }
}
