namespace Tempo.PostRender.Tempo;

/// <summary>The generations of Tempo that differ in their components and config keys.</summary>
public enum TempoGeneration
{
    /// <summary>2.x (facts read from 2.9 and 2.10): ingester and compactor.</summary>
    Two = 2,

    /// <summary>3.x (facts measured on 3.0.3): live-store, block-builder, backend-scheduler and backend-worker.</summary>
    Three = 3,
}
