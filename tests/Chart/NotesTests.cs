using Tempo.Helm.Tests.Chart.Releases;
using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Chart;

/// <summary>
/// NOTES.txt, which <c>helm template</c> does not show: a copy of the chart has it as a ConfigMap.
/// </summary>
public sealed class NotesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("monolithic", "IPv6", "{}")]
    [InlineData("monolithic", "IPv4", "{ipFamilyPolicy: PreferDualStack, gateway: {enabled: true}}")]
    [InlineData(
        "microservices",
        "IPv6",
        "{multitenancyEnabled: true, gateway: {enabled: true, nginxConfig: {ssl: true, tlsSecretName: certificate}}, "
            + "liveStore: {zoneAwareReplication: {enabled: true, rollAtOnce: true}}}"
    )]
    [InlineData(
        "monolithic",
        "IPv4",
        "{global: {security: {allowInsecureImages: true}, image: {tag: '1', registri: a}}, "
            + "ipFamilyPolicy: PreferDualStack, distributor: {resources: {limits: {memory: 1Gi}}}, monolithic: {service: "
            + "{type: LoadBalancer}}, ingest: {kafka: {address: 'kafka:9092'}}, gateway: {ingress: {enabled: true}}, "
            + "networkPolicy: {egress: {enabled: true}}, storage: {secret: {name: s3}, trace: {s3: {bucket: traces}}}}",
        "-no-effect"
    )]
    [InlineData(
        "microservices",
        "IPv6",
        "{defaults: {extraEnv: [{name: REMOTE_WRITE_PASSWORD, value: a}, {name: LEVEL, value: b}]}, querier: {extraEnv: ["
            + "{name: API_TOKEN, value: c}, {name: KAFKA_SASL_SECRET, valueFrom: {secretKeyRef: {name: kafka, key: secret}}}]}}",
        "-plain-variables"
    )]
    public async Task The_notes_say_what_was_installed_and_how_to_use_and_verify_it(
        string mode,
        string family,
        string values,
        string variant = ""
    )
    {
        var release = ReleaseCases.Base(mode, family);
        string[] arguments =
        [
            .. Renders.Template("tempo", ChartWithNotes(), [.. release.Files.SelectMany(static file => new[] { "-f", file })]),
            "-f",
            TemporaryValues.Write(StrictYaml.Read(values)!),
            "--show-only",
            "templates/notes.yaml",
        ];

        var result = await HelmRunner.RunAsync(HelmVersions.Four, arguments);

        Assert.True(result.ExitCode == 0, result.Error);
        SnapshotAssert.Match(StrictYaml.Read(result.Output).At("notes").Text()!, "Chart", $"notes-{mode}-{family}{variant}");
    }

    public void Dispose() => _folder.Dispose();

    private string ChartWithNotes()
    {
        _folder.CopyChart("chart");
        var notes = File.ReadAllText(Repository.Path("chart", "templates", "NOTES.txt"));
        _folder.Write("chart/templates/_notes.tpl", $"{{{{ define \"notes\" }}}}{notes}{{{{ end }}}}");
        _folder.Write("chart/templates/notes.yaml", "notes: {{ include \"notes\" . | toJson }}\n");
        return Path.Combine(_folder.Path, "chart");
    }
}
