using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>The options of <c>verify</c>.</summary>
internal sealed record VerifyOptions
{
    /// <summary>An image with sh, ss, curl and nc. Any other one will do; without ss the kernel's tables are read.</summary>
    public const string DefaultDebugImage = "docker.io/nicolaka/netshoot:v0.13";

    public required string Namespace { get; init; }

    /// <summary>A label selector for the pods, or null for all.</summary>
    public string? Selector { get; init; }

    /// <summary>The image of debug containers, or null to add none.</summary>
    public string? DebugImage { get; init; } = DefaultDebugImage;

    /// <summary>The image of probe pods, or null to create none; then debug containers connect.</summary>
    public string? ProbeImage { get; init; }

    /// <summary>Whether configs in Secrets are read.</summary>
    public bool ReadSecrets { get; init; }

    /// <summary>Whether pods connect to everything they dial.</summary>
    public bool Reachability { get; init; }

    /// <summary>Whether test spans are sent.</summary>
    public bool Trace { get; init; }

    /// <summary>The tenant of the test spans, or null for none.</summary>
    public string? Tenant { get; init; }

    /// <summary>The number of pods that are checked at the same time, with one request each.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>The time limit for one pod.</summary>
    public TimeSpan PodTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The options for the rules.</summary>
    public required RuleOptions Rules { get; init; }
}
