using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Manifests;

namespace Tempo.Helm.Tests.Manifests;

/// <summary>What an edit changes, and what it leaves unchanged.</summary>
public class EditTests
{
    private static readonly NodePath Families = NodePath.Of("spec", "ipFamilies");
    private static readonly YamlValue IPv6 = YamlValue.ListOf("IPv6");

    [Theory]
    [InlineData("spec:\n  ipFamilies: [IPv4]\n", "spec:\n  ipFamilies: [IPv6]\n")]
    [InlineData("spec:\n  ipFamilies: [ IPv4 ]  # why\n", "spec:\n  ipFamilies: [ IPv6 ]  # why\n")]
    [InlineData("spec:\n  ipFamilies: [IPv4, IPv6]\n", "spec:\n  ipFamilies: [IPv6]\n")]
    [InlineData("spec:\n  ipFamilies:\n  - IPv4 # was\n  x: 1\n", "spec:\n  ipFamilies:\n  - IPv6 # was\n  x: 1\n")]
    [InlineData("spec:\n  ipFamilies:\n    - IPv4\n    - IPv6\n  x: 1\n", "spec:\n  ipFamilies:\n    - IPv6\n  x: 1\n")]
    [InlineData("spec:\n  ipFamilies:\n    - 'IPv4'\n", "spec:\n  ipFamilies:\n    - 'IPv6'\n")]
    [InlineData("spec:\n  ipFamilies: []\n", "spec:\n  ipFamilies: [IPv6]\n")]
    [InlineData("spec:\n  ipFamilies:\n", "spec:\n  ipFamilies: [IPv6]\n")]
    [InlineData("spec:\n  ipFamilies: # to come\n  x: 1\n", "spec:\n  ipFamilies: [IPv6] # to come\n  x: 1\n")]
    [InlineData("spec:\n  ipFamilies: null\n", "spec:\n  ipFamilies: [IPv6]\n")]
    [InlineData("spec:\n  # first\n  x: 1\n", "spec:\n  # first\n  ipFamilies: [IPv6]\n  x: 1\n")]
    [InlineData("spec: {x: 1}\n", "spec: {ipFamilies: [IPv6], x: 1}\n")]
    [InlineData("spec: { x: 1 }\n", "spec: { ipFamilies: [IPv6], x: 1 }\n")]
    [InlineData("spec: {}\n", "spec: {ipFamilies: [IPv6]}\n")]
    [InlineData("spec:\n", "spec: {ipFamilies: [IPv6]}\n")]
    [InlineData("spec: ~\nx: 1\n", "spec: {ipFamilies: [IPv6]}\nx: 1\n")]
    [InlineData("x: 1\n", "spec:\n  ipFamilies: [IPv6]\nx: 1\n")]
    [InlineData("x: 1", "spec:\n  ipFamilies: [IPv6]\nx: 1")]
    [InlineData("{\"spec\": {\"x\": 1}}\n", "{\"spec\": {\"ipFamilies\": [\"IPv6\"], \"x\": 1}}\n")]
    [InlineData("spec:\r\n  x: 1\r\n", "spec:\r\n  ipFamilies: [IPv6]\r\n  x: 1\r\n")]
    [InlineData("spec:\r  x: 1\r", "spec:\r  ipFamilies: [IPv6]\r  x: 1\r")]
    [InlineData("spec:\r  x: 1", "spec:\r  ipFamilies: [IPv6]\r  x: 1")]
    [InlineData("spec:\r\r\n  x: 1\r\r\n", "spec:\r\r\n  ipFamilies: [IPv6]\r\n  x: 1\r\r\n")]
    [InlineData("%YAML 1.1\n---\nspec:\n  x: 1\n", "%YAML 1.1\n---\nspec:\n  ipFamilies: [IPv6]\n  x: 1\n")]
    [InlineData("spec:\n  ipFamilies: &f\n  x: 1\n", "spec:\n  ipFamilies: &f [IPv6]\n  x: 1\n")]
    [InlineData("spec: {ipFamilies}\n", "spec: {ipFamilies: [IPv6]}\n")]
    [InlineData("spec:\n  😀: é\n", "spec:\n  ipFamilies: [IPv6]\n  😀: é\n")]
    [InlineData("---\n# Source: a.yaml\nspec:\n  x: 1\n", "---\n# Source: a.yaml\nspec:\n  ipFamilies: [IPv6]\n  x: 1\n")]
    [InlineData("spec: &s\n  x: 1\n", "spec: &s\n  ipFamilies: [IPv6]\n  x: 1\n")]
    [InlineData("base: &b {x: 1}\nspec: *b\n", "base: &b {x: 1}\nspec: {<<: *b, ipFamilies: [IPv6]}\n")]
    [InlineData(
        "base: &b {ipFamilies: [IPv4]}\nspec:\n  <<: *b\n",
        "base: &b {ipFamilies: [IPv4]}\nspec:\n  ipFamilies: [IPv6]\n  <<: *b\n"
    )]
    [InlineData("spec:\n  ipFamilies: [IPv4]\n  ipFamilies: [IPv4]\n", "spec:\n  ipFamilies: [IPv4]\n  ipFamilies: [IPv6]\n")]
    public void A_value_is_set_and_nothing_else_changes(string before, string after) =>
        Assert.Equal(after, Yaml.Set(before, Families, IPv6));

