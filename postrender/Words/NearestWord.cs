namespace Tempo.PostRender.Words;

/// <summary>Finds the known word that a mistyped word probably means.</summary>
internal static class NearestWord
{
    /// <summary>
    /// The limit for compared words, in UTF-16 units: longer words are not typed by hand, and comparing them takes time.
    /// </summary>
    private const int MaxLength = 64;

    /// <summary>The nearest of the known words, or null if none is near. At most one letter in three may differ.</summary>
    /// <param name="typed">The word as typed.</param>
    /// <param name="known">The known words; of several equally near ones, the first is returned.</param>
    public static string? Of(string typed, IEnumerable<string> known) =>
        typed.Length is 0 or > MaxLength
            ? null
            : known
                .Select(word => (Word: word, Distance: Distance(typed.ToLowerInvariant(), word.ToLowerInvariant())))
                .Where(near => near.Distance <= Math.Max(1, Math.Max(Letters(typed), Letters(near.Word)) / 3))
                .OrderBy(static near => near.Distance)
                .Select(static near => near.Word)
                .FirstOrDefault();

    /// <summary>" (did you mean check?)", or an empty text if no word is near.</summary>
    /// <param name="typed">The word as typed.</param>
    /// <param name="known">The words that exist.</param>
    public static string Question(string typed, IEnumerable<string> known) => Question(Of(typed, known));

    /// <summary>" (did you mean check?)", or an empty text if there is no such word.</summary>
    /// <param name="near">The word that is probably meant, or null.</param>
    public static string Question(string? near) => near is null ? "" : $" (did you mean {near}?)";

    /// <summary>The number of letters without the dashes of an option, which all options have.</summary>
    private static int Letters(string word) => word.AsSpan().TrimStart('-').Length;

    /// <summary>The number of letters to insert, delete, replace, or swap with the next one. One short function needs no package.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var replaced = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
