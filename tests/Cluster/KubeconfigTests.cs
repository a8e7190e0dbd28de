using System.Net;
using System.Text;
using System.Text.Json;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.PostRender.Cluster;

namespace Tempo.Helm.Tests.Cluster;

/// <summary>Every way in that a kubeconfig can name, against a server that checks it.</summary>
public sealed class KubeconfigTests : IDisposable
{
    private readonly TestCertificates _certificates = new();
    private readonly TestKubeconfig _kubeconfig = new();

    private string Authority => $"certificate-authority-data: {Base64(_certificates.AuthorityPem)}";

    public void Dispose() => _kubeconfig.Dispose();

    [Fact]
    public async Task A_private_authority_may_stand_in_the_file_beside_it_or_in_a_bundle()
    {
        await using var server = await StartAsync();
        using var other = TestCertificates.CreateAuthority("CN=other authority");
        var bundle = other.ExportCertificatePem() + "\n" + _certificates.AuthorityPem + "\n";
        _kubeconfig.Write("ca.crt", bundle);

        foreach (
            var authority in (IEnumerable<string>)
                [Authority, $"certificate-authority-data: {Base64(bundle)}", "certificate-authority: ca.crt"]
        )
        {
            _kubeconfig.With(server.Url, authority);
            await AskAsync();
        }
    }

    [Fact]
    public async Task A_server_of_another_authority_or_name_is_not_trusted()
    {
        await using var server = await StartAsync();
        await using var misnamed = await TestApiServer.StartAsync(_certificates.Server("kubernetes.default"));
        using var other = TestCertificates.CreateAuthority("CN=other authority");

        _kubeconfig.With(server.Url, $"certificate-authority-data: {Base64(other.ExportCertificatePem())}");
        await RefusedAsync("cannot be reached: TLS fails");
        _kubeconfig.With(server.Url);
        await RefusedAsync("cannot be reached: TLS fails");
        _kubeconfig.With(misnamed.Url, Authority);
        await RefusedAsync("cannot be reached: TLS fails");
        Assert.Empty(server.Requests);
        Assert.Empty(misnamed.Requests);

        _kubeconfig.With(misnamed.Url, $"{Authority}\ntls-server-name: kubernetes.default");
        await AskAsync();
        _kubeconfig.With(misnamed.Url, "insecure-skip-tls-verify: true");
        await AskAsync();
    }

    [Fact]
    public async Task Tokens_are_sent_from_the_file_they_stand_in()
    {
        await using var server = await StartAsync();
        server.Token = "t0ken";
        _kubeconfig.Write("token", "t0ken\n");

        _kubeconfig.With(server.Url, Authority, "token: t0ken");
        await AskAsync();
        _kubeconfig.With(server.Url, Authority, "token: old\ntokenFile: token");
        await AskAsync();
        _kubeconfig.With(server.Url, Authority, "token: wrong");
        await RefusedAsync("does not accept the credentials (Unauthorized). Log in again");
    }

    [Fact]
    public async Task Client_certificates_let_in()
    {
        await using var server = await StartAsync(trustClients: true);
        var (certificate, key) = _certificates.Client("jane");
        _kubeconfig.Write("jane.crt", certificate);
        _kubeconfig.Write("jane.key", key);

        _kubeconfig.With(server.Url, Authority, $"client-certificate-data: {Base64(certificate)}\nclient-key-data: {Base64(key)}");
        await AskAsync();
        _kubeconfig.With(server.Url, Authority, "client-certificate: jane.crt\nclient-key: jane.key");
        await AskAsync();
        _kubeconfig.With(server.Url, Authority);
        await RefusedAsync("does not accept the credentials");
        _kubeconfig.With(server.Url, Authority, "client-certificate: jane.crt\nclient-key: jane.crt");
        await RefusedAsync("the client certificate or key cannot be used");
    }

