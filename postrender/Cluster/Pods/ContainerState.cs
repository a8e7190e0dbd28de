using System.Globalization;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cluster.Pods;

/// <summary>The state of a container.</summary>
internal sealed record ContainerState
{
    /// <summary><c>waiting</c>, <c>running</c> or <c>terminated</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The reason that kubelet gives, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The message that kubelet gives, or null.</summary>
    public string? Message { get; init; }

    /// <summary>The exit code of a terminated container.</summary>
    public int? ExitCode { get; init; }

    /// <summary>When the process started, or null.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The state before kubelet reports one.</summary>
    public static ContainerState Unknown { get; } = new() { Name = "waiting" };

    /// <summary>Whether it waits for what does not come by itself: kubelet's reasons.</summary>
    public bool IsHopeless =>
        Name == "waiting"
        && Reason
            is "ErrImagePull"
                or "ImagePullBackOff"
                or "ErrImageNeverPull"
                or "InvalidImageName"
                or "ImageInspectError"
                or "RegistryUnavailable"
                or "SignatureValidationFailed"
                or "CreateContainerError"
                or "CreateContainerConfigError"
                or "RunContainerError"
                or "CrashLoopBackOff";

    /// <summary>Reads <c>containerStatuses[].state</c>.</summary>
    public static ContainerState Read(YamlNode? state)
    {
        foreach (var name in (string[])["running", "terminated", "waiting"])
        {
            if (state.Get(name) is { } details)
            {
                return new ContainerState
                {
                    Name = name,
                    Reason = details.Text("reason"),
                    Message = details.Text("message"),
                    ExitCode = int.TryParse(details.Text("exitCode"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var exitCode)
                        ? exitCode
                        : null,
                    StartedAt = Time(details.Text("startedAt")),
                };
            }
        }

        return Unknown;
    }

    /// <summary>Reads a time of the API.</summary>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
