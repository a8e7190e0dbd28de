namespace Tempo.PostRender.Rules;

/// <summary>
/// The ids of all rules there ever were. An id is never given to another rule: people write them into annotations and
/// pipelines. A rule that goes leaves its line here, marked as retired.
/// </summary>
internal static class RuleIds
{
    public const string FamilyDecided = "TPF000";
    public const string ServiceFamily = "TPF001";
    public const string ServiceAddress = "TPF002";
    public const string ServerListen = "TPF003";
    public const string MemberlistBind = "TPF004";
    public const string RingFamily = "TPF005";
    public const string ReceiverEndpoint = "TPF006";
    public const string PeerAddress = "TPF007";
    public const string FlagOverride = "TPF008";
    public const string GossipLabel = "TPF009";
    public const string GossipRing = "TPF010";
    public const string ProxyListen = "TPF011";
    public const string SidecarListen = "TPF012";
    public const string NetworkPolicy = "TPF013";
    public const string PodAddress = "TPF014";
    public const string ConfigRollout = "TPF015";
    public const string ConfigVisible = "TPF016";
    public const string FamilyMarker = "TPF017";
    public const string ObjectStorage = "TPF018";

    // What only the cluster that a release goes to can say.
    public const string ClusterFamily = "TPF101";
    public const string ServiceReplaced = "TPF102";
    public const string ImmutableField = "TPF103";
    public const string PodSecurityLevel = "TPF104";
    public const string ProbeReach = "TPF105";

    // What only a running release shows.
    public const string PodReadable = "TPF201";
    public const string LivePodAddress = "TPF202";
    public const string PodListeners = "TPF203";
    public const string PodReady = "TPF204";
    public const string GossipMembers = "TPF205";
    public const string RingMembers = "TPF206";
    public const string ServiceEndpoints = "TPF207";
}
