using System.Globalization;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The findings about one pod.</summary>
internal static class PodCheck
{
    /// <summary>The findings.</summary>
    /// <param name="report">What was read from the pod.</param>
    /// <param name="family">The family of the release.</param>
    public static IEnumerable<Finding> Check(PodReport report, AddressFamily family)
    {
        var pod = report.Pod;
        foreach (var problem in report.Problems)
        {
            yield return LiveFinding.At(
                pod,
                LiveChecks.PodReadable,
                pod.IsOver ? FindingLevel.Warning : FindingLevel.Error,
                "",
                problem,
                pod.IsOver ? "it could not be checked, but it serves no requests any more" : "it could not be checked, or only in part",
                pod.IsOver ? "Verify again when it is gone" : "Fix this, then verify again"
            );
        }

        if (pod.IsOver)
        {
            yield break;
        }

        if (pod.Addresses.Count > 0 && !pod.AddressesOf(family).Any())
        {
            yield return LiveFinding.At(
                pod,
                LiveChecks.PodAddress,
                FindingLevel.Error,
                "status.podIPs",
                $"is [{string.Join(", ", pod.Addresses)}]",
                $"other pods cannot reach it over {family}",
                $"Run the pod where the cluster network assigns {family} addresses, or set the other family"
            );
        }

        if (report.IsReady == false)
        {
            yield return LiveFinding.At(
                pod,
                LiveChecks.PodReady,
                FindingLevel.Error,
                report.IsTempo ? "/ready" : "status.conditions",
                report.IsTempo ? $"answers {report.NotReady}" : $"is not ready: {report.NotReady}",
                "Kubernetes sends no requests to it, and the release lacks a component",
                "Read the log of the pod; a ring or a peer on the other family often shows up there first"
            );
        }

        foreach (
            var finding in report.Listeners is { } listeners
                ? report
                    .Ports.Select(port => CheckPort(report, port, listeners, family))
                    .OfType<Finding>()
                    .Concat(CheckProbes(report, listeners, family))
                : CheckConnected(report, family)
        )
        {
            yield return finding;
        }

        foreach (var finding in report.ConfigFindings)
        {
            yield return finding;
        }
    }

    /// <summary>The families over which other pods reach a port, by its listeners or by connections; null if unknown.</summary>
    public static (bool? OverIPv4, bool? OverIPv6) Reach(ExpectedPort port, PodReport report)
    {
        return report.Listeners is { } listeners ? Reach(port, listeners)
            : report.Connected?.TryGetValue(port.Port, out var attempts) == true ? (Known(attempts.IPv4), Known(attempts.IPv6))
            : (null, null);

        static bool? Known(Attempt attempt) =>
            attempt switch
            {
                Attempt.Reached => true,
                Attempt.Refused => false,
                _ => null,
            };
    }

    /// <summary>The families over which other pods can reach a port; null if unknown.</summary>
    public static (bool? OverIPv4, bool? OverIPv6) Reach(ExpectedPort port, IReadOnlyList<Listener> listeners)
    {
        var own = listeners.Where(listener => listener.Port == port.Port).ToList();
        return (Any(AddressFamily.IPv4), Any(AddressFamily.IPv6));

        bool? Any(AddressFamily family) =>
            own.Exists(listener => listener.Reaches(family) == true) ? true
            : own.Exists(listener => listener.Reaches(family) is null) ? null
            : false;
    }

    private static Finding? CheckPort(PodReport report, ExpectedPort port, IReadOnlyList<Listener> listeners, AddressFamily family)
    {
        var pod = report.Pod;
        var path = PathOf(port);
        var reached = IsReached(Reach(port, listeners), family);
        var described = Described(port.Port, listeners);
        if (reached == false)
        {
            return LiveFinding.At(
                pod,
                LiveChecks.PodListeners,
                FindingLevel.Error,
                path,
                described.Length == 0 ? "has no listener" : $"listens on {described}",
                $"other pods cannot reach it over {family}",
                described.Length == 0
                    ? "Read the log of the pod; if the config file is right, restart the pod"
                    : $"Listen on {family.Wildcard()}; check the config and the flags of the pod"
            );
        }

        if (reached is null)
        {
            return LiveFinding.At(
                pod,
                LiveChecks.PodListeners,
                FindingLevel.Warning,
                path,
                $"listens on {described}",
                $"the debug image has no ss, so it is unknown whether other pods can reach the port over {family}",
                "Pass a --debug-image with ss (iproute2)"
            );
        }

        return null;
    }

    /// <summary>Without a list of the listeners, a connection from a probe pod says whether a port is reached.</summary>
    private static IEnumerable<Finding> CheckConnected(PodReport report, AddressFamily family) =>
        from port in report.Ports
        where report.Connected?.ContainsKey(port.Port) == true
        let came = ReachCheck.Over(report.Connected![port.Port], family)
        where came is not (Attempt.Reached or Attempt.Unknown)
        let isSilent = came == Attempt.TimedOut
        select LiveFinding.At(
            report.Pod,
            LiveChecks.PodListeners,
            isSilent ? FindingLevel.Warning : FindingLevel.Error,
            PathOf(port),
            $"a probe pod cannot connect to it over {family}: {ReachCheck.Reason(came, Attempt.Unknown, family)}",
            isSilent
                ? "other pods may be able to connect: a NetworkPolicy that admits only the release's pods has the same effect"
                : $"other pods cannot reach it over {family}, either",
            isSilent
                ? $"Look for a NetworkPolicy or a firewall without a rule for {family}"
                : $"Listen on {family.Wildcard()}; check the config and the flags of the pod"
        );

    /// <summary>
    /// kubelet probes the first address, whatever its family. A port without a listener of the release's family is reported already.
    /// </summary>
    private static IEnumerable<Finding> CheckProbes(PodReport report, IReadOnlyList<Listener> listeners, AddressFamily family)
    {
        var pod = report.Pod;
        if (pod.Addresses.Count == 0 || Host.Parse(pod.Addresses[0]).Family is not { } probed)
        {
            yield break;
        }

        foreach (var port in report.Subject.Template.ProbedPorts)
        {
            var expected = report.Ports.FirstOrDefault(own => own.Port == port) ?? new ExpectedPort("probe", port);
            var reach = Reach(expected, listeners);
            if (
                IsReached(reach, probed) == false
                && (probed != family || !report.Ports.Contains(expected))
                && Described(port, listeners) is { Length: > 0 } described
            )
            {
                yield return LiveFinding.At(
                    pod,
                    LiveChecks.PodAddress,
                    FindingLevel.Error,
                    PathOf(expected),
                    $"listens on {described}",
                    $"kubelet probes the first address of the pod, {pod.Addresses[0]}, and fails",
                    $"Listen on both families: remove the listen network of Tempo's server, or add a listen line for {probed} to nginx"
                );
            }
        }
    }

    private static bool? IsReached((bool? OverIPv4, bool? OverIPv6) reach, AddressFamily family) =>
        family == AddressFamily.IPv6 ? reach.OverIPv6 : reach.OverIPv4;

    private static string Described(int port, IReadOnlyList<Listener> listeners) =>
        string.Join(" and ", listeners.Where(listener => listener.Port == port).Select(static listener => listener.Describe()));

    private static string PathOf(ExpectedPort port) => $"port {port.Port.ToString(CultureInfo.InvariantCulture)} ({port.Name})";
}
