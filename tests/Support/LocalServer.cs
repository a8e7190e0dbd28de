using System.Net;
using System.Net.Sockets;

namespace Tempo.Helm.Tests.Support;

/// <summary>An HTTP server of a test, on a free port of the loopback address.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Action<HttpListenerContext> _answer;

    private LocalServer(HttpListener listener, int port, Action<HttpListenerContext> answer)
    {
        (_listener, Port, _answer) = (listener, port, answer);
        _ = ServeAsync();
    }

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>Starts it.</summary>
    /// <param name="answer">Answers a request, for example with <see cref="Send"/>.</param>
    public static LocalServer Start(Action<HttpListenerContext> answer)
    {
        // This server cannot ask for any free port, and another process may take the one that was found.
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://localhost:{port}/");
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return new LocalServer(listener, port, answer);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                listener.Close();
            }
        }
    }

    /// <summary>Sends content; of a HEAD request, the headers only.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">The media type.</param>
    /// <param name="content">The content.</param>
    public static void Send(HttpListenerContext context, string type, byte[] content)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength64 = content.Length;
        if (context.Request.HttpMethod == "GET")
        {
            context.Response.OutputStream.Write(content);
        }
    }

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // The test has ended.
            }
        }
    }

    /// <summary>A client that is gone, or a request that cannot be answered, must not keep the next one waiting.</summary>
    private void Answer(HttpListenerContext context)
    {
        try
        {
            _answer(context);
            context.Response.Close();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            context.Response.Abort();
        }
    }
}
