using System.Net;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster;

/// <summary>Thrown if the cluster cannot be read: exit code 69. The message is one line: what, where, why, what to do.</summary>
public class ClusterException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line, without a full stop at its end.</param>
    /// <param name="inner">The cause, or null.</param>
    public ClusterException(string message, Exception? inner = null)
        : base(message, inner) { }

    /// <summary>The exception for an action that failed because of another exception, whose message follows.</summary>
    /// <param name="failure">What failed: <c>the credentials cannot be read</c>.</param>
    internal static ClusterException Because(string failure, Exception cause) => new($"{failure}: {MessageOf(cause)}", cause);

    /// <summary>The message of an exception in one line, without a full stop at its end.</summary>
    internal static string MessageOf(Exception exception) => Printable.OneLine(exception.Message.TrimEnd('.'));
}

/// <summary>Thrown if the API server answers with an error.</summary>
/// <param name="message">One line, without a full stop at its end.</param>
/// <param name="status">The HTTP status of the answer.</param>
public sealed class ApiException(string message, HttpStatusCode status) : ClusterException(message)
{
    /// <summary>The HTTP status of the answer.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>
    /// Whether a permission is missing, so that the same call fails for every object. Admission controllers refuse with the same status.
    /// </summary>
    public bool IsMissingPermission => Status == HttpStatusCode.Forbidden && SaysPermission(Message);

    /// <summary>Whether a message comes from an authorizer: <c>User "x" cannot get resource "pods/proxy"</c>.</summary>
    /// <param name="message">The message of an answer with the status 403.</param>
    internal static bool SaysPermission(string message) => message.Contains(" cannot ", StringComparison.Ordinal);
}
