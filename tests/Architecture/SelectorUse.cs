using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tempo.Helm.Tests.Architecture;

/// <summary>Finds code that reads selectors of Kubernetes objects, by the keys that such code contains.</summary>
internal static class SelectorUse
{
    private static readonly HashSet<string> Keys = new(StringComparer.Ordinal)
    {
        "selector",
        "podSelector",
        "matchLabels",
        "matchExpressions",
    };

    /// <summary>The types of a compiled assembly that name such a key, and the key.</summary>
    /// <param name="assembly">The assembly's file.</param>
    /// <param name="isLooked">Whether to check a type, given its full name.</param>
    public static IReadOnlyList<string> In(string assembly, Func<string, bool> isLooked)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return
        [
            .. module
                .GetTypes()
                .Where(type => isLooked(type.FullName))
                .SelectMany(
                    static type =>
                        type.Methods.Where(static method => method.HasBody).SelectMany(static method => method.Body.Instructions),
                    static (type, instruction) => (Type: type, Instruction: instruction)
                )
                .Where(static found => found.Instruction.OpCode == OpCodes.Ldstr && Keys.Contains((string)found.Instruction.Operand))
                .Select(static found => $"{Outermost(found.Type).Name}: {found.Instruction.Operand}")
                .Distinct(),
        ];
    }

    /// <summary>The compiler turns lambdas and iterators into nested types.</summary>
    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
