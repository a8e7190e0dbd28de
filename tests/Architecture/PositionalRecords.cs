using System.Reflection;

namespace Tempo.Helm.Tests.Architecture;

/// <summary>Finds records whose members are given by their position.</summary>
internal static class PositionalRecords
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The record classes with more positional members than allowed.</summary>
    /// <param name="members">The number of members.</param>
    /// <param name="assembly">The assembly.</param>
    /// <param name="root">The namespace.</param>
    public static IEnumerable<string> WithMoreThan(int members, Assembly assembly, string root) =>
        from type in assembly.GetTypes()
        where type.IsClass && type.Namespace?.StartsWith(root) == true
        // The compiler writes this method for records with positions only.
        where
            type.GetMethods(Declared)
                .Any(method =>
                    method.Name == "Deconstruct" && method.GetParameters().Length > members && type.GetMethod("<Clone>$") is not null
                )
        select type.FullName;
}