    [Theory]
    [InlineData("a: 0.0.0.0:4318\n", "a: \"[::]:4318\"\n")]
    [InlineData("a: '0.0.0.0:4318'\n", "a: '[::]:4318'\n")]
    [InlineData("a: \"0.0.0.0:4318\" # both\n", "a: \"[::]:4318\" # both\n")]
    [InlineData("a: |\n  0.0.0.0:4318\nb: 1\n", "a: \"[::]:4318\"\nb: 1\n")]
    [InlineData("a: >-\n  0.0.0.0:4318\n\nb: 1\n", "a: \"[::]:4318\"\nb: 1\n")]
    [InlineData("b: &x 1\na: *x\n", "b: &x 1\na: \"[::]:4318\"\n")]
    [InlineData("{a: , b: 1}\n", "{a: \"[::]:4318\" , b: 1}\n")]
    [InlineData("{a, b: 1}\n", "{a: \"[::]:4318\", b: 1}\n")]
    public void A_scalar_keeps_its_quotes(string before, string after) =>
        Assert.Equal(after, Yaml.Set(before, NodePath.Of("a"), "[::]:4318"));

    [Theory]
    [InlineData("true", "\"true\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("::", "\"::\"")]
    [InlineData("0123", "\"0123\"")]
    [InlineData("SingleStack", "SingleStack")]
    [InlineData("a\"b\\c\nd\u0085😀", "\"a\\\"b\\\\c\\nd\\u0085\\U0001F600\"")]
    public void A_string_is_written_so_that_every_reader_takes_it_for_one(string value, string written) =>
        Assert.Equal($"a: {written}\n", Yaml.Set("a:\n", NodePath.Of("a"), value));

    [Fact]
    public void Several_new_keys_share_the_mappings_they_need()
    {
        var after = Yaml.Edit(
            "x: 1\n",
            static document =>
                [Edit.Set(document, NodePath.Of("spec", "a"), "one"), Edit.Set(document, NodePath.Of("spec", "b", "c"), true)]
        );

        Assert.Equal("spec:\n  a: one\n  b:\n    c: true\nx: 1\n", after);
    }

