using System.Globalization;
using System.Text.Json;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Pages;

/// <summary>
/// The pages that list members, as JSON, which every version of Tempo since 2.0 sends to a client that asks for it (read in dskit).
/// </summary>
internal static class MemberPage
{
    /// <summary>The path of the page of memberlist.</summary>
    public const string MemberlistPath = "memberlist";

    /// <summary>hashicorp/memberlist's NodeStateType.</summary>
    private static readonly string[] States = ["Alive", "Suspect", "Dead", "Left"];

    /// <summary>The path of the page of a ring, the same in 2.x and 3.x: <c>live-store/ring</c>.</summary>
    public static string PathOf(TempoRing ring) => ring.Component + "/ring";

    /// <summary>Whether a page says that the process does not use memberlist.</summary>
    public static bool SaysNoMemberlist(string body) => body.StartsWith("This instance doesn't use memberlist", StringComparison.Ordinal);

    /// <summary>The members of memberlist that are alive or suspected.</summary>
    /// <exception cref="UnreadableException">The page has an unknown format.</exception>
    public static IReadOnlyList<Member> ReadMemberlist(string body) =>
        [
            .. Read(
                    body,
                    "SortedMembers",
                    static member => new Member(
                        member.GetProperty("Name").GetString() ?? "",
                        Endpoint.Parse(
                            Endpoint.Join(
                                member.GetProperty("Addr").GetString() ?? "",
                                member.GetProperty("Port").GetInt32().ToString(CultureInfo.InvariantCulture)
                            )
                        ),
                        States.ElementAtOrDefault(member.GetProperty("State").GetInt32()) ?? "unknown"
                    )
                )
                .Where(static member => member.State is not ("Dead" or "Left")),
        ];

    /// <summary>The instances of a ring.</summary>
    /// <exception cref="UnreadableException">The page has an unknown format.</exception>
    public static IReadOnlyList<Member> ReadRing(string body) =>
        Read(
            body,
            "shards",
            static instance => new Member(
                instance.GetProperty("id").GetString() ?? "",
                Endpoint.Parse(instance.GetProperty("address").GetString() ?? ""),
                instance.GetProperty("state").GetString() ?? ""
            )
        );

    private static List<Member> Read(string body, string list, Func<JsonElement, Member> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var members = document.RootElement.GetProperty(list);
            // Go writes an empty list as null.
            return members.ValueKind == JsonValueKind.Null ? [] : [.. members.EnumerateArray().Select(read)];
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UnreadableException($"the list {list} of members cannot be read: {exception.Message}");
        }
    }
}
