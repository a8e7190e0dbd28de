using Tempo.PostRender.Rules;

namespace Tempo.PostRender.Reporting;

/// <summary>The line of a finding as it is written in the manifest, or the reason why it is not shown.</summary>
/// <param name="Text">The line without the blanks around it.</param>
/// <param name="IsShown">Whether <paramref name="Text"/> is the line itself.</param>
public sealed record Excerpt(string Text, bool IsShown)
{
    /// <summary>The line that a place is in, or null for a live object and an empty line.</summary>
    /// <param name="place">The place.</param>
    public static Excerpt? Of(Place place)
    {
        var (document, index) = place.Origin;
        if (document is null || place.IsLive)
        {
            return null;
        }

        var line = document.Line(document.LineOf(index));
        var shown = Redaction.Line(line, place.IsSecret);
        return shown.Length == 0 ? null : new Excerpt(shown, shown == line.Trim());
    }
}
