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
            yield return LiveFinding.At(
                reach.From.Pod,
                LiveChecks.Reachability,
                FindingLevel.Warning,
                "",
                problem,
                "what it reaches is not known",
                "Pass a --debug-image with sh and curl, and verify again"
            );
        }

        foreach (var (to, attempts) in reach.Results)
        {
            var (own, other) = family == AddressFamily.IPv6 ? (attempts.IPv6, attempts.IPv4) : (attempts.IPv4, attempts.IPv6);
            if (own is Attempt.Reached or Attempt.Unknown)
            {
                continue;
            }

            var isElsewhere = other == Attempt.Reached;
            yield return LiveFinding.At(
                reach.From.Pod,
                LiveChecks.Reachability,
                isElsewhere && !to.IsOwn ? FindingLevel.Warning : FindingLevel.Error,
                Printable.OneLine(to.StatedBy),
                $"cannot connect to {Printable.OneLine(to.ToString())} over {family}: {Reason(own, other, family)}{(isElsewhere ? $"; over {family.Other()} it can" : "")}",
                isElsewhere
                    ? $"Tempo dials it over {family.Other()} then, and the release is {family}"
                    : "Tempo dials it, and fails as well",
                Remedy(own, other, to, family)
            );
        }
    }

    private static string Reason(Attempt own, Attempt other, AddressFamily family) =>
        own switch
        {
            Attempt.NoRecord when other == Attempt.NoRecord => "the name does not resolve",
            Attempt.NoRecord => $"it has no {Record(family)} record",
            Attempt.Refused => "it is refused, or there is no route",
            _ => $"nothing answers within {ReachScript.Seconds} seconds",
        };

    private static string Remedy(Attempt own, Attempt other, Destination to, AddressFamily family) =>
        own switch
        {
            Attempt.NoRecord when other == Attempt.NoRecord => "Correct the name, or look at the cluster's DNS",
            Attempt.NoRecord when to.IsOwn => $"Give its Service the family {family}",
            Attempt.NoRecord => $"Give it an {family} address where it comes from, or name one that has",
            Attempt.Refused => $"Let it listen on {family.WildcardHost()}:{to.Port}, and look at its pods",
            _ => $"Look for a NetworkPolicy or a firewall that lacks the range of {family}",
        };

    private static string Record(AddressFamily family) => family == AddressFamily.IPv6 ? "AAAA" : "A";
}