    [Fact]
    public async Task Credential_plugins_get_their_arguments_whole_and_are_asked_again_when_a_token_runs_out()
    {
        await using var server = await StartAsync();
        server.Token = "t0ken";
        _kubeconfig.WriteScript(
            "plugin",
            """
            echo "$1|$ROLE|$KUBERNETES_EXEC_INFO" >> "$(dirname "$0")/calls"
            cat > /dev/null
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",'
            echo '"status":{"token":"t0ken","expirationTimestamp":"2026-01-01T00:00:00Z"}}'
            """
        );
        _kubeconfig.With(
            server.Url,
            Authority,
            """
            exec:
              apiVersion: client.authentication.k8s.io/v1
              command: ./plugin
              args: ["two words"]
              env: [{name: ROLE, value: reader}]
              interactiveMode: IfAvailable
              provideClusterInfo: true
            """
        );

        await AskAsync();

        var calls = await File.ReadAllLinesAsync(_kubeconfig.PathOf("calls"));
        Assert.Equal(2, calls.Length);
        Assert.StartsWith(
            """two words|reader|{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","spec":{"interactive":false,"""
                + "\"cluster\":{\"server\":\"https://127.0.0.1:",
            calls[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Credential_plugins_may_give_a_client_certificate()
    {
        await using var server = await StartAsync(trustClients: true);
        var (certificate, key) = _certificates.Client("jane");
        _kubeconfig.Write(
            "credential.json",
            $$$"""
            {"apiVersion":"client.authentication.k8s.io/v1beta1","kind":"ExecCredential",
            "status":{"clientCertificateData":{{{JsonSerializer.Serialize(certificate)}}},"clientKeyData":{{{JsonSerializer.Serialize(
                key
            )}}}}}
            """
        );
        _kubeconfig.With(
            server.Url,
            Authority,
            $"exec: {{apiVersion: client.authentication.k8s.io/v1beta1, command: cat, args: [\"{_kubeconfig.PathOf("credential.json")}\"]}}"
        );

        await AskAsync();
    }

    [Theory]
    [InlineData(
        "exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin, installHint: Get it there.}",
        "the credential plugin no-such-plugin of the user test-user cannot be started: "
    )]
    [InlineData(
        "exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, args: [-c, echo not logged in >&2; exit 3]}",
        "failed with exit code 3: not logged in"
    )]
    [InlineData(
        "exec: {apiVersion: client.authentication.k8s.io/v1, command: echo, args: [s3cret]}",
        "did not print an ExecCredential in JSON"
    )]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1}", "the credential plugin of the user test-user names no command")]
    [InlineData("auth-provider: {name: gcp}", "has an auth-provider, which Kubernetes dropped in 1.26")]
    [InlineData(
        "client-certificate: nowhere.crt\nclient-key: nowhere.key",
        "the client certificate or key cannot be used: Could not find file"
    )]
    public async Task What_cannot_be_used_is_named_and_secrets_are_not(string user, string message)
    {
        _kubeconfig.With("https://127.0.0.1:1", Authority, user);

        var error = await RefusedAsync(message);

        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public async Task Several_files_are_one_and_of_two_definitions_the_first_counts()
    {
        await using var server = await TestApiServer.StartAsync();
        _kubeconfig.With("http://127.0.0.1:1", file: "first", context: "first", ns: "one");
        _kubeconfig.With(server.Url, file: "second", context: "second", ns: "two");
        _kubeconfig.With("http://127.0.0.1:2", file: "third", context: "second", ns: "three");
        var list = string.Join(
            Path.PathSeparator,
            _kubeconfig.PathOf("missing"),
            _kubeconfig.PathOf("first"),
            _kubeconfig.PathOf("second"),
            _kubeconfig.PathOf("third")
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
        _kubeconfig.With("http://127.0.0.1:1");
        Directory.CreateDirectory(_kubeconfig.PathOf(".kube"));

        Assert.Contains(
            "no kubeconfig was found",
            (
                await Assert.ThrowsAsync<ClusterException>(() =>
                    OpenAsync(null, null, name => name == "HOME" ? _kubeconfig.PathOf("") : null)
                )
            ).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "there is no context prod. Pass --context, one of test",
            (await Assert.ThrowsAsync<ClusterException>(() => _kubeconfig.ConnectAsync("prod"))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "which does not exist",
            (await Assert.ThrowsAsync<ClusterException>(() => OpenAsync("/no/such/file", null, static _ => null))).Message,
            StringComparison.Ordinal
        );

        File.Move(_kubeconfig.Path, _kubeconfig.PathOf(".kube/config"));
        using var standard = await OpenAsync(null, null, name => name == "HOME" ? _kubeconfig.PathOf("") : null);
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
    public async Task A_broken_kubeconfig_is_named_with_what_is_broken(string text, string message)
    {
        _kubeconfig.Write("config", text);

        var error = (await Assert.ThrowsAsync<ClusterException>(() => _kubeconfig.ConnectAsync())).Message;
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("current-context: a\ncontexts: [{name: a, context: {cluster: b}}]")]
    [InlineData("current-context: a\ncontexts: [{name: a, context: {cluster: b}}]\nclusters: [{name: b, cluster: {server: 'no url'}}]")]
    [InlineData("{}")]
    public async Task A_path_with_a_line_break_does_not_break_the_line_of_the_message(string text)
    {
        var path = _kubeconfig.Write("a\n::error::b", text);

        var error = await Assert.ThrowsAsync<ClusterException>(() =>
            ClusterConnection.OpenAsync(path, context: null, static _ => null, TestKubeconfig.Retries, CancellationToken.None)
        );
        Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);
        Assert.Contains("a\\n::error::b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_listens_on_IPv6_only_is_reached()
    {
        await using var server = await TestApiServer.StartAsync(_certificates.Server("::1"), address: IPAddress.IPv6Loopback);
        Assert.Contains("https://[::1]:", server.Url, StringComparison.Ordinal);

        _kubeconfig.With(server.Url, Authority);

        await AskAsync();
    }

    [Theory]
    [InlineData("tokenFile: nowhere", "the context test cannot be used: Could not find file")]
    [InlineData("tokenFile: .", "the context test cannot be used: Access to the path")]
    [InlineData("token: \"s3cret\\nX: y\"", "the credentials contain a character that HTTP does not allow in a header")]
    [InlineData("as: \"s3cret\\nX: y\"", "the credentials contain a character that HTTP does not allow in a header")]
    public async Task Credentials_that_cannot_be_sent_are_a_fault_of_the_kubeconfig(string user, string message)
    {
        _kubeconfig.With("https://127.0.0.1:1", Authority, user);

        Assert.DoesNotContain("s3cret", await RefusedAsync(message), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_in_the_URL_of_the_server_is_not_shown()
    {
        _kubeconfig.With("https://user:s3cret@127.0.0.1:1", Authority);

        Assert.StartsWith("https://127.0.0.1:1 (context test) ", await RefusedAsync("cannot be reached"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        _kubeconfig.With("https://127.0.0.1:1", Authority);

        await RefusedAsync(
            "https://127.0.0.1:1 (context test) cannot be reached: Connection refused. Check the cluster and the "
                + "kubeconfig, or pass another --context or --kubeconfig"
        );
    }

    private static Task<KubernetesApi> OpenAsync(string? kubeconfig, string? context, Func<string, string?> environment) =>
        ClusterConnection.OpenAsync(kubeconfig, context, environment, TestKubeconfig.Retries, CancellationToken.None);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private Task<TestApiServer> StartAsync(bool trustClients = false) =>
        TestApiServer.StartAsync(_certificates.Server("127.0.0.1"), trustClients ? _certificates.Authority : null);

    private async Task AskAsync()
    {
        using var api = await _kubeconfig.ConnectAsync();
        Assert.Null(await api.FindAsync(ApiResource.Services, "obs", "tempo", default));
    }

    private async Task<string> RefusedAsync(string message)
    {
        var error = await Assert.ThrowsAnyAsync<ClusterException>(AskAsync);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        return error.Message;
    }
}
