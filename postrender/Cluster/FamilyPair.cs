using Tempo.PostRender.Addresses;

namespace Tempo.PostRender.Cluster;

/// <summary>A value for each address family.</summary>
/// <param name="IPv4">The value for IPv4.</param>
/// <param name="IPv6">The value for IPv6.</param>
internal readonly record struct FamilyPair<T>(T IPv4, T IPv6)
{
    /// <summary>The value for a family.</summary>
    public T this[AddressFamily family] => family == AddressFamily.IPv6 ? IPv6 : IPv4;

    /// <summary>Determines the value for each family.</summary>
    public static FamilyPair<T> Of(Func<AddressFamily, T> valueOf) => new(valueOf(AddressFamily.IPv4), valueOf(AddressFamily.IPv6));
}
