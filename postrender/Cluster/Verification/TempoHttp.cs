using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>How the pages of a pod are reached, according to its config file.</summary>
/// <param name="Port">The port of the HTTP server.</param>
/// <param name="IsTls">Whether it uses TLS.</param>
/// <param name="Prefixes">The possible prefixes of the paths, the most likely first.</param>
internal sealed record TempoHttp(int Port, bool IsTls, IReadOnlyList<string> Prefixes)
{
    private static readonly NodePath[] Certificates =
    [
        NodePath.Of("server", "http_tls_config", "cert_file"),
        NodePath.Of("server", "http_tls_config", "cert"),
    ];

    /// <summary>Reads the settings of the server; without a config, the defaults.</summary>
    /// <remarks>
    /// server.http_path_prefix is the prefix of all paths; http_api_prefix is for the API, but the proxies of some charts add it to pages,
    /// too.
    /// </remarks>
    public static TempoHttp Of(TempoConfig? config)
    {
        var server = Prefix(config?.Text(NodePath.Of("server", "http_path_prefix")));
        var api = Prefix(config?.Text(NodePath.Of("http_api_prefix")));
        return new TempoHttp(
            int.TryParse(config?.Text(TempoPort.Http.Path), out var port) && port > 0 ? port : TempoPort.Http.Default!.Value,
            config is not null && Certificates.Any(path => config.Text(path) is { Length: > 0 }),
            api.Length == 0 ? [server] : [server, server + api]
        );
    }

    private static string Prefix(string? text) => text?.Trim('/') is { Length: > 0 } prefix ? $"/{prefix}" : "";
}
