using System.Net;
using System.Text.Json.Nodes;
using Tempo.PostRender.Cluster;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.Helm.Tests.Cluster.Api;

/// <summary>What the client reads: objects, lists and their pages.</summary>
public sealed class ObjectTests : ApiTest
{
    [Fact]
    public async Task A_live_object_is_read_as_a_manifest_is()
    {
        Server.Store.Add(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: tempo, namespace: obs, annotations: {note: "tab\t, emoji \U0001F680, \x7f, \u2028 and \"quotes\""}}
            spec: {clusterIP: None, ipFamilies: [IPv6], selector: {app: tempo}, ports: [{port: 3200}]}
            """
        );

        var found = await Api.FindAsync(ApiResource.Services, "obs", "tempo", default);

        Assert.Equal("Service/obs/tempo", found!.Reference);
        Assert.Equal("v1", found.Text("apiVersion"));
        Assert.Equal(["IPv6"], found.Texts("spec", "ipFamilies"));
        Assert.Equal("3200", found.Find("spec", "ports").Items().Single().Text("port"));
        Assert.Equal("tab\t, emoji \U0001F680, \x7f, \u2028 and \"quotes\"", found.Annotation("note"));
        Assert.NotNull(found.Text("metadata", "uid"));
        Assert.IsType<LiveDocument>(found.Document);
    }

    [Fact]
    public async Task An_object_that_does_not_exist_is_null_and_a_resource_that_is_not_served_is_an_error()
    {
        Server.NotServed.Add("networking.k8s.io/v1/servicecidrs");

        Assert.Null(await Api.FindAsync(ApiResource.Services, "obs", "tempo", default));
        var error = await Assert.ThrowsAsync<ApiException>(async () => await ListAsync(ApiResource.ServiceCidrs, ns: null));
        Assert.Equal(HttpStatusCode.NotFound, error.Status);
    }

    [Fact]
    public async Task Lists_are_read_page_by_page_and_the_server_applies_selectors()
    {
        AddPods(600);

        Assert.Equal(600, (await ListAsync(ApiResource.Pods, "obs")).Count);
        Assert.Equal(3, Server.Requests.Count(static request => request.Verb == "list"));
        Assert.Equal(["pod-000", "pod-001"], await NamesAsync("number in (0, 1),app=tempo,!other"));
        Assert.Empty(await ListAsync(ApiResource.Pods, "other"));

        Server.Requests.Clear();
        Assert.Equal(3, await Api.ListAsync(ApiResource.Pods, ns: null, labels: null, default).Take(3).CountAsync());
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task A_page_that_expired_starts_the_list_again_and_no_object_is_returned_twice()
    {
        AddPods(600);
        Server.ExpireNextPage = true;

        var names = await NamesAsync();

        Assert.Equal(600, names.Distinct().Count());
        Assert.Equal(600, names.Count);
        Assert.Equal(5, Server.Requests.Count);
    }

    [Theory]
    [InlineData("""{"items":null}""", true)]
    [InlineData("""{"items":null,"metadata":null}""", true)]
    [InlineData("""{"items":{}}""", false)]
    [InlineData("""{"items":[1]}""", false)]
    [InlineData("""{"items":[{"metadata":{"name":"\ud83d"}}]}""", false)]
    [InlineData("""{"kind":"Something"}""", false)]
    [InlineData("[]", false)]
    [InlineData("<html>", false)]
    public async Task An_answer_that_is_not_a_list_is_refused(string body, bool isList)
    {
        Answer(body);

        var reading = async () => await ListAsync(ApiResource.Pods, "obs");

        if (isList)
        {
            Assert.Empty(await reading());
        }
        else
        {
            Assert.Contains(
                "does not answer list pods with Kubernetes objects",
                (await Assert.ThrowsAsync<ClusterException>(reading)).Message
            );
        }
    }

    private async Task<List<string>> NamesAsync(string? labels = null) =>
        await Api.ListAsync(ApiResource.Pods, "obs", labels, default).Select(static pod => pod.Name).ToListAsync();

    private void AddPods(int number)
    {
        for (var i = 0; i < number; i++)
        {
            // Long enough that a page of them is sent compressed.
            Server.Store.Put(
                JsonNode
                    .Parse(
                        $$$"""
                        {"apiVersion":"v1","kind":"Pod",
                        "metadata":{"name":"pod-{{{i:000}}}","namespace":"obs","labels":{"app":"tempo","number":"{{{i}}}"},
                        "annotations":{"filler":"{{{new string('x', 600)}}}"},"managedFields":[{"manager":"m"}]},"spec":{"containers":[]}}
                        """
                    )!
                    .AsObject()
            );
        }
    }
}
