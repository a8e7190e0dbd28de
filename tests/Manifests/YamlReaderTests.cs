using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Manifests;

namespace Tempo.Helm.Tests.Manifests;

/// <summary>
/// The reader accepts what Go's readers (Helm, kubectl, Tempo) accept, with the same values, and refuses what they refuse.
/// The forms were compared with the Go readers in Helm 3 and 4; docs/yaml-reader.md has the ones that other libraries read differently.
/// </summary>
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
    // Comments without a space before them.
    [InlineData("a: \"x\"#c\n", "x")]
    [InlineData("a: |#c\n  x\n", "x\n")]
    // Escapes: one that Go reads and YAML 1.2 does not have, two that JSON writes and Go does not read, and the others.
    [InlineData("a: \"it\\'s\"\n", "it's")]
    [InlineData("a: \"\\/\\ud83d\\ude00\"\n", "/😀")]
    [InlineData("a: \"\\x41\\u00e9\\U0001F600\\0\\t\\N\\_\\L\\P\\e\"\n", "Aé😀\0\t\u0085\u00a0\u2028\u2029\u001b")]
    [InlineData("a: \"x \\\n   y\"\n", "x y")]
    [InlineData("a: \"x\\\n\n  y\"\n", "x\ny")]
    // Folding.
    [InlineData("a: 'it''s\n\n  x\n y'\n", "it's\nx y")]
    [InlineData("a: x\n  y\n\n  z # c\n", "x y\nz")]
    [InlineData("a: >\n  x\n   y\n  z\n\n\n  w\n", "x\n y\nz\n\nw\n")]
    [InlineData("a: >-\n  x\n  y\n\n", "x y")]
    [InlineData("a: >+\n  x\n\n", "x\n\n")]
    [InlineData("a: |-\n  x\n\n", "x")]
    [InlineData("a: |\n  x", "x")]
    [InlineData("a: |1\n   x\n", "  x\n")]
    // All characters that end a line.
    [InlineData("a: |\r  x\r\r  y\r", "x\n\ny\n")]
    [InlineData("a: |\n  x\u2028  y\u0085  z\n", "x\u2028y\nz\n")]
    [InlineData("a: |\n\u0085  x\n", "\nx\n")]
    [InlineData("a: \"x\n\u0085y\"\n", "x\ny")]
    [InlineData("a: x\u2028  y\n", "x\u2028y")]
    [InlineData("a: x\r\r\n  y\n", "x\ny")]
    // Text that looks like another construct.
    [InlineData("a: x#c\n", "x#c")]
    [InlineData("a: -x\n", "-x")]
    [InlineData("a: ?x\n", "?x")]
    [InlineData("a: b:c\n", "b:c")]
    [InlineData("a:\tx\n", "x")]
    [InlineData("a : x\n", "x")]
    [InlineData("? a\n: x\n", "x")]
    [InlineData("{\"a\":x}\n", "x")]
    [InlineData("%YAML 1.1\n---\na: x\n", "x")]
    [InlineData("--- # c\na: x\n...\nnot: [read\n", "x")]
    [InlineData("%TAG !e! tag:example.com,2000:\n---\na: !e!t x\n", "x")]
    [InlineData("\uFEFFa: x\n", "x")]
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
    public void An_anchored_word_in_a_flow_mapping_keeps_its_anchor() => Assert.Equal("1", Yaml.Value("a: {b: &x 1, c: *x}\n", "a", "c"));

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

    [Theory]
    [InlineData("a: [1\n")]
    [InlineData("a: b: c\n")]
    [InlineData("a: \"x\n")]
    [InlineData("a:\n\t- b\n")]
    [InlineData("a: 'x' y\n")]
    [InlineData("a: [::]\n")]
    [InlineData("a: {: x}\n")]
    [InlineData("a: [x, , y]\n")]
    [InlineData("a: [x]]\n")]
    [InlineData("a: [y? z]\n")]
    [InlineData("a: {\"b\"\n : c}\n")]
    [InlineData(": x\n")]
    [InlineData("a: - x\n")]
    [InlineData("a: @x\n")]
    [InlineData("a: x\nb\nc: y\n")]
    [InlineData("a: x\n  # c\n  y\n")]
    [InlineData("a:\n  b: 1\n c: 2\n")]
    [InlineData("a:\n - b\n- c\n")]
    [InlineData("a: |\n    \n  x\n")]
    [InlineData("a: |0\n  x\n")]
    [InlineData("a: |x\n")]
    [InlineData("a: |\n\tx\n")]
    [InlineData("a: 1\n\t\nb: 2\n")]
    [InlineData("a: \"\\q\"\n")]
    [InlineData("a: \"\\ud83d\"\n")]
    [InlineData("a: \u0007\n")]
    [InlineData("a: &x.y z\n")]
    [InlineData("a: &x &y z\n")]
    [InlineData("a: !e!t x\n")]
    // An alias without its anchor: misspelled, or in another document.
    [InlineData("a: *x\n")]
    [InlineData("a: &x {b: *x}\n")]
    public void Text_that_is_not_YAML_is_refused_with_its_line_and_column(string text)
    {
        var exception = Assert.Throws<InvalidInputException>(() => Yaml.Document("---\n" + text).Root);

        Assert.NotNull(exception.Location);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Theory]
    [InlineData("a: x # c\n", "x")]
    [InlineData("a: &k !!str 'x'\nb: *k\n", "&k !!str 'x'")]
    [InlineData("a: x\n  y  \nb: 1\n", "x\n  y")]
    [InlineData("a: \"x\n  y\" # c\n", "\"x\n  y\"")]
    [InlineData("a: |\n  x\n\n\n# c\nb: 1\n", "|\n  x\n\n\n")]
    [InlineData("a: >-\n  x\n # c\n", ">-\n  x\n")]
    [InlineData("a: [x, [y] ] # c\n", "[x, [y] ]")]
    [InlineData("a: &k { x: 1 }\n", "&k { x: 1 }")]
    [InlineData("a:\n- x\n- y: 1 # c\n\nb: 1\n", "- x\n- y: 1")]
    [InlineData("a:\n  # c\n  x:\n    - [1]\n\n# d\nb: 1\n", "x:\n    - [1]")]
    [InlineData("a: 😀 # c\n", "😀")]
    [InlineData("a:\nb: 1\n", "")]
    public void A_node_knows_its_place(string text, string place)
    {
        var node = ((MappingNode)Yaml.Document(text).Root!).Entries[0].Value;

        Assert.Equal(place, text[node.Start..node.End]);
    }

    [Theory]
    [InlineData("a: {b: x, c}\n", "b: x|c")]
    [InlineData("a: [b: x, c]\n", "b: x|c")]
    [InlineData("a: [{b: x}, \"c\"]\n", "{b: x}|\"c\"")]
    [InlineData("a:\n  - &k b: x\n  -\n  - c\n", "&k b: x||c")]
    [InlineData("a:\n  ? b\n  ? c\n  : x\n", "b|c\n  : x")]
    [InlineData("a:\n  - - b\n    - c\n", "- b\n    - c")]
    public void The_parts_of_a_collection_know_theirs(string text, string places)
    {
        var parts = ((MappingNode)Yaml.Document(text).Root!).Entries[0].Value switch
        {
            MappingNode mapping => mapping.Entries.Select(entry => text[entry.Key.Start..entry.End]),
            SequenceNode sequence => sequence.Items.Select(item => text[item.Start..item.End]),
            _ => [],
        };

        Assert.Equal(places, string.Join('|', parts));
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Depth_is_bounded(char bracket)
    {
        var exception = Assert.Throws<InvalidInputException>(() => Yaml.Document("a: " + new string(bracket, 100_000)).Root);

        Assert.Contains("nested more than 1000 levels deep", exception.Message);
    }

    [Fact]
    public void Depth_of_block_lists_is_bounded() =>
        Assert.Throws<InvalidInputException>(() => Yaml.Document("a:\n " + string.Concat(Enumerable.Repeat("- ", 100_000)) + "x\n").Root);
}
