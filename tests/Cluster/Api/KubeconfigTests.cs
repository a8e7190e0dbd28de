using System.Net;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.PostRender.Cluster;

namespace Tempo.Helm.Tests.Cluster.Api;

/// <summary>The files, servers and authorities that a kubeconfig can name.</summary>
public sealed class KubeconfigTests : KubeconfigTest
{
    [Fact]
    public async Task A_private_authority_may_be_in_the_file_beside_it_or_in_a_bundle()
    {
        await using var server = await StartAsync();
        using var other = TestCertificates.CreateAuthority("CN=other authority");
        var bundle = other.ExportCertificatePem() + "\n" + Certificates.AuthorityPem + "\n";
        Kubeconfig.Write("ca.crt", bundle);

        foreach (
            var authority in (IEnumerable<string>)
                [Authority, $"certificate-authority-data: {Base64(bundle)}", "certificate-authority: ca.crt"]
        )
        {
            Kubeconfig.With(server.Url, authority);
            await AskAsync();
        }
    }

    [Fact]
    public async Task A_server_of_another_authority_or_name_is_not_trusted()
    {
        await using var server = await StartAsync();
        await using var misnamed = await TestApiServer.StartAsync(Certificates.Server("kubernetes.default"));
        using var other = TestCertificates.CreateAuthority("CN=other authority");

        Kubeconfig.With(server.Url, $"certificate-authority-data: {Base64(other.ExportCertificatePem())}");
        await RefusedAsync("cannot be reached: TLS fails");
        Kubeconfig.With(server.Url);
        await RefusedAsync("cannot be reached: TLS fails");
        Kubeconfig.With(misnamed.Url, Authority);
        await RefusedAsync("cannot be reached: TLS fails");
        Assert.Empty(server.Requests);
        Assert.Empty(misnamed.Requests);

        Kubeconfig.With(misnamed.Url, $"{Authority}\ntls-server-name: kubernetes.default");
        await AskAsync();
        Kubeconfig.With(misnamed.Url, "insecure-skip-tls-verify: true");
        await AskAsync();
    }

    [Fact]
    public async Task Several_files_are_merged_and_the_first_definition_counts()
    {
        await using var server = await TestApiServer.StartAsync();
        Kubeconfig.With("http://127.0.0.1:1", file: "first", context: "first", ns: "one");
        Kubeconfig.With(server.Url, file: "second", context: "second", ns: "two");
        Kubeconfig.With("http://127.0.0.1:2", file: "third", context: "second", ns: "three");
        var list = string.Join(
            Path.PathSeparator,
            Kubeconfig.PathOf("missing"),
            Kubeconfig.PathOf("first"),
            Kubeconfig.PathOf("second"),
            Kubeconfig.PathOf("third")
        );

        using var api = await OpenAsync(kubeconfig: null, "second", name => name == "KUBECONFIG" ? list : null);
        using var current = await OpenAsync(kubeconfig: null, context: null, name => name == "KUBECONFIG" ? list : null);

        Assert.Null(await api.FindAsync(ApiResource.Services, "two", "tempo", default));
        Assert.Equal(("two", "one"), (api.Namespace, current.Namespace));
        Assert.Equal("http://127.0.0.1:1 (context first)", current.Server);
    }

    [Fact]
    public async Task Without_any_configuration_it_says_where_it_looked()
    {
        Kubeconfig.With("http://127.0.0.1:1");
        Directory.CreateDirectory(Kubeconfig.PathOf(".kube"));

        Assert.Contains(
            "no kubeconfig was found",
            (
                await Assert.ThrowsAsync<ClusterException>(() =>
                    OpenAsync(null, null, name => name == "HOME" ? Kubeconfig.PathOf("") : null)
                )
            ).Message
        );
        Assert.Contains(
            "there is no context prod. Pass --context, one of test",
            (await Assert.ThrowsAsync<ClusterException>(() => Kubeconfig.ConnectAsync("prod"))).Message
        );
        Assert.Contains(
            "which does not exist",
            (await Assert.ThrowsAsync<ClusterException>(() => OpenAsync("/no/such/file", null, static _ => null))).Message
        );

        Assert.Contains(
            "which is a folder, not a file",
            (await Assert.ThrowsAsync<ClusterException>(() => OpenAsync(Path.GetTempPath(), null, static _ => null))).Message
        );

        File.Move(Kubeconfig.Path, Kubeconfig.PathOf(".kube/config"));
        using var standard = await OpenAsync(null, null, name => name == "HOME" ? Kubeconfig.PathOf("") : null);
        Assert.Equal("http://127.0.0.1:1 (context test)", standard.Server);
    }

