namespace Tempo.PostRender.Addresses;

/// <summary>An IP address family, spelled as in Kubernetes.</summary>
public enum AddressFamily
{
    /// <summary>IPv4.</summary>
    IPv4,

    /// <summary>IPv6.</summary>
    IPv6,
}

/// <summary>Helpers for families.</summary>
public static class AddressFamilies
{
    /// <summary>The family that a release of this one must not use.</summary>
    public static AddressFamily Other(this AddressFamily family) => family == AddressFamily.IPv6 ? AddressFamily.IPv4 : AddressFamily.IPv6;

    /// <summary>The wildcard address as a bind address: <c>::</c> or <c>0.0.0.0</c>.</summary>
    public static string Wildcard(this AddressFamily family) => family == AddressFamily.IPv6 ? "::" : "0.0.0.0";

    /// <summary>The wildcard as the host of a <c>host:port</c>: <c>[::]</c> or <c>0.0.0.0</c>.</summary>
    public static string WildcardHost(this AddressFamily family) => family == AddressFamily.IPv6 ? "[::]" : "0.0.0.0";

    /// <summary>Reads <c>IPv4</c> or <c>IPv6</c>, in this spelling only; null for anything else.</summary>
    public static AddressFamily? Parse(string? text) =>
        text switch
        {
            "IPv4" => AddressFamily.IPv4,
            "IPv6" => AddressFamily.IPv6,
            _ => null,
        };
}
