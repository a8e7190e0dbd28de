using Tempo.PostRender.Addresses;

namespace Tempo.PostRender.Cluster.Reachability;

/// <summary>The result of connecting over one family.</summary>
internal enum ConnectionResult
{
    /// <summary>It could not be tested.</summary>
    Unknown,

    /// <summary>The connection was made.</summary>
    Reached,

    /// <summary>The name has no address of the family.</summary>
    NoRecord,

    /// <summary>The connection was refused, or there is no route.</summary>
    Refused,

    /// <summary>Nothing answered in time.</summary>
    TimedOut,
}

/// <summary>How scripts connect with curl, and what its results mean.</summary>
internal static class ConnectionResults
{
    /// <summary>The time limit for a connection in seconds.</summary>
    public const int ConnectSeconds = 3;

    /// <summary>The result of a connection that curl tried: curl(1) lists its exit codes.</summary>
    /// <param name="isConnected">Whether curl reports the time that connecting took.</param>
    public static ConnectionResult OfCurl(int exitCode, bool isConnected) =>
        isConnected
            ? ConnectionResult.Reached
            : exitCode switch
            {
                6 => ConnectionResult.NoRecord,
                7 => ConnectionResult.Refused,
                28 => ConnectionResult.TimedOut,
                _ => ConnectionResult.Unknown,
            };

    /// <summary>The number of a family in curl's options, and in the arguments and results of scripts.</summary>
    public static string Digit(this AddressFamily family) => family == AddressFamily.IPv6 ? "6" : "4";

    /// <summary>Why a connection failed.</summary>
    public static string Reason(this ConnectionResult result, AddressFamily family) =>
        result switch
        {
            ConnectionResult.NoRecord => $"the name has no {(family == AddressFamily.IPv6 ? "AAAA" : "A")} record",
            ConnectionResult.Refused => "the connection is refused, or there is no route",
            _ => $"there is no answer within {ConnectSeconds} seconds",
        };

    /// <summary>What to do if nothing answers.</summary>
    public static string RemedyOfTimeout(AddressFamily family) => $"Look for a NetworkPolicy or a firewall without a rule for {family}";
}