    [Theory]
    [InlineData("a:\n  x: 1\n  b: 2\n", "a:\n  x: 1\n")]
    [InlineData("a:\n  b: 2 # gone\n  # stays\n  x: 1\n", "a:\n  # stays\n  x: 1\n")]
    [InlineData("a:\n  b:\n    c: 1\n  x: 1\n", "a:\n  x: 1\n")]
    [InlineData("a:\n  b: 2\n", "a:\n")]
    [InlineData("a: {b: 2, x: 1}\n", "a: {x: 1}\n")]
    [InlineData("a: {x: 1, b: 2}\n", "a: {x: 1}\n")]
    [InlineData("a: {x: , b: 2}\n", "a: {x: }\n")]
    [InlineData("a: {b: 2}\n", "a: {}\n")]
    [InlineData("a:\n  b: |\n    text\n\n  x: 1\n", "a:\n  x: 1\n")]
    public void An_entry_is_removed(string before, string after) =>
        Assert.Equal(after, Yaml.Edit(before, static document => [Edit.Remove(document, NodePath.Of("a", "b"))]));

    [Theory]
    [InlineData("a:\n- x # one\nb: 1\n", "a:\n- x # one\n- y1\nb: 1\n")]
    [InlineData("a:\n  - |\n    x\nb: 1\n", "a:\n  - |\n    x\n  - y1\nb: 1\n")]
    [InlineData("a:\n  - x", "a:\n  - x\n  - y1")]
    [InlineData("a: [x]\n", "a: [x, y1]\n")]
    [InlineData("a: [x: ]\n", "a: [x: , y1]\n")]
    [InlineData("a: []\n", "a: [y1]\n")]
    public void An_item_is_appended(string before, string after) =>
        Assert.Equal(after, Yaml.Edit(before, static document => [Edit.Append(document, NodePath.Of("a"), "y1")]));

    [Theory]
    [InlineData("base: &b\n  x: 1\nspec: &s {x: 1}\nother: *s\n", "&s")]
    [InlineData("? spec\n: {x: 1}\nspec2: 1\n", null)]
    [InlineData("spec: text\n", "plain value")]
    [InlineData("spec: {? : x, a: 1}\n", "without a name")]
    [InlineData("spec: !!map {x: 1}\n", null)]
    [InlineData("spec: []\n", "a list where a mapping should be")]
    [InlineData("spec: [x]\n", "a list where a mapping should be")]
    [InlineData("spec:\n- x: 1\n", "a list where a mapping should be")]
    [InlineData("spec: {ipFamilies: {x: 1}}\n", "a mapping or a list where a plain value should be")]
    [InlineData("spec: [ipFamilies: x]\n", "a list where a mapping should be")]
    [InlineData("  spec: {x: 1}\nkind: A\n", "ignore the text after its root node")]
    [InlineData("spec:\n  ipFamilies:\n  |\n    x\n", "a line of its own")]
    public void A_value_that_is_hard_to_change_in_place_is_refused_or_set_correctly(string before, string? refusal)
    {
        var document = Yaml.Document(before);

        var reason = ManifestWriter.Refusal([Edit.Set(document, Families, IPv6)]);

        if (refusal is null)
        {
            Assert.Null(reason);
            Assert.Contains("IPv6", Yaml.Set(before, Families, IPv6));
        }
        else
        {
            Assert.Contains(refusal, reason);
        }
    }

    public static TheoryData<string, string> ImpossiblePlaces() =>
        new()
        {
            { "a: {b: 1}\n", "a.0" },
            { "a: [x]\n", "a.1" },
            { "a: 1\n", "a.0" },
            { "a:\n", "a.0" },
            { "b: 1\n", "a.0" },
            { "a: [x]\n", "a.0.b" },
            { "a: &x {b: 1}\nc: *x\n", "c.0" },
        };

    [Theory]
    [MemberData(nameof(ImpossiblePlaces))]
    public void Setting_in_an_impossible_place_and_removing_a_missing_key_are_refused(string text, string path)
    {
        var place = path.Split('.')
            .Aggregate(NodePath.Root, static (whole, part) => int.TryParse(part, out var item) ? whole.Item(item) : whole.Key(part));
        var document = Yaml.Document(text);

        Assert.NotNull(ManifestWriter.Refusal([Edit.Set(document, place, "y")]));
        Assert.NotNull(ManifestWriter.Refusal([Edit.Remove(document, NodePath.Of("missing", "key"))]));
    }

