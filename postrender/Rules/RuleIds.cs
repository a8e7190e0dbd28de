namespace Tempo.PostRender.Rules;

/// <summary>
/// The ids of all rules there ever were. An id is never given to another rule: people write them into annotations and
/// pipelines. A rule that goes leaves its id in <see cref="Retired"/>. They are no constants, which the compiler would copy into
/// whatever uses them: a use is a dependency that the guards of the layers can see.
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

    // What only the cluster that a release goes to can say.
    public static string ClusterFamily { get; } = "TPF101";
    public static string ServiceReplaced { get; } = "TPF102";
    public static string ImmutableField { get; } = "TPF103";
    public static string PodSecurityLevel { get; } = "TPF104";
    public static string ProbeReach { get; } = "TPF105";

    // What only a running release shows.
    public static string PodReadable { get; } = "TPF201";
    public static string LivePodAddress { get; } = "TPF202";
    public static string PodListeners { get; } = "TPF203";
    public static string PodReady { get; } = "TPF204";
    public static string GossipMembers { get; } = "TPF205";
    public static string RingMembers { get; } = "TPF206";
    public static string ServiceEndpoints { get; } = "TPF207";
    public static string Reachability { get; } = "TPF208";

    /// <summary>Ids of rules that there are no longer; none of them comes back.</summary>
    public static IReadOnlyList<string> Retired { get; } = [];
}
