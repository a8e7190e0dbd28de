using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Graph;

/// <summary>
/// A config with <c>${…}</c>, which may not be YAML before Tempo expands it (<c>bind_addr: [${POD_IP}]</c> is not). For parsing, the
/// characters that are special in YAML are replaced by private-use characters of the same length, which no config contains.
/// </summary>
internal sealed class VariableForm : ITextForm
{
    /// <summary>The first of the private-use characters that replace the 128 ASCII characters.</summary>
    private const char First = '\uE000';
    private const char Last = '\uE07F';

    /// <summary>The form; it has no state.</summary>
    public static VariableForm Instance { get; } = new();

    /// <inheritdoc/>
    public string ToYaml(string text)
    {
        if (!text.Contains("${", StringComparison.Ordinal) || text.AsSpan().ContainsAnyInRange(First, Last))
        {
            return text;
        }

        // A substitution without its closing brace is kept, because it would include the rest of the line, such as a closing quote.
        var masked = text.ToCharArray();
        foreach (var found in Substitution.Read(text).Where(found => text[found.End - 1] == '}'))
        {
            for (var i = found.Start; i < found.End; i++)
            {
                masked[i] = char.IsAscii(text[i]) && !char.IsAsciiLetterOrDigit(text[i]) ? (char)(First + text[i]) : text[i];
            }
        }

        return new string(masked);
    }

    /// <inheritdoc/>
    public string FromYaml(string value) =>
        value.AsSpan().ContainsAnyInRange(First, Last)
            ? string.Create(
                value.Length,
                value,
                static (restored, value) =>
                {
                    for (var i = 0; i < value.Length; i++)
                    {
                        restored[i] = value[i] is >= First and <= Last ? (char)(value[i] - First) : value[i];
                    }
                }
            )
            : value;
}
