using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>The key of a ConfigMap or Secret that a container sees as a file.</summary>
/// <param name="Kind"><c>ConfigMap</c> or <c>Secret</c>.</param>
/// <param name="Name">The object's name.</param>
/// <param name="Key">The key in its data.</param>
internal sealed record ConfigReference(string Kind, string Name, string Key)
{
    /// <summary>Finds the ConfigMap or Secret that is mounted at a path of a container, or null if there is none.</summary>
    /// <param name="filePath">An absolute path inside it.</param>
    public static ConfigReference? Resolve(Container container, string filePath)
    {
        var (mount, mountPath) = ((YamlNode?)null, "");
        foreach (var candidate in container.Node.Find("volumeMounts").Items())
        {
            var path = candidate.Text("mountPath")?.TrimEnd('/') ?? "";
            var isAbove =
                filePath.StartsWith(path, StringComparison.Ordinal) && (filePath.Length == path.Length || filePath[path.Length] == '/');
            // If mounts are nested, the innermost one provides the file.
            if (isAbove && (mount is null || path.Length > mountPath.Length))
            {
                (mount, mountPath) = (candidate, path);
            }
        }

        if (mount is null)
        {
            return null;
        }

        // subPath mounts one entry of the volume: a file or a folder.
        var inVolume = $"{mount.Text("subPath")?.Trim('/')}/{filePath[mountPath.Length..].Trim('/')}".Trim('/');
        var volumeName = mount.Text("name");
        var volume = container
            .Workload.Template.Find("spec")
            .Get("volumes")
            .Items()
            .LastOrDefault(volume => volume.Text("name") == volumeName);
        return volume is null
            ? null
            : Sources(volume).Select(source => source.KeyOf(inVolume)).FirstOrDefault(static found => found is not null);
    }

    private static IEnumerable<VolumeSource> Sources(YamlNode volume)
    {
        if (volume.Get("configMap") is { } configMap)
        {
            yield return new VolumeSource("ConfigMap", configMap.Text("name"), configMap);
        }

        if (volume.Get("secret") is { } secret)
        {
            yield return new VolumeSource("Secret", secret.Text("secretName"), secret);
        }

        // If several projected sources have the same path, the last one wins.
        foreach (var projected in volume.Get("projected").Get("sources").Items().Reverse())
        {
            if (projected.Get("configMap") is { } projectedConfigMap)
            {
                yield return new VolumeSource("ConfigMap", projectedConfigMap.Text("name"), projectedConfigMap);
            }

            if (projected.Get("secret") is { } projectedSecret)
            {
                yield return new VolumeSource("Secret", projectedSecret.Text("name"), projectedSecret);
            }
        }
    }

    private sealed record VolumeSource(string Kind, string? Name, YamlNode Node)
    {
        public ConfigReference? KeyOf(string pathInVolume)
        {
            if (Name is null)
            {
                return null;
            }

            if (Node.Get("items") is not SequenceNode items)
            {
                return pathInVolume.Contains('/', StringComparison.Ordinal) ? null : new ConfigReference(Kind, Name, pathInVolume);
            }

            var item = items.Items().LastOrDefault(item => item.Text("path")?.Trim('/') == pathInVolume);
            return item.Text("key") is { } key ? new ConfigReference(Kind, Name, key) : null;
        }
    }
}
