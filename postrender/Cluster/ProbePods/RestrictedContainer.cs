using System.Text.Json;

namespace Tempo.PostRender.Cluster.ProbePods;

/// <summary>The fields of a container that runs one command without any privilege: the Pod Security level restricted admits it.</summary>
internal static class RestrictedContainer
{
    /// <summary>A user and group that no file in the image needs to know.</summary>
    private const int User = 10001;

    /// <summary>Writes them into an object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="image">The image.</param>
    /// <param name="command">The command.</param>
    public static void Write(Utf8JsonWriter json, string image, IReadOnlyList<string> command)
    {
        json.WriteString("image", image);
        json.WriteString("imagePullPolicy", "IfNotPresent");
        json.WriteStartArray("command");
        foreach (var word in command)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
        json.WriteString("terminationMessagePolicy", "File");
        json.WriteStartObject("securityContext");
        json.WriteBoolean("runAsNonRoot", true);
        json.WriteNumber("runAsUser", User);
        json.WriteNumber("runAsGroup", User);
        json.WriteBoolean("allowPrivilegeEscalation", false);
        json.WriteBoolean("readOnlyRootFilesystem", true);
        json.WriteStartObject("capabilities");
        json.WriteStartArray("drop");
        json.WriteStringValue("ALL");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("seccompProfile");
        json.WriteString("type", "RuntimeDefault");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
