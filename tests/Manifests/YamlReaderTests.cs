using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Manifests;

namespace Tempo.Helm.Tests.Manifests;

/// <summary>YAML that Go's parsers (Helm, kubectl, Tempo) accept must be read, also where YamlDotNet refuses it.</summary>
public class YamlReaderTests
{
    [Theory]
    // A block scalar that starts with a line of blanks: in every tempo-distributed release.
    [InlineData("a: |\n  \n  x\n", "\nx\n")]
    [InlineData("a: |\r\n  \r\n  x\r\n", "\nx\n")]
    [InlineData("a: |-\n  \nb: 1\n", "")]
    [InlineData("a: |2\n      \n  x\n", "    \nx\n")]
    [InlineData("a: | # why\n   \n   x\n", "\nx\n")]
    [InlineData("a: |+\n  \n  x\n\n", "\nx\n\n")]
    // Double-quoted text over several lines, no deeper than its parent.
    [InlineData("a: \"x\ny\"\n", "x y")]
    [InlineData("a: \"x\n\"\nb: 1\n", "x ")]
    // Comments glued to what they follow.
    [InlineData("a: \"x\"#c\n", "x")]
    [InlineData("a: |#c\n  x\n", "x\n")]
    // An escape that YAML does not have and Go reads.
    [InlineData("a: \"it\\'s\"\n", "it's")]
    public void Scalars_have_the_value_that_Go_reads(string text, string value) => Assert.Equal(value, Yaml.Value(text, "a"));

    [Theory]
    [InlineData("a: [\nx,\ny\n]\n", 2)]
    [InlineData("a: [x]#c\n", 1)]
    [InlineData("a: [x,#c\n y]\n", 2)]
    public void Flow_lists_may_stand_as_far_left_as_their_key(string text, int count) =>
        Assert.Equal(count, ((SequenceNode)Yaml.Document(text).Find(NodePath.Of("a"))!).Items.Count);

    [Fact]
    public void Flow_mappings_may_stand_as_far_left_as_their_key() =>
        Assert.Equal("1", Yaml.Value("a:\n  b: {\n  x: 1\n  }\n", "a", "b", "x"));

    [Fact]
    public void An_anchored_word_in_a_flow_mapping_keeps_its_anchor() =>
        Assert.Equal("1", Yaml.Value("a: {b: &x 1, c: *x}\n", "a", "c"));

    [Fact]
    public void A_folded_scalar_of_blank_lines_is_empty() => Assert.Equal("1", Yaml.Value("a:\n  b: >-\n    \n  c: 1\n", "a", "c"));

    [Fact]
    public void Of_duplicate_keys_the_last_counts() => Assert.Equal("2", Yaml.Value("a: 1\na: 2\n", "a"));

    [Theory]
    [InlineData("base: &b {x: 1, y: 2}\na:\n  <<: *b\n  y: 3\n", "1", "3")]
    [InlineData("one: &o {x: 1}\ntwo: &t {x: 9, y: 3}\na:\n  <<: [*o, *t]\n", "1", "3")]
    public void Merge_keys_are_looked_through(string text, string x, string y)
    {
        Assert.Equal(x, Yaml.Value(text, "a", "x"));
        Assert.Equal(y, Yaml.Value(text, "a", "y"));
    }

    [Fact]
    public void Keys_may_be_longer_than_the_parsers_own_limit()
    {
        var key = string.Concat(Enumerable.Repeat("😀", 600));

        Assert.Equal("1", Yaml.Value($"{key}: 1\n", key));
    }

    [Theory]
    [InlineData("a: [1\n")]
    [InlineData("a: b: c\n")]
    [InlineData("a: \"x\n")]
    [InlineData("a:\n\t- b\n")]
    [InlineData("a: 'x' y\n")]
    public void What_is_not_YAML_is_refused_with_a_place(string text)
    {
        var exception = Assert.Throws<InvalidInputException>(() => Yaml.Document("---\n" + text).Root);

        Assert.NotNull(exception.Location);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Depth_is_bounded(char bracket)
    {
        var exception = Assert.Throws<InvalidInputException>(() => Yaml.Document("a: " + new string(bracket, 100_000)).Root);

        Assert.Contains("nested more than 1000 levels deep", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_of_block_lists_is_bounded() =>
        Assert.Throws<InvalidInputException>(() => Yaml.Document("a:\n " + string.Concat(Enumerable.Repeat("- ", 100_000)) + "x\n").Root);

    [Fact]
    public void Aliases_are_never_multiplied_out()
    {
        var bomb = "a: &a [x, x]\n" + string.Concat(Enumerable.Range('b', 24).Select(c => $"{(char)c}: &{(char)c} [*{(char)(c - 1)}, *{(char)(c - 1)}]\n"));

        Assert.Equal(25, ((MappingNode)Yaml.Document(bomb).Root!).Entries.Count);
    }
}
