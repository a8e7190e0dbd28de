using Microsoft.AspNetCore.Http;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.PostRender.Cluster;

namespace Tempo.Helm.Tests.Cluster.Api;

/// <summary>Servers that are busy, slow, or no API servers.</summary>
public sealed class RetryTests : ApiTest
{
    [Theory]
    [InlineData(429, "1")]
    [InlineData(429, null)]
    [InlineData(500, null)]
    [InlineData(503, null)]
    public async Task A_request_to_a_busy_server_is_repeated_when_the_server_says(int status, string? retryAfter)
    {
        Server.Store.Add(Pod);
        var faults = 2;
        Server.Intercept = async (http, _) =>
        {
            if (faults-- <= 0)
            {
                return false;
            }

            http.Response.Headers.RetryAfter = retryAfter is null ? default : new Microsoft.Extensions.Primitives.StringValues(retryAfter);
            await ApiStatus.WriteAsync(http, status, "TooManyRequests", "please try again later");
            return true;
        };

        var started = TimeProvider.System.GetTimestamp();
        Assert.NotNull(await FindPodAsync());
        Assert.True(retryAfter is null || TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds(1.9));
        Assert.Equal(3, Server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_stays_busy_is_an_error_after_some_attempts()
    {
        Server.Refuse(static _ => true, 429, "TooManyRequests", "too many requests");

        var error = await Assert.ThrowsAsync<ApiException>(() => FindPodAsync());

        Assert.Equal(
            $"{Server.Url} (context test) answers get pods tempo-0 in the namespace obs with 429: too many requests",
            error.Message
        );
        Assert.Equal(4, Server.Requests.Count);
    }

    [Fact]
    public async Task A_request_is_repeated_after_a_broken_connection_unless_it_changes_something()
    {
        Server.Store.Add(Pod);
        var faults = 3;
        Server.Intercept = async (http, request) =>
        {
            if (faults-- <= 0)
            {
                return false;
            }

            // Half an answer, then nothing.
            http.Response.ContentLength = 1000;
            await http.Response.WriteAsync("{\"kind\":");
            await http.Response.Body.FlushAsync();
            http.Abort();
            return true;
        };

        Assert.NotNull(await FindPodAsync());
        faults = 1;
        var error = await Assert.ThrowsAsync<ClusterException>(() => PatchPodAsync("{}"));
        Assert.StartsWith($"{Server.Url} (context test) cannot be reached: ", error.Message);
        Assert.Equal(5, Server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_an_error()
    {
        using var api = await TestKubeconfig.ConnectAsync(
            Server,
            new RetryPolicy(TimeSpan.FromMilliseconds(300), 2, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1))
        );
        Server.Intercept = static async (http, _) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            return true;
        };

        var error = await Assert.ThrowsAsync<ClusterException>(() => api.FindAsync(ApiResource.Pods, "obs", "tempo-0", default));

        Assert.Contains("did not answer get pods tempo-0 in the namespace obs within 0 seconds, in 2 attempts", error.Message);
    }

    [Fact]
    public async Task A_server_that_is_not_an_API_server_is_named_as_such()
    {
        Answer("<html>Welcome</html>");

        var error = await Assert.ThrowsAsync<ClusterException>(() => FindPodAsync());

        Assert.Contains("Check that the server in the kubeconfig is a Kubernetes API server", error.Message);
    }
}
