namespace Tempo.Helm.Tests.Support;

/// <summary>The one switch by which tests write what they would compare with: documents, snapshots, the repairs of fixtures.</summary>
internal static class Update
{
    /// <summary>Whether <c>TEMPO_HELM_UPDATE=1</c> is in the environment.</summary>
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("TEMPO_HELM_UPDATE") == "1";
}
