using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cluster.Reachability;
using Tempo.PostRender.Reporting;
using Tempo.PostRender.Rules;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The findings about destinations that a pod cannot reach over the family.</summary>
internal static class ReachabilityCheck
{
    public static IEnumerable<Finding> Check(ReachabilityReport reach, AddressFamily family)
    {
        if (reach.Problem is { } problem)
        {
            yield return LiveChecks.Reachability.Warning(
                reach.From.Pod.At(""),
                problem,
                "it is unknown what the pod can reach",
                CommandRunners.OtherImage
            );
        }

        foreach (var unknown in reach.UnknownBrokers.Where(unknown => IsReached(reach, unknown)))
        {
            yield return LiveChecks.Reachability.Warning(
                reach.From.Pod.At(Printable.OneLine(unknown.Setting)),
                $"{Wording.Names(unknown.Addresses)} cannot be asked for the addresses that its brokers advertise: {unknown.Reason}",
                "clients connect to those addresses, and they were not tested",
                $"Check that advertised.listeners of every broker has an {family} address, or a name with one"
            );
        }

        var reachedKafkas = reach
            .Connections.Where(result =>
                result.To is { Kafka: not null, IsAdvertised: false } && result.Results[family] == ConnectionResult.Reached
            )
            .Select(static result => result.To.StatedBy)
            .ToList();
        foreach (var (to, results) in reach.Connections)
        {
            if (results[family] is ConnectionResult.Reached or ConnectionResult.Unknown)
            {
                continue;
            }

            // Brokers that are reached over the family but advertise addresses of the other one lead Tempo away from it.
            var isMisled = to.IsAdvertised && reachedKafkas.Exists(kafka => to.StatedBy.StartsWith(kafka, StringComparison.Ordinal));
            yield return CheckOne(reach, to, results, family, isMisled);
        }
    }

    private static Finding CheckOne(
        ReachabilityReport reach,
        Destination to,
        FamilyPair<ConnectionResult> results,
        AddressFamily family,
        bool isMisled
    )
    {
        var (own, other) = (results[family], results[family.Other()]);
        var isReachedOverOther = other == ConnectionResult.Reached;
        var isUncertain = reach.IsByProbePod && own == ConnectionResult.TimedOut;
        return LiveChecks.Reachability.At(
            (isReachedOverOther && !to.IsOwn && !isMisled) || isUncertain ? FindingLevel.Warning : FindingLevel.Error,
            reach.From.Pod.At(Printable.OneLine(to.StatedBy)),
            (reach.IsByProbePod ? "a probe pod on its node " : "")
                + $"cannot connect to {Printable.OneLine(to.ToString())} over {family}: {Reason(own, other, to, family)}"
                + (isReachedOverOther ? $"; over {family.Other()} it can" : ""),
            isUncertain ? "the pod itself may be able to connect: a NetworkPolicy that admits only the release's pods has the same effect"
                : isReachedOverOther && isMisled ? $"Kafka is reached over {family}, but sends Tempo to {family.Other()} addresses"
                : isReachedOverOther ? $"Tempo then dials it over {family.Other()}, but the release is {family}"
                : "Tempo dials it and fails, too",
            Remedy(own, other, to, family)
        );
    }

    /// <summary>A Kafka that cannot be reached is reported at its own address.</summary>
    private static bool IsReached(ReachabilityReport reach, UnknownBrokers unknown) =>
        reach.Connections.Any(result =>
            unknown.Addresses.Contains(result.To.ToString())
            && (result.Results.IPv4 == ConnectionResult.Reached || result.Results.IPv6 == ConnectionResult.Reached)
        );

    private static string Reason(ConnectionResult own, ConnectionResult other, Destination to, AddressFamily family) =>
        own != ConnectionResult.NoRecord ? own.Reason(family)
        : Host.Parse(to.Host).Family == family.Other() ? $"the address is {family.Other()}"
        : other == ConnectionResult.NoRecord ? "the name does not resolve"
        : own.Reason(family);

    private static string Remedy(ConnectionResult own, ConnectionResult other, Destination to, AddressFamily family) =>
        own switch
        {
            ConnectionResult.NoRecord when to.Remedy is { } remedy && (other != ConnectionResult.NoRecord || to.IsAdvertised) => remedy,
            ConnectionResult.NoRecord when other == ConnectionResult.NoRecord => "Correct the name, or check the DNS of the cluster",
            ConnectionResult.NoRecord when to.IsOwn => $"Add {family} to the families of its Service",
            ConnectionResult.NoRecord => $"Use an endpoint that has an {family} address",
            ConnectionResult.Refused => $"Let it listen on {family.WildcardHost()}:{to.Port}, and check that it runs",
            _ => ConnectionResults.RemedyOfTimeout(family),
        };
}
