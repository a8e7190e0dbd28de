namespace Tempo.PostRender.Manifests;

/// <summary>Compares nodes of two documents by their content and style, not by their position.</summary>
internal static class YamlComparison
{
    /// <summary>Whether two nodes are equal. Compares rows, without creating objects for the nodes.</summary>
    public static bool AreEqual(YamlTree first, int firstIndex, YamlTree second, int secondIndex)
    {
        var count = first[firstIndex].Next(firstIndex) - firstIndex;
        if (second[secondIndex].Next(secondIndex) - secondIndex != count)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (!IsSameRow(first, firstIndex + i, second, secondIndex + i))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSameRow(YamlTree first, int firstIndex, YamlTree second, int secondIndex)
    {
        ref readonly var one = ref first[firstIndex];
        ref readonly var other = ref second[secondIndex];
        var (properties, otherProperties) = (first.Properties(firstIndex), second.Properties(secondIndex));
        if (one.Kind != other.Kind || properties?.Anchor != otherProperties?.Anchor || properties?.Tag != otherProperties?.Tag)
        {
            return false;
        }

        return one.IsScalar ? first.IsWrittenLike(firstIndex, second, secondIndex) || first.Value(firstIndex) == second.Value(secondIndex)
            : one.Kind == RowKind.Alias ? first.Properties(one.Extra)!.Anchor == second.Properties(other.Extra)!.Anchor
            : one.Extra - firstIndex == other.Extra - secondIndex;
    }
}
