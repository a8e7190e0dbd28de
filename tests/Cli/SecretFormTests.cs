using System.Text;
using System.Text.RegularExpressions;
using Tempo.Helm.Tests.Cluster.Server;
using Tempo.Helm.Tests.Cluster.Verify;
using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Cli;
using Tempo.PostRender.Reporting;

namespace Tempo.Helm.Tests.Cli;

/// <summary>
/// One release with marked secrets, given to every command in every format, on a terminal and in a pipe: no report, message, diff or
/// page shows one. New commands and formats are tested automatically.
/// </summary>
public sealed partial class SecretFormTests : IDisposable
{
    private const string Mark = "hunter2";

    private const string Secrets = """
        server: {http_listen_address: 0.0.0.0, grpc_listen_address: 10.1.2.3}   # hunter2-comment
        memberlist:
          bind_addr: [0.0.0.0]
          advertise_addr: hunter2.example
          join_members: ["hunter2-member.example:7946"]
        distributor: {receivers: {otlp: {protocols: {grpc: {endpoint: 0.0.0.0:4317, auth: {token: hunter2-token}}}}}}
        querier: {frontend_worker: {frontend_address: "dns://hunter2-user:hunter2-password@127.0.0.1:9095/?token=hunter2-query"}}
        ingest: {kafka: {address: "10.9.8.7:9092", sasl_username: hunter2-user, sasl_password: hunter2-password}}
        metrics_generator:
          storage:
            remote_write:
              - url: http://hunter2-user:hunter2-password@fd00::1:9090/api?token=hunter2-query
                headers: {Authorization: Basic aHVudGVyMg==, X-Key: hunter2-header}
              - {url: "https://10.1.1.1:9090/push?key=hunter2-key", basic_auth: {username: hunter2-user, password: hunter2-password}}
        storage:
          trace: {backend: s3, s3: {bucket: b, endpoint: s3.eu-west-1.amazonaws.com, access_key: hunter2-key, secret_key: hunter2-key}}

        """;

