using System.Net;
using System.Net.Sockets;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Cluster.Scripts;

/// <summary>What a test needs of the machine; without it the test is skipped, with the reason.</summary>
internal static class Requirements
{
    /// <summary>Why a test cannot use curl over both families, or null.</summary>
    public static string? Curl { get; } = OnPath.Find("curl") is null ? "curl is not on PATH" : IPv6();

    /// <summary>Why a test cannot read the listeners of the machine, or null.</summary>
    public static string? KernelTables { get; } = File.Exists("/proc/net/tcp") ? null : "this machine has no /proc/net/tcp";

    /// <summary>Why a test cannot use IPv6, or null.</summary>
    public static string? IPv6()
    {
        try
        {
            using var socket = TestSockets.Listen(IPAddress.IPv6Loopback);
            return null;
        }
        catch (SocketException)
        {
            return "this machine has no IPv6";
        }
    }
}

/// <summary>A test that needs curl, as the debug image has it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithCurlAttribute : FactAttribute
{
    public FactWithCurlAttribute() => Skip = Requirements.Curl;
}

/// <summary>A test that needs curl, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TheoryWithCurlAttribute : TheoryAttribute
{
    public TheoryWithCurlAttribute() => Skip = Requirements.Curl;
}

/// <summary>A test in a network of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TheoryWithNetworksAttribute : TheoryAttribute
{
    public TheoryWithNetworksAttribute() => Skip = NetworkNamespace.Obstacle;
}

/// <summary>A test that reads the listeners of the machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithListenersAttribute : FactAttribute
{
    public FactWithListenersAttribute(bool needsIPv6) => Skip = Requirements.KernelTables ?? (needsIPv6 ? Requirements.IPv6() : null);
}
