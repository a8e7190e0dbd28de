namespace Tempo.PostRender.Tempo;

/// <summary>A setting that states a port of Tempo's own servers, and its default (3.0.3, same in 2.x).</summary>
/// <param name="Name">What it serves: <c>http</c>.</param>
/// <param name="Path">Where the port stands.</param>
/// <param name="Default">The port where nothing stands there, or null where that is not known.</param>
public sealed record TempoPort(string Name, Manifests.NodePath Path, int? Default)
{
    /// <summary>The HTTP server: API, status pages, probes.</summary>
    public static TempoPort Http { get; } = new("http", Manifests.NodePath.Of("server", "http_listen_port"), 3200);

    /// <summary>The gRPC server, which the other components dial.</summary>
    public static TempoPort Grpc { get; } = new("grpc", Manifests.NodePath.Of("server", "grpc_listen_port"), 9095);

    /// <summary>memberlist.</summary>
    public static TempoPort Memberlist { get; } = new("memberlist", TempoSettings.MemberlistBindPort, TempoSettings.DefaultMemberlistPort);

    /// <summary>The second HTTP server, where it is enabled.</summary>
    public static TempoPort InternalHttp { get; } = new("internal-http", Manifests.NodePath.Of("internal_server", "http_listen_port"), null);
}
