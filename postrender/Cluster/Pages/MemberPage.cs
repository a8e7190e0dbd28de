using System.Globalization;
using System.Text.Json;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Pages;

/// <summary>
/// A page that lists members: as JSON if it is requested, else as an HTML table (read in dskit).
/// </summary>
internal sealed class MemberPage
{
    /// <summary>hashicorp/memberlist's NodeStateType.</summary>
    private static readonly string[] States = ["Alive", "Suspect", "Dead", "Left"];

    /// <summary>The page for messages.</summary>
    public required string Title { get; init; }

    /// <summary>The key of the list in the JSON.</summary>
    public required string List { get; init; }

    /// <summary>Reads an item of the list.</summary>
    public required Func<JsonElement, Member> FromJson { get; init; }

    /// <summary>The columns of the HTML table with the name, the address and the state.</summary>
    public required (string Name, string Address, string State) Columns { get; init; }

    /// <summary>The members of memberlist, dead and former ones included: <c>/memberlist</c>.</summary>
    private static MemberPage Memberlist { get; } =
        new()
        {
            Title = "the page /memberlist",
            List = "SortedMembers",
            FromJson = static member => new Member(
                member.GetProperty("Name").GetString() ?? "",
                Endpoint.Parse(
                    Endpoint.Join(
                        member.GetProperty("Addr").GetString() ?? "",
                        member.GetProperty("Port").GetInt32().ToString(CultureInfo.InvariantCulture)
                    )
                ),
                StateOf(member.GetProperty("State").GetInt32().ToString(CultureInfo.InvariantCulture))
            ),
            Columns = ("Name", "Address", "State"),
        };

    /// <summary>The instances of a ring: <c>/live-store/ring</c>.</summary>
    public static MemberPage Ring { get; } =
        new()
        {
            Title = "the page of the ring",
            List = "shards",
            FromJson = static instance => new Member(
                instance.GetProperty("id").GetString() ?? "",
                Endpoint.Parse(instance.GetProperty("address").GetString() ?? ""),
                instance.GetProperty("state").GetString() ?? ""
            ),
            Columns = ("Instance ID", "Address", "State"),
        };

    /// <summary>The path of the page of memberlist.</summary>
    public const string MemberlistPath = "memberlist";

    /// <summary>The path of the page of a ring, the same in 2.x and 3.x: <c>live-store/ring</c>.</summary>
    public static string PathOf(TempoRing ring) => ring.Component + "/ring";

    /// <summary>Whether a page says that the process does not use memberlist.</summary>
    public static bool SaysNoMemberlist(string body) => body.StartsWith("This instance doesn't use memberlist", StringComparison.Ordinal);

    /// <summary>The members of memberlist that are alive or suspected.</summary>
    /// <exception cref="UnreadableException">The page has an unknown format.</exception>
    public static IReadOnlyList<Member> ReadMemberlist(string body) =>
        [.. Memberlist.Read(body).Where(static member => member.State is not ("Dead" or "Left"))];

    /// <summary>Reads the members.</summary>
    /// <exception cref="UnreadableException">The page has an unknown format.</exception>
    public IReadOnlyList<Member> Read(string body)
    {
        if (body.AsSpan().TrimStart() is not ['{', ..])
        {
            var table =
                HtmlTable.Find(body, Columns.Name, Columns.Address, Columns.State)
                ?? throw new UnreadableException($"{Title} has no table of members");
            return
            [
                .. table.Select(row => new Member(row[Columns.Name], Endpoint.Parse(row[Columns.Address]), StateOf(row[Columns.State]))),
            ];
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            if (!document.RootElement.TryGetProperty(List, out var members))
            {
                throw new UnreadableException($"{Title} has no {List}");
            }

            // Go writes an empty list as null.
            return members.ValueKind == JsonValueKind.Null ? [] : [.. members.EnumerateArray().Select(FromJson)];
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UnreadableException($"{Title} has an unknown format: {exception.Message}");
        }
    }

    /// <summary>memberlist writes the number of a state, the ring its name.</summary>
    private static string StateOf(string state) =>
        int.TryParse(state, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < States.Length
            ? States[number]
            : state;
}
