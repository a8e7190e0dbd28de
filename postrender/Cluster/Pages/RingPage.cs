using System.Text.Json;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Tempo;

namespace Tempo.PostRender.Cluster.Pages;

/// <summary>
/// The page of a ring, such as <c>/live-store/ring</c>: the instances and their addresses, as JSON if it is requested, else as an HTML
/// table (read in dskit).
/// </summary>
internal static class RingPage
{
    /// <summary>The path of the page, the same in 2.x and 3.x: <c>live-store/ring</c>.</summary>
    public static string PathOf(TempoRing ring) => ring.Component + "/ring";

    /// <summary>Reads the instances.</summary>
    /// <exception cref="UnreadablePageException">The page has no table of instances.</exception>
    public static IReadOnlyList<Member> Parse(string body) => body.AsSpan().TrimStart() is ['{', ..] ? FromJson(body) : FromHtml(body);

    private static List<Member> FromJson(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (!document.RootElement.TryGetProperty("shards", out var shards))
            {
                throw new UnreadablePageException("the page of the ring has no shards");
            }

            // Go writes an empty list as null.
            return shards.ValueKind == JsonValueKind.Null
                ? []
                :
                [
                    .. shards
                        .EnumerateArray()
                        .Select(static shard => new Member(
                            shard.GetProperty("id").GetString() ?? "",
                            Endpoint.Parse(shard.GetProperty("address").GetString() ?? ""),
                            shard.GetProperty("state").GetString() ?? ""
                        )),
                ];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UnreadablePageException($"the page of the ring has an unknown format: {exception.Message}");
        }
    }

    private static List<Member> FromHtml(string body)
    {
        var table =
            HtmlTable.Find(body, "Instance ID", "State", "Address")
            ?? throw new UnreadablePageException("the page of the ring has no table of instances");
        return [.. table.Select(static row => new Member(row["Instance ID"], Endpoint.Parse(row["Address"]), row["State"]))];
    }
}
