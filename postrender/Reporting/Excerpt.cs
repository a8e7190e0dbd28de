using System.Runtime.CompilerServices;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>The line of a finding as it is written in the manifest, or the reason why it is not shown.</summary>
/// <param name="Text">The line without the blanks around it.</param>
/// <param name="IsShown">Whether <paramref name="Text"/> is the line itself.</param>
public sealed record Excerpt(string Text, bool IsShown)
{
    /// <summary>The hidden lines of documents: another line can say that a line holds a credential, and many findings ask.</summary>
    private static readonly ConditionalWeakTable<YamlDocument, bool[]> Hidden = [];

    /// <summary>The line that a place is in, or null for a live object and an empty line.</summary>
    public static Excerpt? Of(Place place)
    {
        var (document, index) = place.Origin;
        if (document is null || place.IsLive)
        {
            return null;
        }

        var number = document.LineOf(index);
        var line = document.Line(number);
        var isHidden = !place.IsSecret && Hidden.GetValue(document, HiddenLinesOf)[number];
        var shown = isHidden && line.Trim().Length > 0 ? Redaction.MayHoldCredential : Redaction.Line(line, place.IsSecret);
        return shown.Length == 0 ? null : new Excerpt(shown, shown == line.Trim());
    }

    private static bool[] HiddenLinesOf(YamlDocument document) =>
        HiddenLines.Of([.. Enumerable.Range(0, document.Lines.Count).Select(document.Line)]);
}
