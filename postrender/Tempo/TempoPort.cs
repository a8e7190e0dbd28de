using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Tempo;

/// <summary>The setting for a port of Tempo's own servers, and its default.</summary>
/// <param name="Name">What it serves: <c>http</c>.</param>
/// <param name="Path">The path of the setting.</param>
/// <param name="Default">The default port, or null if it is unknown.</param>
public sealed record TempoPort(string Name, NodePath Path, int? Default)
{
    /// <summary>The HTTP server: API, status pages, probes. Its default is 3200; see <see cref="DefaultOf"/>.</summary>
    public static TempoPort Http { get; } = new("http", NodePath.Of("server", "http_listen_port"), 3200);

    /// <summary>The gRPC server, which the other components dial.</summary>
    public static TempoPort Grpc { get; } = new("grpc", NodePath.Of("server", "grpc_listen_port"), 9095);

    /// <summary>memberlist.</summary>
    public static TempoPort Memberlist { get; } = new("memberlist", TempoSettings.MemberlistBindPort, TempoSettings.DefaultMemberlistPort);

    /// <summary>The internal HTTP server, which runs only if it is enabled.</summary>
    public static TempoPort InternalHttp { get; } = new("internal-http", NodePath.Of("internal_server", "http_listen_port"), null);

    /// <summary>The versions whose HTTP server listens on port 80 by default (read in <c>cmd/tempo/app/config.go</c>).</summary>
    private static readonly VersionRange HttpOn80 = VersionRange.Until("2.7");

    /// <summary>The default port.</summary>
    public int? DefaultOf(TempoVersion version) => this == Http && HttpOn80.Contains(version) ? 80 : Default;
}
