using Tempo.PostRender.Words;

namespace Tempo.PostRender.Manifests;

/// <summary>Reads the directives and the tags of a document. A directive can define the handle of a tag.</summary>
internal sealed class YamlTags(string text)
{
    private Dictionary<string, string>? _handles;

    /// <summary>Takes a directive.</summary>
    /// <exception cref="YamlSyntaxException">The directive is unknown.</exception>
    public void ReadDirective(in YamlToken token)
    {
        var line = text[token.Start..token.End];
        var comment = line.IndexOf(" #", StringComparison.Ordinal);
        switch ((comment < 0 ? line : line[..comment]).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            case ["%YAML", "1.1" or "1.2"]:
                break;
            case ["%TAG", ['!', .. var handle], var prefix] when handle.Length == 0 || handle[^1] == '!':
                (_handles ??= new Dictionary<string, string>(StringComparer.Ordinal))["!" + handle] = prefix;
                break;
            default:
                throw new YamlSyntaxException(
                    "% at the start of a line starts a directive, and only %YAML 1.1 and %TAG are known",
                    token.Start
                );
        }
    }

    /// <summary>A tag with its handle resolved.</summary>
    /// <exception cref="YamlSyntaxException">No directive defines the handle.</exception>
    public string Read(in YamlToken token)
    {
        var tag = text[token.Start..token.End];
        if (tag.Length == 1 || tag[1] == '<')
        {
            return tag.Length == 1 ? tag : tag[2..^1];
        }

        var second = tag.IndexOf('!', 1);
        var handle = second > 0 && !tag.AsSpan(1, second - 1).ContainsAnyExcept(YamlScanner.NameCharacters) ? tag[..(second + 1)] : "!";
        var prefix =
            _handles?.GetValueOrDefault(handle)
            ?? handle switch
            {
                "!" => "!",
                "!!" => "tag:yaml.org,2002:",
                _ => null,
            };
        return prefix is null
            ? throw new YamlSyntaxException($"the tag {Printable.OneLine(tag)} has a handle that no %TAG directive defines", token.Start)
            : prefix + tag[handle.Length..];
    }
}
