namespace Tempo.Helm.Tests.Support;

/// <summary>The steps of the current thread: calls and turns of loops. The program in <see cref="CountedProgram"/> reports them.</summary>
public static class Steps
{
    [ThreadStatic]
    private static long _count;

    /// <summary>The number of steps so far.</summary>
    public static long Count => _count;

    /// <summary>Counts one step.</summary>
    public static void Add() => _count++;
}
