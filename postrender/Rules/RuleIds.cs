namespace Tempo.PostRender.Rules;

/// <summary>
/// The ids of all rules, past and present. An id is never reused, because users write ids into annotations and pipelines; the id of
/// a removed rule moves to <see cref="Retired"/>. The ids are properties because the compiler copies constants into the code that
/// uses them, and the tests of the layers would not see the dependency.
/// </summary>
internal static class RuleIds
{
    public static string FamilyDecided { get; } = "TPF000";
    public static string ServiceFamily { get; } = "TPF001";
    public static string ServiceAddress { get; } = "TPF002";
    public static string ServerListen { get; } = "TPF003";
    public static string MemberlistBind { get; } = "TPF004";
    public static string RingFamily { get; } = "TPF005";
    public static string ReceiverEndpoint { get; } = "TPF006";
    public static string PeerAddress { get; } = "TPF007";
    public static string FlagOverride { get; } = "TPF008";
    public static string GossipLabel { get; } = "TPF009";
    public static string GossipRing { get; } = "TPF010";
    public static string ProxyListen { get; } = "TPF011";
    public static string SidecarListen { get; } = "TPF012";
    public static string NetworkPolicy { get; } = "TPF013";
    public static string PodAddress { get; } = "TPF014";
    public static string ConfigRollout { get; } = "TPF015";
    public static string ConfigVisible { get; } = "TPF016";
    public static string FamilyMarker { get; } = "TPF017";
    public static string ObjectStorage { get; } = "TPF018";
    public static string IgnoreAnnotation { get; } = "TPF019";

    // Checks that need the cluster in which the release will be installed.
    public static string ClusterFamily { get; } = "TPF101";
    public static string ServiceReplaced { get; } = "TPF102";
    public static string ImmutableField { get; } = "TPF103";
    public static string PodSecurityLevel { get; } = "TPF104";
    public static string ProbeReach { get; } = "TPF105";

    // Checks that need a running release.
    public static string PodReadable { get; } = "TPF201";
    public static string LivePodAddress { get; } = "TPF202";
    public static string PodListeners { get; } = "TPF203";
    public static string PodReady { get; } = "TPF204";
    public static string GossipMembers { get; } = "TPF205";
    public static string RingMembers { get; } = "TPF206";
    public static string ServiceEndpoints { get; } = "TPF207";
    public static string Reachability { get; } = "TPF208";
    public static string LoadBalancerAddress { get; } = "TPF209";
    public static string TraceReceived { get; } = "TPF210";
    public static string TraceRead { get; } = "TPF211";
    public static string IngressAddress { get; } = "TPF212";

    /// <summary>The ids of removed rules. They are never used again.</summary>
    public static IReadOnlyList<string> Retired { get; } = [];
}
