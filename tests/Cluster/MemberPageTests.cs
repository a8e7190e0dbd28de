using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster;
using Tempo.PostRender.Cluster.Pages;

namespace Tempo.Helm.Tests.Cluster;

/// <summary>Tempo's pages about members.</summary>
public class MemberPageTests
{
    [Fact]
    public void The_members_of_memberlist_that_are_not_gone_are_read()
    {
        var members = MemberPage.ReadMemberlist(
            """
            {"Now":"2026-11-22T12:00:00Z","Memberlist":{},"SortedMembers":[
              {"Name":"tempo-distributor-7d9-x2-1f0a","Addr":"fd00:6::12","Port":7946,"Meta":null,"State":0,"PMin":1,"PMax":5},
              {"Name":"tempo-querier-5c4-k8-88ab","Addr":"10.1.0.7","Port":7946,"State":1},
              {"Name":"gone","Addr":"fd00:6::13","Port":7946,"State":2},
              {"Name":"left","Addr":"fd00:6::14","Port":7946,"State":3}],
             "Store":{"collectors/live-store":{"Version":3,"CodecID":"ringDesc"}},"ReceivedMessages":null,"SentMessages":null}
            """
        );

        Assert.Equal(
            [
                ("tempo-distributor-7d9-x2-1f0a", "[fd00:6::12]:7946", "Alive", AddressFamily.IPv6),
                ("tempo-querier-5c4-k8-88ab", "10.1.0.7:7946", "Suspect", AddressFamily.IPv4),
            ],
            members.Select(static member => (member.Name, member.Endpoint.ToString(), member.State, member.Family!.Value))
        );
    }

    [Fact]
    public void A_process_without_memberlist_says_so() => Assert.True(MemberPage.SaysNoMemberlist("This instance doesn't use memberlist."));

    [Fact]
    public void The_instances_of_a_ring_are_read()
    {
        var instances = MemberPage.ReadRing(
            """
            {"shards":[{"id":"tempo-live-store-0","state":"ACTIVE","address":"[fd00:6::12]:9095",
                        "timestamp":"2026-11-22T12:00:00Z","registered_timestamp":"2026-11-22T11:00:00Z","zone":"","tokens":[1,2,3]},
                       {"id":"tempo-live-store-1","state":"UNHEALTHY","address":"10.1.0.7:9095","tokens":[]}],"now":"2026-11-22T12:00:00Z"}
            """
        );

        Assert.Equal(
            [
                ("tempo-live-store-0", "[fd00:6::12]:9095", "ACTIVE", AddressFamily.IPv6),
                ("tempo-live-store-1", "10.1.0.7:9095", "UNHEALTHY", AddressFamily.IPv4),
            ],
            instances.Select(static member => (member.Name, member.Endpoint.ToString(), member.State, member.Family!.Value))
        );
    }

    [Fact]
    public void Empty_lists_are_null_in_Gos_JSON()
    {
        Assert.Empty(MemberPage.ReadMemberlist("""{"SortedMembers":null}"""));
        Assert.Empty(MemberPage.ReadRing("""{"shards":null}"""));
    }

    [Theory]
    [InlineData("<html><body>404 page not found</body></html>")]
    [InlineData("{\"other\":1}")]
    [InlineData("{\"shards\":[{\"id\":1}],\"SortedMembers\":[{}]}")]
    [InlineData("{\"shards\":[")]
    public void Any_other_page_is_refused(string body)
    {
        Assert.Throws<UnreadableException>(() => MemberPage.ReadMemberlist(body));
        Assert.Throws<UnreadableException>(() => MemberPage.ReadRing(body));
    }
}
