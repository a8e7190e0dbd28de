using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tempo.Helm.Tests.Architecture;

/// <summary>Finds what the types of a compiled assembly use, by the instructions of their methods.</summary>
internal static class CompiledCode
{
    private static readonly HashSet<string> SelectorKeys = ["selector", "podSelector", "matchLabels", "matchExpressions"];

    /// <summary>The types that read selectors of Kubernetes objects, with the keys that such code names.</summary>
    /// <param name="assembly">The assembly's file.</param>
    /// <param name="isLooked">Whether to check a type, given its full name.</param>
    public static IReadOnlyList<string> SelectorsIn(string assembly, Func<string, bool> isLooked) =>
        Find(
            assembly,
            isLooked,
            static instruction =>
                instruction.OpCode == OpCodes.Ldstr && SelectorKeys.Contains((string)instruction.Operand)
                    ? (string)instruction.Operand
                    : null
        );

    /// <summary>The members of a namespace that types use, as <c>Type: DeclaringType.Member</c>.</summary>
    /// <param name="assembly">The assembly's file.</param>
    /// <param name="isLooked">Whether to check a type, given its full name.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="isFound">Whether to report a member, given the outermost type that declares it, and its name.</param>
    public static IReadOnlyList<string> UsesOf(
        string assembly,
        Func<string, bool> isLooked,
        string ns,
        Func<string, string, bool> isFound
    ) =>
        [
            .. Find(
                    assembly,
                    isLooked,
                    instruction =>
                        instruction.Operand is MemberReference { DeclaringType: { } declaring } member
                        && Outermost(declaring) is var type
                        && type.Namespace == ns
                        && isFound(type.Name, member.Name)
                            ? $"{type.Name}.{member.Name}"
                            : null
                )
                .Distinct(),
        ];

    private static IReadOnlyList<string> Find(string assembly, Func<string, bool> isLooked, Func<Instruction, string?> find)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return
        [
            .. from type in module.GetTypes()
            where isLooked(type.FullName)
            from method in type.Methods
            where method.HasBody
            from instruction in method.Body.Instructions
            let found = find(instruction)
            where found is not null
            select $"{Outermost(type).Name}: {found}",
        ];
    }

    /// <summary>The compiler turns lambdas and iterators into nested types.</summary>
    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
