using System.Globalization;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Listeners;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The findings about one pod.</summary>
internal static class PodCheck
{
    public static IEnumerable<Finding> Check(PodReport report, AddressFamily family)
    {
        var pod = report.Pod;
        var problems = report.Problems.Select(problem =>
            pod.IsOver
                ? LiveChecks.PodReadable.Warning(
                    pod.At(""),
                    problem,
                    "it could not be checked, but it serves no requests any more",
                    "Verify again when it is gone"
                )
                : LiveChecks.PodReadable.Error(
                    pod.At(""),
                    problem,
                    "it could not be checked, or only in part",
                    "Fix this, then verify again"
                )
        );
        return pod.IsOver
            ? problems
            :
            [
                .. problems,
                .. CheckAddresses(report, family),
                .. report.Listeners is { } listeners
                    ? CheckListeners(report, listeners, family).Concat(CheckProbes(report, listeners, family))
                    : CheckConnections(report, family),
                .. report.ConfigFindings,
            ];
    }

    /// <summary>The families over which other pods reach a port, by its listeners or by connections; null if unknown.</summary>
    public static FamilyPair<bool?> Reach(ExpectedPort port, PodReport report) =>
        report.Listeners is { } listeners
            ? Reach(port.Port, listeners)
            : FamilyPair<bool?>.Of(family =>
                report.Connections?.GetValueOrDefault(port.Port)[family] switch
                {
                    ConnectionResult.Reached => true,
                    ConnectionResult.Refused => false,
                    _ => null,
                }
            );

    /// <summary>The families over which other pods can reach a port; null if unknown.</summary>
    private static FamilyPair<bool?> Reach(int port, IReadOnlyList<Listener> listeners) =>
        FamilyPair<bool?>.Of(family =>
        {
            var reaches = listeners.Where(listener => listener.Port == port).Select(listener => listener.Reaches(family)).ToList();
            return reaches.Contains(true) ? true
                : reaches.Contains(null) ? null
                : false;
        });

    private static IEnumerable<Finding> CheckAddresses(PodReport report, AddressFamily family)
    {
        var pod = report.Pod;
        if (pod.Addresses.Count > 0 && !pod.AddressesOf(family).Any())
        {
            yield return LiveChecks.PodAddress.Error(
                pod.At("status.podIPs"),
                $"is [{string.Join(", ", pod.Addresses)}]",
                $"other pods cannot reach it over {family}",
                $"Run the pod where the cluster network assigns {family} addresses, or set the other family"
            );
        }

        if (report.IsReady == false)
        {
            yield return LiveChecks.PodReady.Error(
                pod.At(report.IsTempo ? "/ready" : "status.conditions"),
                report.IsTempo ? $"answers {report.NotReady}" : $"is not ready: {report.NotReady}",
                "Kubernetes sends no requests to it, and the release lacks a component",
                "Read the log of the pod; a ring or a peer on the other family often shows up there first"
            );
        }
    }

    private static IEnumerable<Finding> CheckListeners(PodReport report, IReadOnlyList<Listener> listeners, AddressFamily family)
    {
        foreach (var port in report.Ports)
        {
            var reached = Reach(port.Port, listeners)[family];
            var described = Described(port.Port, listeners);
            if (reached == false)
            {
                yield return LiveChecks.PodListeners.Error(
                    report.Pod.At(PathOf(port)),
                    described.Length == 0 ? "has no listener" : $"listens on {described}",
                    $"other pods cannot reach it over {family}",
                    described.Length == 0
                        ? "Read the log of the pod; if the config file is right, restart the pod"
                        : RemedyOfListener(family)
                );
            }
            else if (reached is null)
            {
                yield return LiveChecks.PodListeners.Warning(
                    report.Pod.At(PathOf(port)),
                    $"listens on {described}",
                    $"the debug image has no ss, so it is unknown whether other pods can reach the port over {family}",
                    "Pass a --debug-image with ss (iproute2)"
                );
            }
        }
    }

    /// <summary>Without a list of the listeners, the connections of a probe pod show whether a port is reached.</summary>
    private static IEnumerable<Finding> CheckConnections(PodReport report, AddressFamily family) =>
        from port in report.Ports
        let result = report.Connections?.GetValueOrDefault(port.Port)[family] ?? ConnectionResult.Unknown
        where result is not (ConnectionResult.Reached or ConnectionResult.Unknown)
        let place = report.Pod.At(PathOf(port))
        let found = $"a probe pod cannot connect to it over {family}: {result.Reason(family)}"
        select result == ConnectionResult.TimedOut
            ? LiveChecks.PodListeners.Warning(
                place,
                found,
                "other pods may be able to connect: a NetworkPolicy that admits only the release's pods has the same effect",
                ConnectionResults.RemedyOfTimeout(family)
            )
            : LiveChecks.PodListeners.Error(place, found, $"other pods cannot reach it over {family}, either", RemedyOfListener(family));

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

        foreach (var port in report.Template.ProbedPorts)
        {
            var expected = report.Ports.FirstOrDefault(own => own.Port == port);
            if (
                Reach(port, listeners)[probed] == false
                && (probed != family || expected is null)
                && Described(port, listeners) is { Length: > 0 } described
            )
            {
                yield return LiveChecks.PodAddress.Error(
                    pod.At(PathOf(expected ?? new ExpectedPort("probe", port))),
                    $"listens on {described}",
                    $"kubelet probes the first address of the pod, {pod.Addresses[0]}, and fails",
                    $"Listen on both families: remove the listen network of Tempo's server, or add a listen line for {probed} to nginx"
                );
            }
        }
    }

    private static string RemedyOfListener(AddressFamily family) =>
        $"Listen on {family.Wildcard()}; check the config and the flags of the pod";

    private static string Described(int port, IReadOnlyList<Listener> listeners) =>
        string.Join(" and ", listeners.Where(listener => listener.Port == port).Select(static listener => listener.Describe()));

    private static string PathOf(ExpectedPort port) => $"port {port.Port.ToString(CultureInfo.InvariantCulture)} ({port.Name})";
}