    [Theory]
    [InlineData("server: [", "cannot be read as a kubeconfig")]
    [InlineData(
        "current-context: a\ncontexts: [{name: a, context: {cluster: b}}]",
        "the context a names the cluster b, which is not defined"
    )]
    [InlineData(
        "current-context: a\ncontexts: [{name: a, context: {cluster: b, user: c}}]\nclusters: [{name: b, cluster: {server: 'https://h'}}]",
        "names the user c, who is not defined"
    )]
    [InlineData(
        "current-context: a\ncontexts: [{name: a, context: {cluster: b}}]\nclusters: [{name: b, cluster: {server: host}}]",
        "the server of the cluster b is host, which is not a URL"
    )]
    [InlineData(
        "current-context: a\ncontexts: [{name: a, context: {cluster: b}}]\n"
            + "clusters: [{name: b, cluster: {server: 'https://h', certificate-authority-data: '%'}}]",
        "the context a cannot be used: "
    )]
    [InlineData(
        "current-context: a\ncontexts: [{name: a, context: {cluster: b}}]\nclusters: [{name: b, cluster: {server: 'u:s3cret@h:1'}}]",
        "the server of the cluster b is …@h:1, which is not a URL"
    )]
    [InlineData(
        "current-context: a\ncontexts: [{name: a, context: {cluster: b}}]\n"
            + "clusters: [{name: b, cluster: {server: 'https://h', tls-server-name: 'a b'}}]",
        "the tls-server-name of the cluster b is a b, which is not a host name"
    )]
    [InlineData(
        "current-context: a\ncontexts: [{name: a, context: {cluster: b}}]\n"
            + "clusters: [{name: b, cluster: {server: 'https://h', proxy-url: 'ftp://u:s3cret@h'}}]",
        "the proxy-url of the cluster b is ftp://…@h, which is not a URL of the scheme http, https or socks5"
    )]
    [InlineData("{}", "no context is current. The kubeconfig defines no context; name another one with --kubeconfig")]
    [InlineData("", "no context is current. The kubeconfig defines no context; name another one with --kubeconfig")]
    [InlineData("# nothing\n", "no context is current. The kubeconfig defines no context; name another one with --kubeconfig")]
    public async Task The_message_about_a_broken_kubeconfig_names_the_cause(string text, string message)
    {
        Kubeconfig.Write("config", text);

        var error = (await Assert.ThrowsAsync<ClusterException>(() => Kubeconfig.ConnectAsync())).Message;
        Assert.Contains(message, error);
        Assert.DoesNotContain("s3cret", error);
    }

    [Theory]
    [InlineData("current-context: a\ncontexts: [{name: a, context: {cluster: b}}]")]
    [InlineData("current-context: a\ncontexts: [{name: a, context: {cluster: b}}]\nclusters: [{name: b, cluster: {server: 'no url'}}]")]
    [InlineData("{}")]
    public async Task A_path_with_a_line_break_does_not_break_the_line_of_the_message(string text)
    {
        var path = Kubeconfig.Write("a\n::error::b", text);

        var error = await Assert.ThrowsAsync<ClusterException>(() =>
            ClusterConnection.OpenAsync(path, context: null, static _ => null, TestKubeconfig.Retries, CancellationToken.None)
        );
        Assert.DoesNotContain("\n", error.Message);
        Assert.Contains("a\\n::error::b", error.Message);
    }

    [Fact]
    public async Task A_server_that_listens_on_IPv6_only_is_reached()
    {
        await using var server = await TestApiServer.StartAsync(Certificates.Server("::1"), address: IPAddress.IPv6Loopback);
        Assert.Contains("https://[::1]:", server.Url);

        Kubeconfig.With(server.Url, Authority);

        await AskAsync();
    }

    [Theory]
    [InlineData("tokenFile: nowhere", "the context test cannot be used: Could not find file")]
    [InlineData("tokenFile: .", "the context test cannot be used: Access to the path")]
    [InlineData("token: \"s3cret\\nX: y\"", "the credentials contain a character that HTTP does not allow in a header")]
    [InlineData("as: \"s3cret\\nX: y\"", "the credentials contain a character that HTTP does not allow in a header")]
    public async Task Credentials_that_cannot_be_sent_are_a_fault_of_the_kubeconfig(string user, string message)
    {
        Kubeconfig.With("https://127.0.0.1:1", Authority, user);

        Assert.DoesNotContain("s3cret", await RefusedAsync(message));
    }

    [Fact]
    public async Task A_password_in_the_URL_of_the_server_is_not_shown()
    {
        Kubeconfig.With("https://user:s3cret@127.0.0.1:1", Authority);

        Assert.StartsWith("https://127.0.0.1:1 (context test) ", await RefusedAsync("cannot be reached"));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        Kubeconfig.With("https://127.0.0.1:1", Authority);

        await RefusedAsync(
            "https://127.0.0.1:1 (context test) cannot be reached: Connection refused. Check the cluster and the "
                + "kubeconfig, or pass another --context or --kubeconfig"
        );
    }

    private static Task<KubernetesApi> OpenAsync(string? kubeconfig, string? context, Func<string, string?> environment) =>
        ClusterConnection.OpenAsync(kubeconfig, context, environment, TestKubeconfig.Retries, CancellationToken.None);
}
