using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tempo.PostRender.Cluster.Traces;

namespace Tempo.Helm.Tests.Cluster.Server;

/// <summary>
/// Receivers and a query-frontend over real HTTP: what is posted to one is found by the other, if it is a span that a test has sent, in
/// the protocol of the path.
/// </summary>
internal sealed class FakeTempo : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HashSet<string> _stored = [];

    private FakeTempo(WebApplication app) => _app = app;

    /// <summary>The spans that a test sends.</summary>
    public List<TestSpan> Spans { get; } = [];

    /// <summary>The tenant without which nothing is taken, or null.</summary>
    public string? Tenant { get; set; }

    /// <summary>The HTTP status of refused requests, or null if none is refused.</summary>
    public int? Refusal { get; set; }

    /// <summary>The status of gRPC.</summary>
    public int GrpcStatus { get; set; }

    /// <summary>Whether what is taken is also found.</summary>
    public bool IsFound { get; set; } = true;

    /// <summary>The paths of everything that was asked.</summary>
    public List<string> Paths { get; } = [];

    /// <summary>The port.</summary>
    public int Port { get; private set; }

    /// <summary>Starts it on a free port of an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="isHttp2">Whether it speaks HTTP/2, as gRPC does; else HTTP/1.</param>
    /// <param name="certificate">Its certificate, or null for none.</param>
    public static Task<FakeTempo> StartAsync(IPAddress address, bool isHttp2 = false, X509Certificate2? certificate = null) =>
        StartAsync(new IPEndPoint(address, 0), socket: null, isHttp2, certificate);

    /// <summary>Starts it on a socket that listens, which may be one of another network namespace. It disposes the socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="isHttp2">Whether it speaks HTTP/2.</param>
    public static Task<FakeTempo> StartAsync(Socket socket, bool isHttp2 = false) =>
        StartAsync((IPEndPoint)socket.LocalEndPoint!, socket, isHttp2, certificate: null);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<FakeTempo> StartAsync(IPEndPoint address, Socket? socket, bool isHttp2, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        if (socket is not null)
        {
            // Not by its handle: that would be closed twice, and the second time it could be the handle of another test's socket.
            builder.WebHost.UseSockets(options => options.CreateBoundListenSocket = _ => socket);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                address,
                options =>
                {
                    options.Protocols = isHttp2 ? HttpProtocols.Http2 : HttpProtocols.Http1;
                    if (certificate is not null)
                    {
                        options.UseHttps(certificate);
                    }
                }
            )
        );
        var server = new FakeTempo(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        var url = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        server.Port = new Uri(url).Port;
        return server;
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        lock (Paths)
        {
            Paths.Add(path);
        }

        if (http.Request.Method == "GET")
        {
            await ReadAsync(http, path);
            return;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var format = SpanFormat.All.Single(format => format.Path == path);
        var span = Spans.Find(span => format.Body(span).AsSpan().SequenceEqual(body.ToArray()));
        var isGood = span is not null && http.Request.ContentType == format.ContentType;
        var status =
            Refusal
            ?? (
                !isGood ? 400
                : Tenant is not null && http.Request.Headers["X-Scope-OrgID"] != Tenant ? 401
                : 200
            );
        if (format.IsGrpc)
        {
            http.Response.ContentType = "application/grpc";
            await http.Response.Body.WriteAsync(new byte[5]);
            http.Response.AppendTrailer(
                "grpc-status",
                (isGood ? GrpcStatus : 3).ToString(System.Globalization.CultureInfo.InvariantCulture)
            );
            http.Response.AppendTrailer("grpc-message", "no%20live%20store");
        }
        else
        {
            http.Response.StatusCode = status;
        }

        if (status == 200 && isGood && GrpcStatus == 0)
        {
            lock (_stored)
            {
                _stored.Add(span!.Id);
            }
        }
    }

    private async Task ReadAsync(HttpContext http, string path)
    {
        bool isStored;
        lock (_stored)
        {
            isStored = IsFound && _stored.Contains(path["/api/traces/".Length..]);
        }

        http.Response.StatusCode =
            Tenant is not null && http.Request.Headers["X-Scope-OrgID"] != Tenant ? 401
            : isStored ? 200
            : 404;
        await http.Response.WriteAsync(
            http.Response.StatusCode == 200
                ? $$$"""
                {"batches":[{"resource":{"attributes":[
                {"key":"service.name","value":{"stringValue":"{{{TestSpan.ServiceName}}}"}}]}}]}
                """
                : "trace not found"
        );
    }
}
