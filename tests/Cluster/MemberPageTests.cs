using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster;
using Tempo.PostRender.Cluster.Pages;

namespace Tempo.Helm.Tests.Cluster;

/// <summary>Tempo's pages about members, in both forms in which they come.</summary>
public class MemberPageTests
{
    [Fact]
    public void Memberlist_as_JSON()
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
    public void Memberlist_as_HTML()
    {
        var members = MemberPage.ReadMemberlist(
            """
            <!DOCTYPE html><html><head><title>Memberlist Status</title></head><body>
            <table width="100%" border="1"><thead><tr><th>Key</th><th>Codec</th></tr></thead>
            <tbody><tr><td>collectors/live-store</td><td>ringDesc</td></tr></tbody></table>
            <h2>Memberlist Cluster Members</h2>
            <table width="100%" border="1">
                <thead>
                <tr>
                    <th>Name</th>
                    <th>Address</th>
                    <th>State</th>
                </tr>
                </thead>
                <tbody>
                    <tr>
                        <td>tempo-live-store-0-&#43;1</td>
                        <td>[fd00:6::12]:7946</td>
                        <td>0</td>
                    </tr>
                    <tr><td>gone</td><td>10.1.0.7:7946</td><td>3</td></tr>
                </tbody>
            </table>
            </body></html>
            """
        );

        var member = Assert.Single(members);
        Assert.Equal(("tempo-live-store-0-+1", "[fd00:6::12]:7946", "Alive"), (member.Name, member.Endpoint.ToString(), member.State));
    }

    [Fact]
    public void A_process_without_memberlist_says_so() => Assert.True(MemberPage.SaysNoMemberlist("This instance doesn't use memberlist."));

    [Fact]
    public void A_ring_as_JSON()
    {
        var instances = MemberPage.Ring.Read(
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
    public void A_ring_as_HTML()
    {
        var instance = Assert.Single(
            MemberPage.Ring.Read(
                """
                <h1>Ring Status</h1><form action="" method="POST"><input type="hidden" name="csrf_token" value="x">
                <table width="100%" border="1">
                  <thead><tr><th>Instance ID</th><th>Availability Zone</th><th>State</th>
                    <th>Address</th><th>Tokens</th><th>Actions</th></tr></thead>
                  <tbody><tr bgcolor="#BEBEBE"><td>tempo-live-store-0</td><td></td><td>ACTIVE</td><td>[fd00:6::12]:9095</td><td>128</td>
                    <td><button name="forget" value="tempo-live-store-0" type="submit">Forget</button></td></tr></tbody>
                </table></form>
                """
            )
        );

        Assert.Equal(("tempo-live-store-0", "[fd00:6::12]:9095", "ACTIVE"), (instance.Name, instance.Endpoint.ToString(), instance.State));
    }

    [Fact]
    public void Empty_lists_are_null_in_Gos_JSON()
    {
        Assert.Empty(MemberPage.ReadMemberlist("""{"SortedMembers":null}"""));
        Assert.Empty(MemberPage.Ring.Read("""{"shards":null}"""));
    }

    [Theory]
    [InlineData("<html><body>404 page not found</body></html>")]
    [InlineData("{\"other\":1}")]
    [InlineData("{\"shards\":[{\"id\":1}],\"SortedMembers\":[{}]}")]
    [InlineData("{\"shards\":[")]
    public void Any_other_page_is_refused(string body)
    {
        Assert.Throws<UnreadableException>(() => MemberPage.ReadMemberlist(body));
        Assert.Throws<UnreadableException>(() => MemberPage.Ring.Read(body));
    }
}
