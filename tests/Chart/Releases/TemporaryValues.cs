using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Tempo.Helm.Tests.Chart.Releases;

/// <summary>Values that a test makes up, as a file for <c>helm -f</c>; the same values are the same file.</summary>
internal static class TemporaryValues
{
    private static readonly Lazy<string> Folder = new(() => Directory.CreateTempSubdirectory("tempo-helm-values-").FullName);

    public static string Write(JsonNode values)
    {
        var text = values.ToJsonString();
        var path = Path.Combine(Folder.Value, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}.json");
        if (!File.Exists(path))
        {
            var unfinished = $"{path}.{Guid.NewGuid():N}";
            File.WriteAllText(unfinished, text);
            File.Move(unfinished, path, overwrite: true);
        }

        return path;
    }
}
