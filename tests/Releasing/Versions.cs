using System.Xml.Linq;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Releasing;

/// <summary>The versions of a release, from the two places that state them.</summary>
internal static class Versions
{
    public static string OfTheProgram { get; } =
        XDocument.Load(Repository.Path("Directory.Build.props")).Descendants("Version").Single().Value;

    public static string OfTheChart { get; } = Yaml.Value(File.ReadAllText(Repository.Path("chart", "Chart.yaml")), "version")!;
}
