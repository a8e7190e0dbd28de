namespace Tempo.PostRender.Graph;

/// <summary>The form of a <c>${…}</c>.</summary>
public enum SubstitutionForm
{
    /// <summary><c>${V}</c>: the value of the variable, or empty if it is unset.</summary>
    Variable,

    /// <summary><c>${V:-x}</c>, <c>${V:=x}</c>, <c>${V=x}</c>: the value, or <c>x</c> if it is empty or unset.</summary>
    Default,

    /// <summary><c>${V:1}</c>, <c>${V:1:2}</c>: a part of the value. <c>${V:x}</c> is the whole value, never <c>x</c>.</summary>
    Substring,

    /// <summary>A text function (<c>${V^^}</c>, <c>${V/x/y}</c>), or a form that is accepted but not supported (<c>${V:+x}</c>).</summary>
    Function,

    /// <summary>Invalid: Tempo does not start (error: failed to expand env vars).</summary>
    Invalid,
}

/// <summary>A <c>${…}</c> of a config that Tempo reads with <c>-config.expand-env</c>.</summary>
/// <param name="Start">Where it starts, as a UTF-16 offset in the text.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Name">The variable's name; empty if there is none.</param>
/// <param name="Argument">The text after the operator: a default or an offset.</param>
public readonly record struct Substitution(int Start, int End, SubstitutionForm Form, string Name, string Argument)
{
    /// <summary>The limit for nested substitutions, so that hostile input cannot overflow the stack.</summary>
    private const int MaxDepth = 50;

    /// <summary>
    /// All outermost substitutions of a text, as drone/envsubst 1.0.3 parses it (the library of every Tempo from 2.0 on; measured on
    /// 3.0.3). It does not parse YAML, so comments are expanded too. <c>$$</c> is a literal dollar sign.
    /// </summary>
    public static IEnumerable<Substitution> Read(string text)
    {
        for (var at = text.IndexOf('$', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length; at = text.IndexOf('$', at))
        {
            if (text[at + 1] == '{')
            {
                var found = ReadAt(text, at, depth: 0);
                yield return found;
                at = found.End;
            }
            else
            {
                at += text[at + 1] == '$' ? 2 : 1;
            }

            if (at >= text.Length)
            {
                yield break;
            }
        }
    }

    private static Substitution ReadAt(string text, int start, int depth)
    {
        var position = start + 2;
        var isLength = position < text.Length && text[position] == '#';
        position += isLength ? 1 : 0;
        var nameStart = position;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] == '_'))
        {
            position++;
        }

        var name = text[nameStart..position];
        if (name.Length == 0 || position >= text.Length || depth > MaxDepth)
        {
            return Invalid(text, start, name);
        }

        var rest = text.AsSpan(position);
        return rest[0] switch
        {
            '}' => new Substitution(start, position + 1, isLength ? SubstitutionForm.Function : SubstitutionForm.Variable, name, ""),
            _ when isLength => Invalid(text, start, name),
            '=' => ReadArgument(text, start, name, SubstitutionForm.Default, position + 1, depth),
            ':' when rest.Length > 1 && rest[1] is '-' or '=' => ReadArgument(
                text,
                start,
                name,
                SubstitutionForm.Default,
                position + 2,
                depth
            ),
            ':' when rest.Length > 1 && rest[1] is '+' or '?' => ReadArgument(
                text,
                start,
                name,
                SubstitutionForm.Function,
                position + 2,
                depth
            ),
            ':' => ReadSubstring(text, start, name, position + 1, depth),
            ',' or '^' => ReadCasing(text, start, name, position),
            '#' or '%' or '/' => ReadFunction(text, start, name, position, depth),
            _ => Invalid(text, start, name),
        };
    }

    /// <summary>Everything up to the closing brace, including nested substitutions.</summary>
    private static Substitution ReadArgument(string text, int start, string name, SubstitutionForm form, int position, int depth)
    {
        var argumentStart = position;
        while (position < text.Length && text[position] != '}')
        {
            if (text[position] == '$' && position + 1 < text.Length && text[position + 1] == '{')
            {
                var inner = ReadAt(text, position, depth + 1);
                if (inner.Form == SubstitutionForm.Invalid)
                {
                    return Invalid(text, start, name);
                }

                position = inner.End;
            }
            else
            {
                position++;
            }
        }

        return position < text.Length
            ? new Substitution(start, position + 1, form, name, text[argumentStart..position])
            : Invalid(text, start, name);
    }

    /// <summary>An offset, optionally followed by a colon and a length; neither may be empty.</summary>
    private static Substitution ReadSubstring(string text, int start, string name, int position, int depth)
    {
        var found = ReadArgument(text, start, name, SubstitutionForm.Substring, position, depth);
        var isEmpty = found.Argument.Length == 0 || found.Argument[0] == ':' || found.Argument[^1] == ':';
        return found.Form == SubstitutionForm.Invalid || isEmpty ? found with { Form = SubstitutionForm.Invalid } : found;
    }

    private static Substitution ReadCasing(string text, int start, string name, int position)
    {
        var end = position + (position + 1 < text.Length && text[position + 1] is ',' or '^' ? 2 : 1);
        return end < text.Length && text[end] == '}'
            ? new Substitution(start, end + 1, SubstitutionForm.Function, name, "")
            : Invalid(text, start, name);
    }

    private static Substitution ReadFunction(string text, int start, string name, int position, int depth)
    {
        var found = ReadArgument(text, start, name, SubstitutionForm.Function, position + 1, depth);
        var isComplete = found.Argument.Length > 0 && (text[position] != '/' || found.Argument.IndexOf('/', 1) > 0);
        return found.Form == SubstitutionForm.Invalid || isComplete ? found : found with { Form = SubstitutionForm.Invalid };
    }

    /// <summary>
    /// An invalid substitution, which ends at the next brace or line break. The text after it is parsed on its own, to report every error.
    /// </summary>
    private static Substitution Invalid(string text, int start, string name)
    {
        var end = text.AsSpan(start).IndexOfAny('}', '\n');
        return new Substitution(
            start,
            end < 0 ? text.Length : start + end + (text[start + end] == '}' ? 1 : 0),
            SubstitutionForm.Invalid,
            name,
            ""
        );
    }
}
