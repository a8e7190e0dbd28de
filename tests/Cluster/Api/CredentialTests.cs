using System.Text.Json;

namespace Tempo.Helm.Tests.Cluster.Api;

/// <summary>The credentials that a kubeconfig can name, against a server that checks them.</summary>
public sealed class CredentialTests : KubeconfigTest
{
    [Fact]
    public async Task Tokens_are_read_from_the_file_that_names_them()
    {
        await using var server = await StartAsync();
        server.Token = "t0ken";
        Kubeconfig.Write("token", "t0ken\n");

        Kubeconfig.With(server.Url, Authority, "token: t0ken");
        await AskAsync();
        Kubeconfig.With(server.Url, Authority, "token: old\ntokenFile: token");
        await AskAsync();
        Kubeconfig.With(server.Url, Authority, "token: wrong");
        await RefusedAsync("does not accept the credentials (Unauthorized). Log in again");
    }

    [Fact]
    public async Task Client_certificates_are_accepted()
    {
        await using var server = await StartAsync(trustClients: true);
        var (certificate, key) = Certificates.Client("jane");
        Kubeconfig.Write("jane.crt", certificate);
        Kubeconfig.Write("jane.key", key);

        Kubeconfig.With(server.Url, Authority, $"client-certificate-data: {Base64(certificate)}\nclient-key-data: {Base64(key)}");
        await AskAsync();
        Kubeconfig.With(server.Url, Authority, "client-certificate: jane.crt\nclient-key: jane.key");
        await AskAsync();
        Kubeconfig.With(server.Url, Authority);
        await RefusedAsync("does not accept the credentials");
        Kubeconfig.With(server.Url, Authority, "client-certificate: jane.crt\nclient-key: jane.crt");
        await RefusedAsync("the client certificate or key cannot be used");
    }

    [Fact]
    public async Task Credential_plugins_get_their_arguments_whole_and_are_asked_again_when_a_token_runs_out()
    {
        await using var server = await StartAsync();
        server.Token = "t0ken";
        Kubeconfig.WriteScript(
            "plugin",
            """
            echo "$1|$ROLE|$KUBERNETES_EXEC_INFO" >> "$(dirname "$0")/calls"
            cat > /dev/null
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",'
            echo '"status":{"token":"t0ken","expirationTimestamp":"2026-01-01T00:00:00Z"}}'
            """
        );
        Kubeconfig.With(
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

        var calls = await File.ReadAllLinesAsync(Kubeconfig.PathOf("calls"));
        Assert.Equal(2, calls.Length);
        Assert.StartsWith(
            """two words|reader|{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","spec":{"interactive":false,"""
                + "\"cluster\":{\"server\":\"https://127.0.0.1:",
            calls[0]
        );
    }

    [Fact]
    public async Task Credential_plugins_may_give_a_client_certificate()
    {
        await using var server = await StartAsync(trustClients: true);
        var (certificate, key) = Certificates.Client("jane");
        Kubeconfig.Write(
            "credential.json",
            $$$"""
            {"apiVersion":"client.authentication.k8s.io/v1beta1","kind":"ExecCredential",
            "status":{"clientCertificateData":{{{JsonSerializer.Serialize(certificate)}}},"clientKeyData":{{{JsonSerializer.Serialize(
                key
            )}}}}}
            """
        );
        Kubeconfig.With(
            server.Url,
            Authority,
            $"exec: {{apiVersion: client.authentication.k8s.io/v1beta1, command: cat, args: [\"{Kubeconfig.PathOf("credential.json")}\"]}}"
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
    public async Task Credentials_that_cannot_be_used_are_named_without_secrets(string user, string message)
    {
        Kubeconfig.With("https://127.0.0.1:1", Authority, user);

        var error = await RefusedAsync(message);

        Assert.DoesNotContain("s3cret", error);
        Assert.DoesNotContain('\n', error);
    }
}
