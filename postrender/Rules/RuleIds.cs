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
    public const string GossipLabel = "TPF009";
    public const string FamilyMarker = "TPF017";
}
