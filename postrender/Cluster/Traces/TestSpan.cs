using System.Security.Cryptography;

namespace Tempo.PostRender.Cluster.Traces;

/// <summary>A trace of one span, with ids of its own and nothing else in it but a name and a time.</summary>
/// <param name="TraceId">The trace's id, 16 bytes.</param>
/// <param name="SpanId">The span's id, 8 bytes.</param>
/// <param name="Start">When it starts; it lasts a millisecond.</param>
internal sealed record TestSpan(byte[] TraceId, byte[] SpanId, DateTimeOffset Start)
{
    /// <summary>The service name of every test span, by which users recognize them.</summary>
    public const string ServiceName = "tempo-postrender-verify";

    /// <summary>The trace's id as Tempo writes it.</summary>
    public string Id => Convert.ToHexStringLower(TraceId);

    /// <summary>A span that starts now, with random ids.</summary>
    public static TestSpan Create() =>
        new(RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(8), TimeProvider.System.GetUtcNow());
}
