using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The findings about destinations that a pod cannot reach over the family.</summary>
internal static class ReachCheck
{
    /// <summary>The findings.</summary>
    /// <param name="reach">The results of one pod.</param>
    /// <param name="family">The family of the release.</param>
    public static IEnumerable<Finding> Check(ReachReport reach, AddressFamily family)
    {
        if (reach.Problem is { } problem)
        {
            yield return At(reach, FindingLevel.Warning, "", problem, "it is unknown what the pod can reach", Vantages.OtherImage);
        }

        foreach (var unknown in reach.UnknownBrokers.Where(unknown => IsReached(reach, unknown)))
        {
            yield return At(
                reach,
                FindingLevel.Warning,
                Printable.OneLine(unknown.Setting),
                $"{LiveFinding.Some(unknown.Addresses)} cannot be asked for the addresses that its brokers advertise: {unknown.Reason}",
                "clients connect to those addresses, and they were not tested",
                $"Check that advertised.listeners of every broker has an {family} address, or a name with one"
            );
        }

        var reachedKafkas = reach
            .Results.Where(result =>
                result.To is { Kafka: not null, IsAdvertised: false } && Over(result.Attempts, family) == Attempt.Reached
            )
            .Select(static result => result.To.StatedBy)
            .ToList();
        foreach (var (to, attempts) in reach.Results)
        {
            var (own, other) = (Over(attempts, family), Over(attempts, family.Other()));
            if (own is Attempt.Reached or Attempt.Unknown)
            {
                continue;
            }

            var isElsewhere = other == Attempt.Reached;
            // Brokers that are reached over the family but advertise addresses of the other one lead Tempo away from it.
            var isLedAway = to.IsAdvertised && reachedKafkas.Exists(kafka => to.StatedBy.StartsWith(kafka, StringComparison.Ordinal));
            var isDoubtful = (isElsewhere && !to.IsOwn && !isLedAway) || (reach.IsByProbePod && own == Attempt.TimedOut);
            yield return At(
                reach,
                isDoubtful ? FindingLevel.Warning : FindingLevel.Error,
                Printable.OneLine(to.StatedBy),
                (reach.IsByProbePod ? "a probe pod on its node " : "")
                    + $"cannot connect to {Printable.OneLine(to.ToString())} over {family}: {Reason(own, other, to, family)}"
                    + (isElsewhere ? $"; over {family.Other()} it can" : ""),
                Why(reach, own, isElsewhere, isLedAway, family),
                Remedy(own, other, to, family)
            );
        }
    }

    /// <summary>A Kafka that cannot be reached is reported at its own address.</summary>
    private static bool IsReached(ReachReport reach, UnknownBrokers unknown) =>
        reach.Results.Any(result =>
            unknown.Addresses.Contains(result.To.ToString())
            && (result.Attempts.IPv4 == Attempt.Reached || result.Attempts.IPv6 == Attempt.Reached)
        );

    private static string Reason(Attempt own, Attempt other, Destination to, AddressFamily family) =>
        own == Attempt.NoRecord && Host.Parse(to.Host).Family == family.Other()
            ? $"the address is {family.Other()}"
            : Reason(own, other, family);

    /// <summary>Why a connection failed.</summary>
    /// <param name="own">The result over the family.</param>
    /// <param name="other">The result over the other family.</param>
    /// <param name="family">The family.</param>
    public static string Reason(Attempt own, Attempt other, AddressFamily family) =>
        own switch
        {
            Attempt.NoRecord when other == Attempt.NoRecord => "the name does not resolve",
            Attempt.NoRecord => $"the name has no {Record(family)} record",
            Attempt.Refused => "the connection is refused, or there is no route",
            _ => $"there is no answer within {ReachScript.Seconds} seconds",
        };

    /// <summary>The result over a family.</summary>
    /// <param name="attempts">The results over both families.</param>
    /// <param name="family">The family.</param>
    public static Attempt Over(Attempts attempts, AddressFamily family) => family == AddressFamily.IPv6 ? attempts.IPv6 : attempts.IPv4;

    private static string Why(ReachReport reach, Attempt own, bool isElsewhere, bool isLedAway, AddressFamily family) =>
        reach.IsByProbePod && own == Attempt.TimedOut
            ? "the pod itself may be able to connect: a NetworkPolicy that admits only the release's pods has the same effect"
        : isElsewhere && isLedAway ? $"Kafka is reached over {family}, but sends Tempo to {family.Other()} addresses"
        : isElsewhere ? $"Tempo then dials it over {family.Other()}, but the release is {family}"
        : "Tempo dials it and fails, too";

    private static string Remedy(Attempt own, Attempt other, Destination to, AddressFamily family) =>
        own switch
        {
            Attempt.NoRecord when to.Remedy is { } remedy && (other != Attempt.NoRecord || to.IsAdvertised) => remedy,
            Attempt.NoRecord when other == Attempt.NoRecord => "Correct the name, or check the DNS of the cluster",
            Attempt.NoRecord when to.IsOwn => $"Add {family} to the families of its Service",
            Attempt.NoRecord => $"Use an endpoint that has an {family} address",
            Attempt.Refused => $"Let it listen on {family.WildcardHost()}:{to.Port}, and check that it runs",
            _ => $"Look for a NetworkPolicy or a firewall without a rule for {family}",
        };

    private static string Record(AddressFamily family) => family == AddressFamily.IPv6 ? "AAAA" : "A";

    private static Finding At(ReachReport reach, FindingLevel level, string path, string found, string why, string remedy) =>
        LiveFinding.At(reach.From.Pod, LiveChecks.Reachability, level, path, found, why, remedy);
}
