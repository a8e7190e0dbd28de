using System.Net;

namespace Tempo.PostRender.Addresses;

/// <summary>A range of addresses, <c>address/length</c>.</summary>
/// <param name="Length">The length of its prefix in bits.</param>
public readonly record struct Cidr(AddressFamily Family, int Length)
{
    /// <summary>Whether it is every address of its family.</summary>
    public bool IsEverything => Length == 0;

    /// <summary>Every address of a family, as text.</summary>
    public static string Everything(AddressFamily family) => family == AddressFamily.IPv6 ? "::/0" : "0.0.0.0/0";

    /// <summary>Parses a range, or returns null if it is malformed.</summary>
    /// <remarks><see cref="IPNetwork"/> also accepts shortened addresses such as <c>10/8</c>, which Kubernetes refuses.</remarks>
    public static Cidr? Parse(string text) =>
        Host.ParseAddress(text.Split('/')[0]) is { } address && IPNetwork.TryParse(text, out var network)
            ? new Cidr(Host.FamilyOf(address), network.PrefixLength)
            : null;
}
