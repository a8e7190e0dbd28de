using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tempo.Helm.Tests.Support;

/// <summary>An HTTP server of a test, on a free port of the loopback address.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LocalServer(WebApplication app) => _app = app;

    /// <summary>Its port.</summary>
    public int Port => new Uri(_app.Urls.First()).Port;

    /// <summary>Starts it.</summary>
    /// <param name="answer">The media type and the content for a path.</param>
    public static async Task<LocalServer> StartAsync(Func<string, (string Type, byte[] Content)> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(async http =>
        {
            var (type, content) = answer(http.Request.Path);
            (http.Response.ContentType, http.Response.ContentLength) = (type, content.Length);
            if (HttpMethods.IsGet(http.Request.Method))
            {
                await http.Response.Body.WriteAsync(content);
            }
        });
        await app.StartAsync();
        return new LocalServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
