using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tempo.Helm.Tests.Cluster.Server;

/// <summary>
/// A small API server over real HTTP that behaves like the one of Kubernetes: Status objects, content types, pages that
/// expire, resources that a version does not serve, the kubelet's part of logs, proxies and ephemeral containers.
/// </summary>
internal sealed class TestApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _inFlight;

    private TestApiServer(WebApplication app)
    {
        _app = app;
        EphemeralContainers = new EphemeralContainers(Store);
        CreatedPods = new CreatedPods(Store);
    }

    public ApiStore Store { get; } = new();

    public EphemeralContainers EphemeralContainers { get; }

    public CreatedPods CreatedPods { get; }

    /// <summary>The server's URL, without a slash at its end.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The one bearer token that is accepted, or null to accept everybody.</summary>
    public string? Token { get; set; }

    /// <summary>The authority of clients that are let in without a token, or null.</summary>
    public X509Certificate2? ClientAuthority { get; init; }

    /// <summary>Whether a request is permitted.</summary>
    public Func<ApiRequest, bool> IsPermitted { get; set; } = static _ => true;

    /// <summary>Resources that the server's version does not serve, as <c>group/version/resource</c>.</summary>
    public HashSet<string> NotServed { get; } = [];

    /// <summary>Answers instead of the server if it returns true, to simulate faults.</summary>
    public Func<HttpContext, ApiRequest, Task<bool>> Intercept { get; set; } = static (_, _) => Task.FromResult(false);

    /// <summary>The HTTP servers of pods, by namespace/pod/port: path and query in, answer out.</summary>
    public ConcurrentDictionary<string, Func<string, (int Status, string Body)>> PodServers { get; } = new();

    /// <summary>The logs of containers, by namespace/pod/container.</summary>
    public ConcurrentDictionary<string, string> Logs { get; } = new();

    /// <summary>Everything that was asked, in order.</summary>
    public ConcurrentQueue<ApiRequest> Requests { get; } = new();

    /// <summary>The most requests that were in flight at once.</summary>
    public int MostInFlight { get; private set; }

    /// <summary>Whether the pages of the next list expire before they are asked for.</summary>
    public bool ExpireNextPage { get; set; }

    /// <summary>Starts a server on a free port of the loopback.</summary>
    /// <param name="certificate">Its certificate, or null for plain HTTP.</param>
    /// <param name="clientAuthority">The authority of client certificates.</param>
    /// <param name="address">The address to listen on.</param>
    public static async Task<TestApiServer> StartAsync(
        X509Certificate2? certificate = null,
        X509Certificate2? clientAuthority = null,
        IPAddress? address = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                address ?? IPAddress.Loopback,
                0,
                listen =>
                {
                    listen.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
                    if (certificate is not null)
                    {
                        listen.UseHttps(
                            certificate,
                            static https =>
                            {
                                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                                https.AllowAnyClientCertificate();
                            }
                        );
                    }
                }
            )
        );
        var server = new TestApiServer(builder.Build()) { ClientAuthority = clientAuthority };
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        server.Url = server
            ._app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First()
            .Replace("127.0.0.1", address is null ? "127.0.0.1" : address.ToString());
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Answers some requests with an error, as admission controllers and busy servers do.</summary>
    public void Refuse(Func<ApiRequest, bool> isRefused, int code, string reason, string message) =>
        Intercept = async (http, request) =>
        {
            var refuses = isRefused(request);
            if (refuses)
            {
                await ApiStatus.WriteAsync(http, code, reason, message);
            }

            return refuses;
        };

    private async Task HandleAsync(HttpContext http)
    {
        var inFlight = Interlocked.Increment(ref _inFlight);
        lock (Requests)
        {
            MostInFlight = Math.Max(MostInFlight, inFlight);
        }

        try
        {
            await AnswerAsync(http);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers["Audit-Id"] = Guid.NewGuid().ToString();
        if (ApiRequest.Parse(http.Request) is not { } request)
        {
            await PlainNotFoundAsync(http);
            return;
        }

        Requests.Enqueue(request);
        if (!IsAuthenticated(http))
        {
            await ApiStatus.WriteAsync(http, 401, "Unauthorized", "Unauthorized");
        }
        else if (await Intercept(http, request))
        {
            return;
        }
        else if (!IsPermitted(request))
        {
            await ApiStatus.ForbiddenAsync(http, request);
        }
        else if (NotServed.Contains($"{request.Group}/{request.Version}/{request.Resource}"))
        {
            await PlainNotFoundAsync(http);
        }
        else
        {
            await ServeAsync(http, request);
        }
    }

    private Task ServeAsync(HttpContext http, ApiRequest request) =>
        (request.Verb, request.Subresource) switch
        {
            ("list", null) => ListAsync(http, request),
            ("get", null) => Store.Find(request) is { } found ? ApiJson.WriteAsync(http, found) : ApiStatus.NotFoundAsync(http, request),
            ("get", "log") => LogAsync(http, request),
            ("get", "proxy") => ProxyAsync(http, request),
            ("create", null) when request.Resource == "pods" => CreatedPods.CreateAsync(http, request),
            ("delete", null) when request.Resource == "pods" => CreatedPods.DeleteAsync(http, request),
            ("patch", "ephemeralcontainers") => EphemeralContainers.PatchAsync(http, request),
            _ => ApiStatus.WriteAsync(http, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource"),
        };

    private bool IsAuthenticated(HttpContext http)
    {
        if (Token is null && ClientAuthority is null)
        {
            return true;
        }

        return (Token is not null && http.Request.Headers.Authorization == $"Bearer {Token}")
            || (
                ClientAuthority is not null
                && http.Connection.ClientCertificate is { } client
                && client.IssuerName.Name == ClientAuthority.SubjectName.Name
            );
    }

    private static Task PlainNotFoundAsync(HttpContext http)
    {
        http.Response.StatusCode = 404;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync("404 page not found\n");
    }

    private async Task ListAsync(HttpContext http, ApiRequest request)
    {
        var query = http.Request.Query;
        var all = Store.List(request, query["labelSelector"]);
        var start = 0;
        if (query["continue"].ToString() is { Length: > 0 } token)
        {
            if (ExpireNextPage)
            {
                ExpireNextPage = false;
                await ApiStatus.WriteAsync(
                    http,
                    410,
                    "Expired",
                    "The provided continue parameter is too old to display a consistent list result.",
                    new JsonObject { ["continue"] = token }
                );
                return;
            }

            start = int.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(token)), CultureInfo.InvariantCulture);
        }

        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var number) && number > 0 ? number : all.Count;
        var page = all.Skip(start).Take(limit).ToList();
        var metadata = new JsonObject { ["resourceVersion"] = Store.Version.ToString(CultureInfo.InvariantCulture) };
        if (start + page.Count < all.Count)
        {
            metadata["continue"] = Convert.ToBase64String(
                Encoding.UTF8.GetBytes((start + page.Count).ToString(CultureInfo.InvariantCulture))
            );
            if (string.IsNullOrEmpty(query["labelSelector"]))
            {
                metadata["remainingItemCount"] = all.Count - start - page.Count;
            }
        }

        // Items of a list state neither version nor kind.
        page.ForEach(static item =>
        {
            item.Remove("kind");
            item.Remove("apiVersion");
        });
        await ApiJson.WriteAsync(
            http,
            new JsonObject
            {
                ["kind"] = "List",
                ["apiVersion"] = request.Group.Length == 0 ? request.Version : $"{request.Group}/{request.Version}",
                ["metadata"] = metadata,
                ["items"] = new JsonArray([.. page]),
            }
        );
    }

    private async Task LogAsync(HttpContext http, ApiRequest request)
    {
        var container = http.Request.Query["container"].ToString();
        if (Store.Find(request) is not { } pod)
        {
            await ApiStatus.NotFoundAsync(http, request);
            return;
        }

        var log = Logs.TryGetValue($"{request.Namespace}/{request.Name}/{container}", out var text)
            ? text
            : EphemeralContainers.Log(pod, container) ?? CreatedPods.Log(pod);
        if (log is null)
        {
            await ApiStatus.WriteAsync(
                http,
                400,
                "BadRequest",
                $"container \"{container}\" in pod \"{request.Name}\" is waiting to start: ContainerCreating"
            );
            return;
        }

        http.Response.ContentType = "text/plain";
        await http.Response.WriteAsync(log);
    }

    private async Task ProxyAsync(HttpContext http, ApiRequest request)
    {
        var port = request.Name!.Split(':')[^1];
        if (Store.Find(request) is null)
        {
            await ApiStatus.NotFoundAsync(http, request);
        }
        else if (!PodServers.TryGetValue($"{request.Namespace}/{request.ObjectName}/{port}", out var serve))
        {
            await ApiStatus.WriteAsync(
                http,
                503,
                "ServiceUnavailable",
                $"error trying to reach service: dial tcp: connect: connection refused"
            );
        }
        else
        {
            var (status, body) = serve($"/{request.Rest}{http.Request.QueryString}");
            http.Response.StatusCode = status;
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync(body);
        }
    }
}
