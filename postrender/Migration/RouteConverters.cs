using Tempo.PostRender.Words;

namespace Tempo.PostRender.Migration;

/// <summary>Routes of the Gateway API. Here the chart chooses the API version, the port, and what leads where.</summary>
internal static class RouteConverters
{
    /// <summary>Keys that the old charts have and this one has not.</summary>
    private static readonly string[] OldKeys = ["apiVersion", "matches", "paths", "backendPort", "httpsRedirect"];

    private static readonly string[] Kinds = ["HTTPRoute", "GRPCRoute"];

    /// <summary>The paths to which the chart leads by itself.</summary>
    private static readonly string[] Paths = ["/v1/traces", "/api"];

    /// <summary>Routes to the gateway or to the components.</summary>
    public static void Routes(Conversion conversion) =>
        Each(
            conversion,
            (name, route) =>
            {
                if (route["paths"] is { IsEmpty: false } || (!LeadsTo(route, "/") && HasOtherPaths(route)))
                {
                    SayPaths(conversion, name);
                }

                conversion.Put(name, Kept(route));
            }
        );

    /// <summary>Routes to a port of the single process.</summary>
    public static void ServiceRoutes(Conversion conversion) =>
        Each(
            conversion,
            (name, route) =>
            {
                if (Serves(route, conversion.Old) is not { } serves)
                {
                    Refuse(conversion, name, "leads to a port to which no route of this chart leads");
                    return;
                }

                if (HasOtherPaths(route))
                {
                    SayPaths(conversion, name);
                }

                var kept = Kept(route);
                kept["serves"] = new ValueList([new ValueScalar(serves, isPlain: true)]);
                conversion.Put(name, kept);
            }
        );

    private static void Each(Conversion conversion, Action<string, ValueMap> put)
    {
        foreach (var (name, value) in conversion.Map.Entries)
        {
            if (value is not ValueMap route || !route.IsTrue("enabled"))
            {
                continue;
            }

            if (route["kind"] is ValueScalar { IsEmpty: false } kind && !Kinds.Contains(kind.Text))
            {
                Refuse(conversion, name, "is neither an HTTPRoute nor a GRPCRoute");
            }
            else if (route.IsTrue("httpsRedirect"))
            {
                Refuse(conversion, name, "redirects to HTTPS, and the chart has no such route");
            }
            else
            {
                put(name, route);
            }
        }
    }

    /// <summary>What a route to a port serves, or null where no route of this chart leads there.</summary>
    private static string? Serves(ValueMap route, ValueMap old)
    {
        var port = route["backendPort"] is ValueScalar { IsEmpty: false } set ? set.Text : "3200";
        return port == "3200" ? "queries"
            : port == "9411" || IsPortOf(old, "http", port) || IsPortOf(old, "grpc", port) ? "traces"
            : null;
    }

    private static bool IsPortOf(ValueMap old, string protocol, string port) =>
        old.Text($"tempo.receivers.otlp.protocols.{protocol}.endpoint")?.EndsWith($":{port}", StringComparison.Ordinal) == true;

    private static bool HasOtherPaths(ValueMap route) =>
        route["matches"] is { IsEmpty: false } && !Array.Exists(Paths, path => LeadsTo(route, path));

    /// <summary>Whether a route has one path, and no other condition.</summary>
    private static bool LeadsTo(ValueMap route, string path) =>
        route["matches"] is ValueList { Items: [ValueMap { Entries.Count: 1 } only] } && only.Text("path.value") == path;

    private static ValueMap Kept(ValueMap route)
    {
        var kept = new ValueMap();
        foreach (var (key, value) in route.Entries.Where(static entry => !entry.Value.IsEmpty && !OldKeys.Contains(entry.Key)))
        {
            kept[key] = value.Copy();
        }

        return kept;
    }

    private static void SayPaths(Conversion conversion, string name) =>
        conversion.Say(
            MigrationLevel.Warning,
            $"has the route {Printable.OneLine(name)} with paths of its own. The chart sets the paths: OTLP over HTTP and the query API. "
                + "Add rules for other paths to the route's additionalRules"
        );

    private static void Refuse(Conversion conversion, string name, string why) =>
        conversion.Say(
            MigrationLevel.Error,
            $"has the route {Printable.OneLine(name)}, which {why}; it was left out. Add it to extraObjects"
        );
}
