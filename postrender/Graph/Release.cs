namespace Tempo.PostRender.Graph;

/// <summary>Why a Service belongs to a Tempo release.</summary>
[Flags]
public enum ServiceRoles
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>Its selector leads to Tempo pods.</summary>
    FrontsTempo = 1,

    /// <summary>A config's <c>join_members</c> names it.</summary>
    GossipRing = 2,

    /// <summary>Tempo itself dials it by name.</summary>
    DialledByTempo = 4,

    /// <summary>It leads to the release's own cache.</summary>
    Cache = 8,

    /// <summary>It leads to the release's own gateway.</summary>
    Gateway = 16,
}

/// <summary>A Service of a release and why it belongs there.</summary>
/// <param name="Service">The Service.</param>
/// <param name="Roles">Why it belongs there.</param>
public sealed record ReleaseService(Service Service, ServiceRoles Roles)
{
    /// <summary>
    /// Whether only Tempo uses it: by pod addresses (headless), or dialled by Tempo, or for gossip and cache. Such a Service
    /// never needs a second family, and one that has it lets the components meet on either.
    /// </summary>
    public bool IsInternal => Service.IsHeadless || (Roles & (ServiceRoles.GossipRing | ServiceRoles.DialledByTempo | ServiceRoles.Cache)) != 0;
}

/// <summary>A workload with at least one container that runs Tempo.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Containers">Those of its containers.</param>
public sealed record TempoWorkload(Workload Workload, IReadOnlyList<TempoContainer> Containers)
{
    /// <summary>Whether its pods join memberlist.</summary>
    public bool JoinsMemberlist => Containers.Any(static container =>
        container.JoinsMemberlist(container.Configs.Count > 0 ? container.Configs[0].Generation : container.ImageGeneration ?? Tempo.TempoGeneration.Three));
}

/// <summary>One Tempo installation of the stream, joined up. Read-only.</summary>
/// <param name="Workloads">Its workloads that run Tempo.</param>
/// <param name="Configs">Its configs.</param>
/// <param name="Services">Its Services, in the order of the stream.</param>
public sealed record Release(IReadOnlyList<TempoWorkload> Workloads, IReadOnlyList<TempoConfig> Configs, IReadOnlyList<ReleaseService> Services)
{
    /// <summary>The release in a user's terms: <c>namespace/instance</c>, as far as the stream tells.</summary>
    public string Name
    {
        get
        {
            var first = Workloads.Count > 0 ? Workloads[0].Workload.Object : Configs[0].File.Owner;
            var name = first.Labels.TryGetValue("app.kubernetes.io/instance", out var instance) ? instance : first.Name;
            return first.Namespace is null ? name : $"{first.Namespace}/{name}";
        }
    }
}