    [Theory]
    [InlineData("spec: [x]\n")]
    [InlineData("spec: {x: 1}\n")]
    [InlineData("spec: x\n")]
    [InlineData("other: x\n")]
    public void The_check_of_the_output_sees_an_edit_that_did_not_happen(string text)
    {
        var document = Yaml.Document(text);
        Edit[] edits =
        [
            Edit.Set(document, Families, IPv6),
            Edit.Set(document, NodePath.Of("spec").Item(0), "y"),
            Edit.Remove(document, NodePath.Of("gone", "key")),
        ];

        Assert.All(edits, edit => Assert.NotNull(EditVerifier.FirstDifference(document, EditTree.Of([edit]), text + "# changed\n")));
    }

    [Fact]
    public void An_edit_that_changes_nothing_is_a_fault() =>
        Assert.Throws<OutputMismatchException>(() => Yaml.Set("a: 1\n", NodePath.Of("a"), 1));

    [Theory]
    [InlineData("data:\n  c.yaml: |\n    a:\n      b: 1\n  x: 1\n", "data:\n  c.yaml: |\n    k: new\n    a:\n      b: 1\n  x: 1\n")]
    [InlineData("data:\n  c.yaml: |\n    \n    a: 1\n    \n", "data:\n  c.yaml: |\n    \n    k: new\n    a: 1\n    \n")]
    [InlineData("data:\n  c.yaml: |2\n\n    a: 1\n", "data:\n  c.yaml: |2\n\n    k: new\n    a: 1\n")]
    [InlineData("data:\n  c.yaml: |-\n    a: 1", "data:\n  c.yaml: |-\n    k: new\n    a: 1")]
    [InlineData("data:\r\n  c.yaml: |\r\n    a: 1\r\n", "data:\r\n  c.yaml: |\r\n    k: new\r\n    a: 1\r\n")]
    [InlineData("data:\n  c.yaml: \"a: 1\\nb: \\u00e9\\n\"\n", "data:\n  c.yaml: \"k: new\\na: 1\\nb: é\\n\"\n")]
    [InlineData("data:\r  c.yaml: |\r    a: 1\r", "data:\r  c.yaml: |\r    k: new\r    a: 1\r")]
    [InlineData("data:\r\r\n  c.yaml: |\r\r\n    a: 1\r\r\n", "data:\r\r\n  c.yaml: |\r\r\n    k: new\r\n    a: 1\r\r\n")]
    [InlineData("data:\n  c.yaml: 'a: 1'\n", "data:\n  c.yaml: \"k: new\\na: 1\"\n")]
    [InlineData("data: {c.yaml: \"{\\\"a\\\": 1}\"}\n", "data: {c.yaml: \"{\\\"k\\\": \\\"new\\\", \\\"a\\\": 1}\"}\n")]
    public void A_file_inside_a_manifest_is_changed_line_by_line_where_it_has_lines(string before, string after) =>
        Assert.Equal(after, Yaml.SetInside(before, "c.yaml", NodePath.Of("k"), "new"));

    [Fact]
    public void A_line_removed_inside_a_manifest_takes_its_indentation_along()
    {
        var after = Yaml.Edit(
            "data:\n  c.yaml: |\n    a:\n      b: 1\n      c: 2\n    d: 3\n",
            static document =>
            {
                var place = NodePath.Of("data", "c.yaml");
                var inner = EmbeddedDocument.Open(document, place, (ScalarNode)document.Find(place)!, EmbeddedEncoding.Text)!;
                return [Edit.Remove(inner, NodePath.Of("a", "b")), Edit.Set(inner, NodePath.Of("d"), 4)];
            }
        );

        Assert.Equal("data:\n  c.yaml: |\n    a:\n      c: 2\n    d: 4\n", after);
    }