    private const string Workload = """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: querier, namespace: obs}
        spec:
          template:
            metadata: {labels: {app: querier}}
            spec:
              containers:
              - name: tempo
                image: grafana/tempo:3.0.3
                args:
                - -target=querier
                - -config.file=/conf/tempo.yaml
                - -memberlist.join=hunter2:hunter2@10.0.0.1
                - -server.http-listen-address=0.0.0.0
                env:
                - value: hunter2-plain
                  name: DB_PASSWORD
                - {name: PROXY, value: "http://hunter2-user:hunter2-password@10.0.0.8:3128"}
                - {name: API_TOKEN, value: hunter2-token}
                volumeMounts: [{name: config, mountPath: /conf}]
              volumes: [{name: config, VOLUME}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: querier, namespace: obs}
        spec: {clusterIP: 10.0.0.7, ipFamilies: [IPv4], selector: {app: querier}, ports: [{port: 3200}]}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: other, namespace: obs}
        stringData: {password: hunter2-password}

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Every command, with the forms in which a config can be.</summary>
    public static TheoryData<string, string> Runs
    {
        get
        {
            var root = Commands.Create(AppRunner.NoStreams);
            var runs = new TheoryData<string, string>();
            foreach (var command in root.Subcommands.Select(static command => command.Name).Prepend(""))
            {
                foreach (var form in (string[])["data", "stringData", "ConfigMap", "quoted"])
                {
                    runs.Add(command, form);
                }
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task No_command_shows_a_secret_in_any_format(string command, string form)
    {
        var release = Release(form);
        Assert.Contains(Mark, release);
        switch (command)
        {
            case "":
                await RunAsync(release, "--address-family", "IPv6", "--verbose");
                await RunAsync(release, "--address-family", "IPv6", "--mode", "check");
                await RunAsync(release, "--address-family", "IPv6", "--fail-on", "never", "--diff");
                await RunAsync(release.Replace("tempo.yaml", "tempo.yaml: ["));
                break;
            case "check":
                foreach (
                    var format in Enum.GetValues<ReportFormat>().Where(format => form is "data" or "stringData" || !IsManifest(format))
                )
                {
                    await RunAsync(release, "check", "--address-family", "IPv6", "--verbose", "--format", format.Word());
                }

                var file = _folder.Write("release.yaml", release);
                await RunAsync("", "check", "--fix", "--address-family", "IPv6", file);
                await RunAsync("", "check", "--diff", file);
                break;
            case "template":
                using (var chart = new TemporaryChart(release))
                {
                    await RunAsync("", "template", chart.Path, "--address-family", "IPv6", "--fail-on", "never");
                    await RunAsync("", "template", chart.Path, "--address-family", "IPv6");
                }

                break;
            case "preflight":
                await using (var server = await TestApiServer.StartAsync())
                {
                    using var kubeconfig = new TestKubeconfig().With(server.Url);
                    server.Store.Add(release);
                    string[] arguments = ["preflight", "--kubeconfig", kubeconfig.Path, "-n", "obs", "--address-family", "IPv6", "-"];
                    foreach (var format in Enum.GetValues<ReportFormat>())
                    {
                        await RunAsync(release, [.. arguments, "--format", format.Word()]);
                    }
                }

                break;
            case "verify":
                var live = new LiveRelease(AddressFamily.IPv6) { ConfigKind = form is "data" or "stringData" ? "Secret" : "ConfigMap" };
                live.Config += Secrets[Secrets.IndexOf("ingest:")..Secrets.IndexOf("storage:\n  trace")];
                await using (var server = await live.StartAsync())
                {
                    using var kubeconfig = new TestKubeconfig().With(server.Url);
                    string[] arguments =
                    [
                        "verify",
                        "--kubeconfig",
                        kubeconfig.Path,
                        "-n",
                        LiveRelease.Namespace,
                        "--yes",
                        "--read-secrets",
                        "--verbose",
                    ];
                    foreach (var format in Enum.GetValues<ReportFormat>())
                    {
                        await RunAsync("", [.. arguments, "--format", format.Word()]);
                    }
                }

                break;
            case "migrate" or "rules" or "completion":
                // They read no manifests.
                break;
            default:
                Assert.Fail($"{command} is new: run it here with the release, so that none of its outputs shows a secret");
                break;
        }
    }

    /// <summary>A format that is a part of the release, and contains its config as the release itself does.</summary>
    private static bool IsManifest(ReportFormat format) => format == ReportFormat.KustomizePatches;

    private static string Release(string form)
    {
        // Nothing of a Secret is shown but addresses; names and comments of a ConfigMap are no secrets.
        var config = form is "data" or "stringData" ? Secrets : Names().Replace(Secrets, "tempo");
        var indented = string.Concat(config.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => $"    {line}\n"));
        var document = form switch
        {
            "data" => $"kind: Secret\ndata:\n  tempo.yaml: {Convert.ToBase64String(Encoding.UTF8.GetBytes(config))}\n",
            "stringData" => $"kind: Secret\nstringData:\n  tempo.yaml: |\n{indented}",
            "quoted" => $"kind: ConfigMap\ndata:\n  tempo.yaml: {System.Text.Json.JsonSerializer.Serialize(config)}\n",
            _ => $"kind: ConfigMap\ndata:\n  tempo.yaml: |\n{indented}",
        };
        var volume = form is "data" or "stringData" ? "secret: {secretName: tempo}" : "configMap: {name: tempo}";
        const string Head = "apiVersion: v1\nmetadata: {name: tempo, namespace: obs}\n";
        return $"{Head}{document}{Workload.Replace("VOLUME", volume)}";
    }

    /// <summary>Runs a command in a pipe, on a terminal, and behind Helm.</summary>
    private static async Task RunAsync(string input, params string[] arguments)
    {
        foreach (var terminal in (TerminalSettings?[])[null, new TerminalSettings(200, Colours: false)])
        {
            using var output = new MemoryStream();
            using var error = new StringWriter();
            using var helm = new StringWriter();
            var io = new IoContext
            {
                Input = new MemoryStream(Encoding.UTF8.GetBytes(input)),
                Output = output,
                Error = error,
                OutputTerminal = terminal,
                ErrorTerminal = terminal,
                Environment = static name => name == "HELM" ? HelmVersions.Of(4).Path : null,
                IsStartedByHelm = () => terminal is null,
                OpenHelmError = _ => helm,
            };
            await new App(io).RunAsync(arguments);
            var isManifests = arguments.Length == 0 || arguments[0] == "template" || arguments[0].StartsWith('-');
            var shown = (isManifests ? "" : Encoding.UTF8.GetString(output.ToArray())) + error + helm;
            Assert.NotEqual("", shown + (isManifests ? "-" : ""));
            // In base64 too, at each of the three offsets that a word can have.
            foreach (var mark in (string[])[Mark, "aHVudGVyMg", "h1bnRlcjI", "odW50ZXIy"])
            {
                Assert.False(shown.Contains(mark), $"{string.Join(' ', arguments)}: {LineWith(shown, mark)}");
            }
        }
    }

    private static string LineWith(string text, string mark) => text.Split('\n').FirstOrDefault(line => line.Contains(mark)) ?? "";

    [GeneratedRegex(@"hunter2(-member|-comment|(?=\.example))")]
    private static partial Regex Names();
}
