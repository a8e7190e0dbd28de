using System.Security.Cryptography;
using System.Text.Json;

namespace Tempo.PostRender.Cluster.ProbePods;

/// <summary>
/// The manifest of a pod that runs one command on a node and ends. Its labels are its own, so that no Service leads to it and no
/// NetworkPolicy of the release takes it for one of its pods.
/// </summary>
internal static class ProbePod
{
    /// <summary>The value of its label app.kubernetes.io/name, and what its name starts with.</summary>
    public const string Name = "tempo-postrender-probe";

    /// <summary>Its container.</summary>
    public const string Container = "probe";

    /// <summary>A name that is used once.</summary>
    public static string NewName() => $"{Name}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>The manifest, as JSON.</summary>
    /// <param name="name">The pod's name.</param>
    /// <param name="node">The node it runs on.</param>
    /// <param name="image">The image.</param>
    /// <param name="command">What it runs.</param>
    /// <param name="limit">How long it may run.</param>
    public static ReadOnlyMemory<byte> Manifest(string name, string node, string image, IReadOnlyList<string> command, TimeSpan limit)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", "v1");
            json.WriteString("kind", "Pod");
            json.WriteStartObject("metadata");
            json.WriteString("name", name);
            json.WriteStartObject("labels");
            json.WriteString("app.kubernetes.io/name", Name);
            json.WriteString("app.kubernetes.io/managed-by", "tempo-postrender");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("spec");
            json.WriteString("restartPolicy", "Never");
            json.WriteString("nodeName", node);
            // It goes where pods of the release run, whatever the node's taints are.
            json.WriteStartArray("tolerations");
            json.WriteStartObject();
            json.WriteString("operator", "Exists");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteBoolean("automountServiceAccountToken", false);
            json.WriteBoolean("enableServiceLinks", false);
            // Kubernetes ends it where this program cannot.
            json.WriteNumber("activeDeadlineSeconds", (long)Math.Ceiling(limit.TotalSeconds));
            json.WriteNumber("terminationGracePeriodSeconds", 1);
            json.WriteStartArray("containers");
            json.WriteStartObject();
            json.WriteString("name", Container);
            RestrictedContainer.Write(json, image, command);
            json.WriteStartObject("resources");
            WriteResources(json, "requests", "50m", "64Mi");
            WriteResources(json, "limits", "500m", "256Mi");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteResources(Utf8JsonWriter json, string name, string cpu, string memory)
    {
        json.WriteStartObject(name);
        json.WriteString("cpu", cpu);
        json.WriteString("memory", memory);
        json.WriteEndObject();
    }
}
