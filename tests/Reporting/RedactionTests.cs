using Tempo.PostRender.Reporting;

namespace Tempo.Helm.Tests.Reporting;

/// <summary>Which lines are shown and which are hidden: a line that only looks like a credential is shown.</summary>
public class RedactionTests
{
    [Theory]
    [InlineData("topologyKey: kubernetes.io/hostname")]
    [InlineData("- topologyKey: \"topology.kubernetes.io/zone\"")]
    [InlineData("- {topologyKey: kubernetes.io/hostname, weight: 1}")]
    [InlineData("- key: app.kubernetes.io/component")]
    [InlineData("- key: tempo.yaml")]
    [InlineData("proxy_pass http://tempo-query-frontend:3200;")]
    [InlineData("proxy_pass http://tempo-query-frontend:3200;\r\r")]
    [InlineData("grpc_pass grpc://tempo-distributor:4317;")]
    public void A_setting_that_holds_no_credential_is_shown(string line)
    {
        Assert.Equal([false, false], HiddenLines.Of([line, "  port: 3200"]));
        Assert.Equal(line.Trim(), Redaction.Line(line, isSecret: false));
    }

    [Theory]
    [InlineData("key: dGVtcG8vdGVtcG8=")]
    [InlineData("- key: Abc/def")]
    [InlineData("api-key: tempo.yaml")]
    [InlineData("secret.key: a.example/b")]
    [InlineData("{key: tempo.yaml, token: x}")]
    [InlineData("topologyKey: kubernetes.io/hostname # password")]
    [InlineData("proxy_pass: x")]
    [InlineData("proxy_pass http://user:x@host;")]
    [InlineData("proxy_pass http://host/?token=x;")]
    [InlineData("dbPw: x")]
    [InlineData("pwFile: x")]
    public void A_setting_that_may_hold_a_credential_is_hidden(string line)
    {
        Assert.Equal([true], HiddenLines.Of([line]));
        Assert.Equal(Redaction.MayHoldCredential, Redaction.Line(line, isSecret: false));
    }

    [Fact]
    public void All_items_of_a_hidden_list_are_hidden_and_the_next_key_is_shown()
    {
        string[] lines = ["tokens:", "- a", "- b:", "    c", "port: 1", "- d", "- password", "- e", "--- "];

        Assert.Equal([true, true, true, true, false, false, true, false, false], HiddenLines.Of(lines));
    }

    [Theory]
    [InlineData("- value: x", "  name: DB_PASSWORD")]
    [InlineData("- \"value\": x", "  \"name\": \"DB_PASSWORD\"")]
    [InlineData("-", "  name: DB_PASSWORD", "  optional: false", "  value: x")]
    [InlineData("- valueFrom: null", "  value: |", "    x", "", "    y", "  name: DB_PASSWORD")]
    [InlineData("- values: [", "    x", "  ]", "  header: Authorization")]
    [InlineData("- {value: x,", "    name: DB_PASSWORD}")]
    [InlineData("env: [{value: x,", " name: DB_PASSWORD}]")]
    [InlineData("{", "  \"value\": \"x\",", "  \"name\": \"DB_PASSWORD\"", "}")]
    public void A_value_is_hidden_wherever_the_mapping_names_it_as_a_credential(params string[] lines)
    {
        string[] all = ["- name: MODE", "  value: mode", .. lines, "- value: other", "  name: OTHER"];

        var hidden = HiddenLines.Of(all);

        Assert.DoesNotContain(lines.Where((_, index) => !hidden[index + 2]), static shown => shown.Contains('x'));
        Assert.Equal([false, false, false, false], (bool[])[.. hidden[..2], .. hidden[^2..]]);
    }

    [Fact]
    public void A_name_of_a_credential_hides_values_and_nothing_else()
    {
        string[] lines = ["metadata:", "  labels: {app: x}", "  name: auth", "spec:", "  value: 1", "  image: a"];

        Assert.Equal([false, false, true, false, false, false], HiddenLines.Of(lines));
    }

    [Fact]
    public void A_long_line_is_checked_in_linear_time()
    {
        var line = "key: " + string.Concat(Enumerable.Repeat("key: a.b.c-", 200_000));

        Assert.Equal([true], HiddenLines.Of([line]));
    }
}
