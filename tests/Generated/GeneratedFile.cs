using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Generated;

/// <summary>
/// A file, or a part of it between two comments, that is generated from the code. The test compares it; with
/// <c>TEMPO_HELM_UPDATE=1</c> in the environment it writes it instead.
/// </summary>
internal static class GeneratedFile
{
    /// <summary>Compares a whole file with its source.</summary>
    public static void Match(string path, string content)
    {
        var file = Repository.Path(path);
        var isSame = File.Exists(file) && File.ReadAllText(file) == content;
        // Other tests read the file at the same time, so one that is right is not written.
        if (!isSame && Update.IsAsked)
        {
            File.WriteAllText(file, content);
            return;
        }

        Assert.True(isSame, $"{path} differs from what the code makes. {Update.Advice}");
    }

    /// <summary>
    /// Compares the part of a file between <c>&lt;!-- generated: name --&gt;</c> and <c>&lt;!-- end --&gt;</c> with its source.
    /// </summary>
    public static void MatchPart(string path, string name, string content)
    {
        var text = File.ReadAllText(Repository.Path(path));
        var start = $"<!-- generated: {name} -->\n";
        var from = text.IndexOf(start) + start.Length;
        var to = text.IndexOf("<!-- end -->", from);
        Assert.True(from >= start.Length && to >= from, $"{path} has no part {name}");
        Match(path, text[..from] + content + text[to..]);
    }
}
