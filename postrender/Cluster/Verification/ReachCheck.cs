using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>What pods cannot reach over the family.</summary>
internal static class ReachCheck
{
    /// <summary>The findings.</summary>
    /// <param name="reach">What one pod reaches.</param>
    /// <param name="family">The family of the release.</param>
    public static IEnumerable<Finding> Check(ReachReport reach, AddressFamily family)
    {
        if (reach.Problem is { } problem)
        {
            yield return At(reach, FindingLevel.Warning, "", problem, "what it reaches is not known", Vantages.OtherImage);
        }

        foreach (var unknown in reach.UnknownBrokers.Where(unknown => IsReached(reach, unknown)))
        {
            yield return At(
                reach,
                FindingLevel.Warning,
                Printable.OneLine(unknown.Setting),
                $"{LiveFinding.Some(unknown.Addresses)} cannot be asked for the addresses that its brokers advertise: {unknown.Reason}",
                "clients connect to those addresses, and they were not tried",
                $"See that advertised.listeners of every broker names an {family} address, or a name that has one"
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
            // What brokers advertise belongs to an address that the settings name: a Kafka of the family leads to the other one.
            var isLedAway = to.IsAdvertised && reachedKafkas.Exists(kafka => to.StatedBy.StartsWith(kafka, StringComparison.Ordinal));
            var isDoubtful = (isElsewhere && !to.IsOwn && !isLedAway) || (reach.IsByProbePod && own == Attempt.TimedOut);
            yield return At(
                reach,
                isDoubtful ? FindingLevel.Warning : FindingLevel.Error,
                Printable.OneLine(to.StatedBy),
                $"{(reach.IsByProbePod ? "a probe pod on its node " : "")}cannot connect to {Printable.OneLine(to.ToString())} over {family}: {Reason(own, other, family)}{(isElsewhere ? $"; over {family.Other()} it can" : "")}",
                Why(reach, own, isElsewhere, isLedAway, family),
                Remedy(own, other, to, family)
            );
        }
    }

    /// <summary>That a Kafka cannot even be reached is said of its own address.</summary>
    private static bool IsReached(ReachReport reach, UnknownBrokers unknown) =>
        reach.Results.Any(result =>
            unknown.Addresses.Contains(result.To.ToString())
            && (result.Attempts.IPv4 == Attempt.Reached || result.Attempts.IPv6 == Attempt.Reached)
        );

    /// <summary>Why a connection was not made.</summary>
    /// <param name="own">What came of it over the family.</param>
    /// <param name="other">Over the other one.</param>
    /// <param name="family">The family.</param>
    public static string Reason(Attempt own, Attempt other, AddressFamily family) =>
        own switch
        {
            Attempt.NoRecord when other == Attempt.NoRecord => "the name does not resolve",
            Attempt.NoRecord => $"it has no {Record(family)} record",
            Attempt.Refused => "it is refused, or there is no route",
            _ => $"nothing answers within {ReachScript.Seconds} seconds",
        };

    /// <summary>What came of connecting over a family.</summary>
    /// <param name="attempts">What came of it over both.</param>
    /// <param name="family">The family.</param>
    public static Attempt Over(Attempts attempts, AddressFamily family) => family == AddressFamily.IPv6 ? attempts.IPv6 : attempts.IPv4;

    private static string Why(ReachReport reach, Attempt own, bool isElsewhere, bool isLedAway, AddressFamily family) =>
        reach.IsByProbePod && own == Attempt.TimedOut
            ? "the pod itself may be able to: a NetworkPolicy that admits only the release's pods looks the same"
        : isElsewhere && isLedAway ? $"Kafka is found over {family}, and leads Tempo to {family.Other()}"
        : isElsewhere ? $"Tempo dials it over {family.Other()} then, and the release is {family}"
        : "Tempo dials it, and fails as well";

    private static string Remedy(Attempt own, Attempt other, Destination to, AddressFamily family) =>
        own switch
        {
            Attempt.NoRecord when to.Remedy is { } remedy && (other != Attempt.NoRecord || to.IsAdvertised) => remedy,
            Attempt.NoRecord when other == Attempt.NoRecord => "Correct the name, or look at the cluster's DNS",
            Attempt.NoRecord when to.IsOwn => $"Give its Service the family {family}",
            Attempt.NoRecord => $"Give it an {family} address where it comes from, or name one that has",
            Attempt.Refused => $"Let it listen on {family.WildcardHost()}:{to.Port}, and look at its pods",
            _ => $"Look for a NetworkPolicy or a firewall that lacks the range of {family}",
        };

    private static string Record(AddressFamily family) => family == AddressFamily.IPv6 ? "AAAA" : "A";

    private static Finding At(ReachReport reach, FindingLevel level, string path, string found, string why, string remedy) =>
        LiveFinding.At(reach.From.Pod, LiveChecks.Reachability, level, path, found, why, remedy);
}
