using System.Text.Json;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Reporting;

namespace Tempo.PostRender.Cluster.Verification;

/// <summary>
/// The report of <c>verify</c> as JSON, in the form of docs/verify.schema.json: fields may be added, never changed or removed.
/// </summary>
internal static class VerificationJson
{
    /// <summary>Writes the report.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="output">Where to.</param>
    public static void Write(Verification found, Stream output)
    {
        using var json = new Utf8JsonWriter(output, ReportJson.Options);
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", JsonReporter.SchemaVersion);
        json.WriteString("tool", TextReporter.Program);
        json.WriteString("version", ProgramVersion.Text);
        json.WriteString("server", found.Server);
        json.WriteString("namespace", found.Namespace);
        json.WriteStartObject("summary");
        json.WriteNumber("pods", found.Releases.Sum(static release => release.Pods.Count));
        json.WriteNumber("notJudged", found.Releases.Sum(static release => release.Pods.Count(static pod => pod.Problems.Count > 0)));
        json.WriteNumber("errors", found.Count(ReportedLevel.Error));
        json.WriteNumber("warnings", found.Count(ReportedLevel.Warning));
        json.WriteNumber("ignored", found.Count(ReportedLevel.Ignored));
        json.WriteEndObject();
        json.WriteStartArray("releases");
        foreach (var release in found.Releases)
        {
            WriteRelease(json, release);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void WriteRelease(Utf8JsonWriter json, VerifiedRelease release)
    {
        json.WriteStartObject();
        json.WriteString("name", release.Analysis.Release);
        json.WriteString("family", release.Analysis.Decision.Family?.ToString());
        json.WriteString("decidedBy", release.Analysis.Decision.Basis);
        JsonReporter.WriteStrings(json, "holds", release.Satisfied.Select(static rule => rule.Id));
        JsonReporter.WriteStrings(json, "disabled", release.Analysis.Disabled.Select(static rule => rule.Id));
        json.WriteStartArray("pods");
        foreach (var pod in release.Pods)
        {
            WritePod(json, release, pod);
        }

        json.WriteEndArray();
        json.WriteStartArray("names");
        foreach (var name in release.Names)
        {
            json.WriteStartObject();
            json.WriteString("name", name.Name);
            json.WriteString("service", name.Service.Service.Object.Reference);
            JsonReporter.WriteStrings(json, "ipFamilies", name.Service.Service.StatedFamilies);
            JsonReporter.WriteStrings(json, "a", name.A);
            JsonReporter.WriteStrings(json, "aaaa", name.Aaaa);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        NetworkJson.WriteReached(json, release.Reached);
        NetworkJson.WriteTrace(json, release.Trace);
        json.WriteStartArray("findings");
        foreach (var finding in release.Findings)
        {
            JsonReporter.WriteFinding(json, finding, Verification.LevelOf(finding));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePod(Utf8JsonWriter json, VerifiedRelease release, PodReport pod)
    {
        json.WriteStartObject();
        json.WriteString("name", pod.Pod.Name);
        JsonReporter.WriteStrings(json, "targets", pod.Runs);
        json.WriteString(
            "verdict",
            release.VerdictOf(pod) switch
            {
                PodVerdict.Ok => "ok",
                PodVerdict.Warning => "warning",
                PodVerdict.Error => "error",
                _ => "not judged",
            }
        );
        JsonReporter.WriteStrings(json, "problems", pod.Problems);
        JsonReporter.WriteStrings(json, "addresses", pod.Pod.Addresses);
        WriteOptional(json, "ready", pod.IsReady);
        json.WriteBoolean("configRead", pod.HasConfig);
        json.WriteBoolean("joinsMemberlist", pod.JoinsMemberlist);
        json.WriteStartArray("ports");
        foreach (var port in pod.Ports)
        {
            var reach = PodCheck.Reach(port, pod);
            json.WriteStartObject();
            json.WriteString("name", port.Name);
            json.WriteNumber("port", port.Port);
            WriteOptional(json, "overIPv4", reach.OverIPv4);
            WriteOptional(json, "overIPv6", reach.OverIPv6);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("listeners");
        if (pod.Listeners is null)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteStartArray();
            foreach (var listener in pod.Listeners)
            {
                json.WriteStartObject();
                json.WriteString("address", listener.Address.ToString());
                json.WriteNumber("port", listener.Port);
                WriteOptional(json, "overIPv4", listener.Reaches(AddressFamily.IPv4));
                WriteOptional(json, "overIPv6", listener.Reaches(AddressFamily.IPv6));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        WriteMembers(json, "members", pod.Gossip);
        json.WriteStartObject("rings");
        foreach (var (ring, view) in pod.Rings.OrderBy(static ring => ring.Key, StringComparer.Ordinal))
        {
            WriteMembers(json, ring, view);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The numbers by family; a list of all members for each pod would grow with the square of the pods.</summary>
    private static void WriteMembers(Utf8JsonWriter json, string name, MemberView? view)
    {
        json.WritePropertyName(name);
        if (view is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("count", view.Members.Count);
        json.WriteNumber("ipv4", view.Members.Count(static member => member.Family == AddressFamily.IPv4));
        json.WriteNumber("ipv6", view.Members.Count(static member => member.Family == AddressFamily.IPv6));
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } known)
        {
            json.WriteBoolean(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
