using YamlDotNet.RepresentationModel;

namespace Tempo.Helm.Tests.Support;

/// <summary>YAML files as a tree.</summary>
internal static class YamlFile
{
    /// <summary>The root of the only document of a file.</summary>
    /// <param name="path">The file, relative to the repository or absolute.</param>
    public static YamlNode Load(params string[] path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Repository.Path(path))));
        return stream.Documents[0].RootNode;
    }
}
