using System.Globalization;
using System.Text.Json;
using Tempo.PostRender.Addresses;

namespace Tempo.PostRender.Cluster.Pages;

/// <summary>
/// The page <c>/memberlist</c>: the members that a pod sees, as JSON if it is requested, else as an HTML table (read in dskit).
/// </summary>
internal static class MemberlistPage
{
    /// <summary>The path of the page.</summary>
    public const string Path = "memberlist";

    /// <summary>hashicorp/memberlist's NodeStateType.</summary>
    private static readonly string[] States = ["Alive", "Suspect", "Dead", "Left"];

    /// <summary>The members that are alive or suspected; null if the process does not use memberlist.</summary>
    /// <exception cref="UnreadablePageException">The page has no table of members.</exception>
    public static IReadOnlyList<Member>? Parse(string body)
    {
        if (body.StartsWith("This instance doesn't use memberlist", StringComparison.Ordinal))
        {
            return null;
        }

        var members = body.AsSpan().TrimStart() is ['{', ..] ? FromJson(body) : FromHtml(body);
        return [.. members.Where(static member => member.State is not ("Dead" or "Left"))];
    }

    private static IEnumerable<Member> FromJson(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (!document.RootElement.TryGetProperty("SortedMembers", out var members))
            {
                throw new UnreadablePageException("the page /memberlist has no SortedMembers");
            }

            // Go writes an empty list as null.
            return members.ValueKind == JsonValueKind.Null
                ? []
                :
                [
                    .. members
                        .EnumerateArray()
                        .Select(static member => new Member(
                            member.GetProperty("Name").GetString() ?? "",
                            Endpoint.Parse(
                                Endpoint.Join(
                                    member.GetProperty("Addr").GetString() ?? "",
                                    member.GetProperty("Port").GetInt32().ToString(CultureInfo.InvariantCulture)
                                )
                            ),
                            StateOf(member.GetProperty("State").GetInt32())
                        )),
                ];
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UnreadablePageException($"the page /memberlist has an unknown format: {exception.Message}");
        }
    }

    private static IEnumerable<Member> FromHtml(string body)
    {
        var table =
            HtmlTable.Find(body, "Name", "Address", "State")
            ?? throw new UnreadablePageException("the page /memberlist has no table of members");
        return table.Select(static row => new Member(
            row["Name"],
            Endpoint.Parse(row["Address"]),
            int.TryParse(row["State"], NumberStyles.None, CultureInfo.InvariantCulture, out var state) ? StateOf(state) : row["State"]
        ));
    }

    private static string StateOf(int state) =>
        state >= 0 && state < States.Length ? States[state] : state.ToString(CultureInfo.InvariantCulture);
}
