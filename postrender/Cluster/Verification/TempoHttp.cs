using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>How the pages of a pod are reached, according to its config file.</summary>
/// <param name="Port">The port of the HTTP server.</param>
/// <param name="Prefixes">The possible prefixes of the paths, the most likely first.</param>
internal sealed record TempoHttp(PodPort Port, IReadOnlyList<string> Prefixes)
{
    private static readonly NodePath Tls = NodePath.Of("server", "http_tls_config");

    /// <summary>Reads the settings of the server; without a config, the defaults.</summary>
    /// <remarks>
    /// server.http_path_prefix is the prefix of all paths; http_api_prefix is for the API, but the proxies of some charts add it to pages,
    /// too.
    /// </remarks>
    public static TempoHttp Of(TempoConfig? config)
    {
        var server = Prefix(config?.Text(NodePath.Of("server", "http_path_prefix")));
        var api = Prefix(config?.Text(NodePath.Of("http_api_prefix")));
        var port = PortNumber.Parse(config?.Text(TempoPort.Http.Path)) ?? TempoPort.Http.Default!.Value;
        var isTls = config?.Text(Tls.Key("cert_file")) is { Length: > 0 } || config?.Text(Tls.Key("cert")) is { Length: > 0 };
        return new TempoHttp(new PodPort(port, isTls), api.Length == 0 ? [server] : [server, server + api]);
    }

    private static string Prefix(string? text) => text?.Trim('/') is { Length: > 0 } prefix ? $"/{prefix}" : "";
}
