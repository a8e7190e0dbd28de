using System.Globalization;

namespace Tempo.PostRender.Addresses;

/// <summary>A range of addresses, <c>address/length</c>.</summary>
/// <param name="Family">Its family.</param>
/// <param name="Length">The length of its prefix in bits.</param>
public readonly record struct Cidr(AddressFamily Family, int Length)
{
    /// <summary>Whether it is every address of its family.</summary>
    public bool IsEverything => Length == 0;

    /// <summary>Every address of a family, as text.</summary>
    public static string Everything(AddressFamily family) => family == AddressFamily.IPv6 ? "::/0" : "0.0.0.0/0";

    /// <summary>Parses a range, or returns null if it is malformed.</summary>
    public static Cidr? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (
            slash < 0
            || Host.ParseAddress(text[..slash]) is not { } address
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
        )
        {
            return null;
        }

        return length <= (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? 128 : 32)
            ? new Cidr(Host.FamilyOf(address), length)
            : null;
    }
}
