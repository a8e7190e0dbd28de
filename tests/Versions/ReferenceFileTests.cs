namespace Tempo.Helm.Tests.Versions;

/// <summary>
/// config-keys.tsv, and how a version of Tempo is added to it: <c>TEMPO_REFERENCE=VERSION=FILE</c> makes this test write the keys of a
/// reference into the file.
/// </summary>
public class ReferenceFileTests
{
    private const string Text = """
        # Keys.
        # versions: 3.0.3 3.1-dev
        key	since	until
        gone	3.0.3	3.0.3
        server	3.0.3	-
        server.port	3.0.3	-
        server.quic	3.1-dev	-

        """;

    [Fact]
    public void The_file_is_in_order_and_has_the_keys_of_a_reference_that_is_given()
    {
        var text = File.ReadAllText(ConfigReference.Path);
        if (Environment.GetEnvironmentVariable("TEMPO_REFERENCE") is { Length: > 0 } given)
        {
            var (version, file) = (given[..given.IndexOf('=')], given[(given.IndexOf('=') + 1)..]);
            text = ReferenceFile.Parse(text).With(version, ReferenceFile.KeysOf(File.ReadAllText(file))).ToString();
            File.WriteAllText(ConfigReference.Path, text);
        }

        Assert.Equal(ReferenceFile.Parse(text).ToString(), text);
    }

    [Fact]
    public void A_reference_has_keys_sections_and_what_is_in_lists() =>
        Assert.Equal(
            ["cache", "cache.roles", "columns", "columns[].name", "server", "server.port"],
            ReferenceFile
                .KeysOf(
                    """
                    # Manifest

                    ```yaml
                    server:
                        port: 3200
                    cache:
                        roles: [bloom]
                    columns:
                        - name: a
                        - name: b
                    ```

                    End.
                    """
                )
                .Order()
        );

    [Fact]
    public void A_new_version_adds_its_keys_and_ends_those_that_it_does_not_have()
    {
        var file = ReferenceFile.Parse(Text).With("3.2-dev", new HashSet<string> { "server", "server.quic", "server.udp" });

        Assert.Equal(["3.0.3", "3.1-dev", "3.2-dev"], file.Versions);
        Assert.Equal(("3.0.3", "3.0.3"), file.Rows["gone"]);
        Assert.Equal(("3.0.3", null), file.Rows["server"]);
        Assert.Equal(("3.0.3", "3.1-dev"), file.Rows["server.port"]);
        Assert.Equal(("3.1-dev", null), file.Rows["server.quic"]);
        Assert.Equal(("3.2-dev", null), file.Rows["server.udp"]);
    }

    [Fact]
    public void A_version_in_development_is_replaced_when_it_is_read_again_or_released()
    {
        var file = ReferenceFile.Parse(Text).With("3.1.0", new HashSet<string> { "gone", "server", "server.udp" });

        Assert.Equal(["3.0.3", "3.1.0"], file.Versions);
        Assert.Equal(("3.0.3", null), file.Rows["gone"]);
        Assert.Equal(("3.0.3", "3.0.3"), file.Rows["server.port"]);
        Assert.Equal(("3.1.0", null), file.Rows["server.udp"]);
        Assert.False(file.Rows.ContainsKey("server.quic"));
    }

    [Fact]
    public void A_key_that_reappears_is_reported() =>
        Assert.Throws<InvalidOperationException>(() => ReferenceFile.Parse(Text).With("3.2-dev", new HashSet<string> { "gone" }));
}
