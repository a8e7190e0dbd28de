using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CliWrap;
using CliWrap.Buffered;
using k8s;
using k8s.Authentication;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster;

/// <summary>
/// A credential plugin of a kubeconfig (<c>exec</c>): a program that prints a token or a client certificate. It runs again when they
/// expire. It gets no terminal, because standard input may contain the manifests.
/// </summary>
/// <remarks>
/// The protocol: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins. The client
/// library (21.0.8) joins the arguments with spaces, passes no cluster, and reads the answer only after the plugin has ended, so that
/// a long answer fills the pipe and neither goes on:
/// https://github.com/kubernetes-client/csharp/blob/master/src/KubernetesClient.Aot/KubernetesClientConfiguration.ConfigFile.cs
/// </remarks>
/// <param name="user">The user's name, for messages.</param>
/// <param name="installHint">How to install it, or null.</param>
#pragma warning disable CA1001 // The semaphore's wait handle is never made, so there is nothing to dispose.
internal sealed class ExecCredentials(string user, string apiVersion, Command plugin, string? installHint) : ITokenProvider
#pragma warning restore CA1001
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _one = new(1, 1);
    private DateTimeOffset? _expires;
    private string? _token;

    /// <summary>Reads the <c>exec</c> of a user.</summary>
    /// <param name="user">The user's name, for messages.</param>
    /// <param name="folder">The folder of the kubeconfig, for relative commands.</param>
    /// <param name="cluster">The cluster, for plugins that ask for it.</param>
    public static ExecCredentials Read(MappingNode exec, string user, string folder, YamlNode? cluster)
    {
        var command = exec.Text("command") is { Length: > 0 } text
            ? text
            : throw new ClusterException($"the credential plugin of the user {Printable.OneLine(user)} names no command");
        var apiVersion = exec.Text("apiVersion") ?? "client.authentication.k8s.io/v1";
        var variables = new Dictionary<string, string?>
        {
            ["KUBERNETES_EXEC_INFO"] = Info(apiVersion, exec.Text("provideClusterInfo") == "true" ? cluster : null),
        };
        foreach (var variable in exec.Get("env").Items())
        {
            variables[variable.Text("name") ?? ""] = variable.Text("value");
        }

        // As for kubectl: a path is relative to the kubeconfig, a bare name is looked up on PATH.
        var program = command.Contains('/', StringComparison.Ordinal) ? Path.Combine(folder, command) : command;
        return new ExecCredentials(
            user,
            apiVersion,
            CliWrap
                .Cli.Wrap(program)
                .WithArguments((exec.Get("args") as SequenceNode).Texts())
                .WithEnvironmentVariables(variables)
                .WithValidation(CommandResultValidation.None),
            exec.Text("installHint")
        );
    }

    /// <summary>Runs the plugin and sets its credentials in the configuration.</summary>
    public async Task ConfigureAsync(KubernetesClientConfiguration configuration, CancellationToken cancellationToken)
    {
        var status = await AskAsync(cancellationToken);
        configuration.ClientCertificateData = Encode(status.Certificate) ?? configuration.ClientCertificateData;
        configuration.ClientCertificateKeyData = Encode(status.Key) ?? configuration.ClientCertificateKeyData;
        configuration.TokenProvider = _token is null ? configuration.TokenProvider : this;

        static string? Encode(string? pem) => pem is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));
    }

    /// <inheritdoc/>
    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_expires is { } expires && TimeProvider.System.GetUtcNow() + Early >= expires)
            {
                await AskAsync(cancellationToken);
            }

            return new AuthenticationHeaderValue("Bearer", _token);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<(string? Certificate, string? Key)> AskAsync(CancellationToken cancellationToken)
    {
        var name = $"the credential plugin {Printable.OneLine(plugin.TargetFilePath)} of the user {Printable.OneLine(user)}";
        BufferedCommandResult result;
        try
        {
            result = await plugin.ExecuteBufferedAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            var hint = installHint is null ? "Install it, or pass another --context" : Printable.OneLine(installHint).TrimEnd('.');
            throw new ClusterException(
                $"{name} cannot be started: {ClusterException.MessageOf(exception.InnerException ?? exception)}. {hint}",
                exception
            );
        }

        if (result.ExitCode != 0)
        {
            throw new ClusterException(
                $"{name} failed with exit code {result.ExitCode}: {Printable.OneLine(result.StandardError.Trim()).TrimEnd('.')}"
            );
        }

        try
        {
            using var json = JsonDocument.Parse(result.StandardOutput);
            if (json.RootElement.Text("apiVersion") != apiVersion || !json.RootElement.TryGetProperty("status", out var status))
            {
                throw new ClusterException(
                    $"{name} did not print an ExecCredential of {Printable.OneLine(apiVersion)} with a status, which the "
                        + "kubeconfig asks for"
                );
            }

            _token = status.Text("token");
            _expires = status.Text("expirationTimestamp") is { } expires
                ? DateTimeOffset.Parse(expires, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                : null;
            var (certificate, key) = (status.Text("clientCertificateData"), status.Text("clientKeyData"));
            return _token is null && certificate is null
                ? throw new ClusterException($"{name} printed neither a token nor a client certificate")
                : (certificate, key);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            // The output may contain a credential, so it is not quoted.
            throw new ClusterException($"{name} did not print an ExecCredential in JSON");
        }
    }

    /// <summary>What the plugin reads about its caller.</summary>
    private static string Info(string apiVersion, YamlNode? cluster)
    {
        var spec = new JsonObject { ["interactive"] = false };
        if (cluster is not null)
        {
            spec["cluster"] = new JsonObject(
                ((IEnumerable<string>)["server", "tls-server-name", "certificate-authority-data", "proxy-url"])
                    .Where(key => cluster.Text(key) is not null)
                    .Select(key => KeyValuePair.Create(key, (JsonNode?)cluster.Text(key)))
            )
            {
                ["insecure-skip-tls-verify"] = cluster.Text("insecure-skip-tls-verify") == "true",
            };
        }

        var info = new JsonObject
        {
            ["apiVersion"] = apiVersion,
            ["kind"] = "ExecCredential",
            ["spec"] = spec,
        };
        return info.ToJsonString();
    }
}
