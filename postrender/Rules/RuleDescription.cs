namespace Tempo.PostRender.Rules;

/// <summary>The parts of a release that a rule looks at.</summary>
[Flags]
public enum ReleaseParts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The Services in scope.</summary>
    Services = 1,

    /// <summary>The Tempo configs.</summary>
    Configs = 2,

    /// <summary>The workloads that run Tempo.</summary>
    Workloads = 4,

    /// <summary>The gateways.</summary>
    Gateways = 8,

    /// <summary>The caches.</summary>
    Caches = 16,

    /// <summary>The NetworkPolicies.</summary>
    NetworkPolicies = 32,

    /// <summary>The Services that the configs name.</summary>
    Dialled = 64,

    /// <summary>The files that other rules change.</summary>
    ChangedFiles = 128,

    /// <summary>The workloads that are given the files of the release.</summary>
    FileUsers = 256,
}

/// <summary>What a rule is, for people: shown by <c>rules</c>, in the README and in reports.</summary>
/// <param name="Id">The id, never reused: <c>TPF001</c>.</param>
/// <param name="Name">A short name: <c>service-family</c>.</param>
/// <param name="Requirement">When the rule holds, as a sentence.</param>
/// <param name="Fix">What enforce mode changes, as a sentence; what it leaves to the user.</param>
/// <param name="Holds">The sentence that says the rule is satisfied, for <c>--verbose</c>.</param>
/// <param name="Why">Why it matters: what happens where it does not hold.</param>
/// <param name="Source">Where the facts behind it come from.</param>
/// <param name="Reads">The parts of a release the rule looks at; a test holds the rule to it.</param>
public sealed record RuleDescription(string Id, string Name, string Requirement, string Fix, string Holds, string Why, string Source, ReleaseParts Reads);