    [Fact]
    public void An_item_behind_the_last_line_of_a_file_inside_a_manifest_is_indented()
    {
        var after = Yaml.Edit(
            "data:\n  c.yaml: |\n    a:\n      - |\n        x\nb: 1\n",
            static document =>
            {
                var place = NodePath.Of("data", "c.yaml");
                var inner = EmbeddedDocument.Open(document, place, (ScalarNode)document.Find(place)!, EmbeddedEncoding.Text)!;
                return [Edit.Append(inner, NodePath.Of("a"), "y1")];
            }
        );

        Assert.Equal("data:\n  c.yaml: |\n    a:\n      - |\n        x\n      - y1\nb: 1\n", after);
    }

    [Theory]
    [InlineData("\n", "\n")]
    [InlineData("\r\n", "\r\n")]
    [InlineData("\r", "\r")]
    [InlineData("\r\r\n", "\r\n")]
    public void Lines_of_a_text_end_as_the_document_around_it_does(string lineEnd, string newLineEnd)
    {
        var before = string.Join(lineEnd, "data:", "  nginx.conf: |", "    one;", "    two;", "b: 1", "");
        var after = Yaml.Edit(
            before,
            static document =>
            {
                var place = NodePath.Of("data", "nginx.conf");
                var inner = EmbeddedDocument.Open(document, place, (ScalarNode)document.Find(place)!, EmbeddedEncoding.Text)!;
                var line = inner.Text.Split('\n').ToList().FindIndex(static text => text.StartsWith("two"));
                return [Edit.SetLine(inner, line, "deux;"), Edit.InsertLine(inner, line, "drei;")];
            }
        );

        Assert.Equal(string.Join(lineEnd, "data:", "  nginx.conf: |", "    one;", $"    deux;{newLineEnd}    drei;", "b: 1", ""), after);
    }

    [Fact]
    public void Untouched_documents_leave_as_they_came()
    {
        const string Before = "---\n# odd   \nkind: A\nx:   [ 1,2 ]\t\n\n---\nspec:\n  x: 1\n---\n%not yaml at all: [\n";
        var stream = Yaml.Stream(Before);

        var after = Yaml.Concat(ManifestWriter.Apply(stream, [Edit.Set(stream.Document(1), NodePath.Of("spec", "x"), 2)]));

        Assert.Equal(Before.Replace("  x: 1", "  x: 2"), after);
    }

    [Theory]
    [InlineData("a:\n  b: 1\n", "a.b", 2, 3)]
    [InlineData("---\n# c\n\na:\n- x\n- y\n", "a[1]", 6, 3)]
    [InlineData("a:\n  b: 1\n", "a.c", 1, 1)]
    public void A_path_leads_to_a_line_of_the_input(string text, string path, int line, int column)
    {
        var target = path switch
        {
            "a.b" => NodePath.Of("a", "b"),
            "a.c" => NodePath.Of("a", "c"),
            _ => NodePath.Of("a").Item(1),
        };

        var document = Yaml.Document(text);

        Assert.Equal(path, target.ToString());
        Assert.Equal(new Location(line, column), document.Locate(document.IndexOf(target)));
    }

    [Fact]
    public void A_path_inside_an_embedded_file_leads_to_a_line_of_the_input()
    {
        var document = Yaml.Stream("kind: A\n---\ndata:\n  c.yaml: |\n\n    a:\n      b: 1\n").Document(1);
        var place = NodePath.Of("data", "c.yaml");
        var inner = EmbeddedDocument.Open(document, place, (ScalarNode)document.Find(place)!, EmbeddedEncoding.Text)!;

        Assert.Equal(new Location(7, 7), inner.Locate(inner.IndexOf(NodePath.Of("a", "b"))));
    }
}
