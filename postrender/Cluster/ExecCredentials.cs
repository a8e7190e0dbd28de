using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using k8s;
using k8s.Authentication;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cluster;

/// <summary>
/// A credential plugin of a kubeconfig (<c>exec</c>): a program that prints a token or a client certificate. It runs again when they
/// expire. It gets no terminal, because standard input may contain the manifests.
/// </summary>
/// <remarks>The protocol: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins</remarks>
#pragma warning disable CA1001 // The semaphore's wait handle is never made, so there is nothing to dispose.
internal sealed class ExecCredentials : ITokenProvider
#pragma warning restore CA1001
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _one = new(1, 1);
    private DateTimeOffset? _expires;
    private string? _token;

    private ExecCredentials(string user, string apiVersion, Command command, string? installHint) =>
        (User, ApiVersion, Plugin, InstallHint) = (user, apiVersion, command, installHint);

    private string User { get; }

    private string ApiVersion { get; }

    private Command Plugin { get; }

    private string? InstallHint { get; }

    /// <summary>Reads the <c>exec</c> of a user.</summary>
    /// <param name="exec">The node.</param>
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
        var status = await AskAsync(cancellationToken).ConfigureAwait(false);
        configuration.ClientCertificateData = Encode(status.Certificate) ?? configuration.ClientCertificateData;
        configuration.ClientCertificateKeyData = Encode(status.Key) ?? configuration.ClientCertificateKeyData;
        configuration.TokenProvider = _token is null ? configuration.TokenProvider : this;

        static string? Encode(string? pem) => pem is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));
    }

    /// <inheritdoc/>
    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_expires is { } expires && TimeProvider.System.GetUtcNow() + Early >= expires)
            {
                await AskAsync(cancellationToken).ConfigureAwait(false);
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
        var plugin = $"the credential plugin {Printable.OneLine(Plugin.TargetFilePath)} of the user {Printable.OneLine(User)}";
        BufferedCommandResult result;
        try
        {
            result = await Plugin.ExecuteBufferedAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            var hint = InstallHint is null ? "Install it, or pass another --context" : Printable.OneLine(InstallHint).TrimEnd('.');
            throw new ClusterException(
                $"{plugin} cannot be started: "
                    + $"{Printable.OneLine(exception.InnerException?.Message ?? exception.Message).TrimEnd('.')}. {hint}",
                exception
            );
        }

        if (result.ExitCode != 0)
        {
            throw new ClusterException(
                $"{plugin} failed with exit code {result.ExitCode}: {Printable.OneLine(result.StandardError.Trim()).TrimEnd('.')}"
            );
        }

        try
        {
            using var json = JsonDocument.Parse(result.StandardOutput);
            if (Text(json.RootElement, "apiVersion") != ApiVersion || !json.RootElement.TryGetProperty("status", out var status))
            {
                throw new ClusterException(
                    $"{plugin} did not print an ExecCredential of {Printable.OneLine(ApiVersion)} with a status, which the "
                        + "kubeconfig asks for"
                );
            }

            _token = Text(status, "token");
            _expires = Text(status, "expirationTimestamp") is { } expires
                ? DateTimeOffset.Parse(expires, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                : null;
            var (certificate, key) = (Text(status, "clientCertificateData"), Text(status, "clientKeyData"));
            return _token is null && certificate is null
                ? throw new ClusterException($"{plugin} printed neither a token nor a client certificate")
                : (certificate, key);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            // The output may contain a credential, so it is not quoted.
            throw new ClusterException($"{plugin} did not print an ExecCredential in JSON");
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Info(string apiVersion, YamlNode? cluster)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", apiVersion);
            json.WriteString("kind", "ExecCredential");
            json.WriteStartObject("spec");
            json.WriteBoolean("interactive", value: false);
            if (cluster is not null)
            {
                json.WriteStartObject("cluster");
                foreach (var key in (IEnumerable<string>)["server", "tls-server-name", "certificate-authority-data", "proxy-url"])
                {
                    if (cluster.Text(key) is { } value)
                    {
                        json.WriteString(key, value);
                    }
                }

                json.WriteBoolean("insecure-skip-tls-verify", cluster.Text("insecure-skip-tls-verify") == "true");
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
