using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Tempo.Helm.Tests.Architecture;

/// <summary>
/// The layers that each layer uses, read from the compiled assembly: a using, a qualified name and an inferred type all
/// count.
/// </summary>
/// <param name="assembly">The assembly.</param>
/// <param name="root">The namespace whose children are the layers.</param>
internal sealed class Layers(System.Reflection.Assembly assembly, string root)
{
    /// <summary>Stands in place of a layer for types directly below the root.</summary>
    public const string Root = "(root)";

    private readonly IReadOnlyList<IType> _types = [.. new ArchLoader().LoadAssembly(assembly).Build().Types];

    /// <summary>Every use of one layer by another: which type uses which.</summary>
    public IEnumerable<(string Layer, string Uses, string Type, string Used)> Uses() =>
        from type in _types
        let layer = LayerOf(type)
        where layer is not null
        from used in type.Dependencies.Select(static dependency => dependency.Target).Distinct()
        let other = LayerOf(used)
        where other is not null && other != layer
        select (layer, other, type.FullName, used.FullName);

    /// <summary>A type directly below the root belongs to no layer, so the layers must not use it.</summary>
    private string? LayerOf(IType type) =>
        !type.FullName.StartsWith(root + ".") ? null
        : type.FullName[(root.Length + 1)..].Split('.') is [var layer, _, ..] ? layer
        : Root;
}
