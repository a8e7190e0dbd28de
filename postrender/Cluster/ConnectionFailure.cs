using System.Net.Sockets;
using System.Security.Authentication;

namespace Tempo.PostRender.Cluster;

/// <summary>Describes why a connection failed.</summary>
internal static class ConnectionFailure
{
    /// <summary>Whether another attempt would fail too, as with a certificate that is not trusted.</summary>
    public static bool IsPermanent(Exception exception) =>
        Causes(exception)
            .Any(static cause => cause is AuthenticationException or SocketException { SocketErrorCode: SocketError.HostNotFound });

    /// <summary>The cause in one line.</summary>
    public static string Describe(Exception exception)
    {
        var cause = Causes(exception).FirstOrDefault(static cause => cause is AuthenticationException or SocketException) ?? exception;
        var message = ClusterException.MessageOf(cause);
        return cause is AuthenticationException ? $"TLS fails, {message}" : message;
    }

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
