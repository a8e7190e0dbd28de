using Tempo.Helm.Tests.Support;

namespace Tempo.Helm.Tests.Forms;

/// <summary>
/// In every layout of an nginx config, a server without a listener of the family gets one, or the finding says why not.
/// </summary>
public class GatewayFormTests
{
    private const string Querier =
        "---\napiVersion: v1\nkind: Service\nmetadata: {name: traces-querier}\nspec:\n  ipFamilies: [IPv4]\n"
        + "  ipFamilyPolicy: SingleStack\n  ports: [{port: 3200}]\n  selector: {app: querier}\n";

    [Theory]
    [InlineData(
        "http { server { listen 8080; location / { proxy_pass http://traces-querier:3200; } } }",
        "listen 8080; listen [::]:8080; location"
    )]
    [InlineData(
        "server {\n  listen 8080; listen 8443 ssl; # both\n  location / { proxy_pass http://traces-querier:3200; }\n}",
        "  listen 8080; listen [::]:8080; listen 8443 ssl; listen [::]:8443 ssl; # both\n"
    )]
    [InlineData(
        "server {\n  listen 8080; # here\n  location / { proxy_pass http://traces-querier:3200; }\n}",
        "  listen 8080; # here\n      listen [::]:8080;\n"
    )]
    [InlineData(
        "server {\n  listen 10.0.0.1:8080;\n  listen 10.0.0.2:8080;\n  location / { proxy_pass http://traces-querier:3200; }\n}",
        "  listen 10.0.0.1:8080;\n      listen [::]:8080;\n      listen 10.0.0.2:8080;\n      location"
    )]
    [InlineData(
        "server {\n  listen 8080;\n  set $up traces-querier.default.svc;\n  location / { proxy_pass http://$up:3200$request_uri; }\n}",
        "listen [::]:8080;"
    )]
    [InlineData(
        "upstream tempo { server traces-querier:3200; }\nserver {\n  listen 8080;\n  location / { grpc_pass grpc://tempo; }\n}",
        "listen [::]:8080;"
    )]
    public async Task A_listener_is_added_where_nginx_takes_it(string config, string expected)
    {
        var output = await FormStream.RepairAsync(Stream(config));

        Assert.Contains(expected, output);
        Assert.Equal(Count(expected, "listen [::]"), Count(output, "listen [::]"));
    }

    [Fact]
    public async Task A_directive_over_several_lines_is_left_to_the_user()
    {
        var result = await AppRunner.RunAsync(
            Stream("server {\n  listen\n    8080\n    default_server;\n  location / { proxy_pass http://traces-querier:3200; }\n}"),
            "--address-family",
            "IPv6"
        );

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("error TPF011 ConfigMap/gateway data[\"nginx.conf\"]#line 2: is \"listen 8080 default_server\"", result.Error);
        Assert.Contains("Add listen [::]:8080 default_server; by hand", result.Error);
    }

    [Theory]
    [InlineData("# in front of traces-querier\nserver {\n  listen 80;\n  location / { fastcgi_pass 127.0.0.1:9000; }\n}")]
    [InlineData("server {\n  listen 80;\n  location / { proxy_pass http://grafana/traces-querier; }\n}")]
    public async Task An_nginx_that_passes_nothing_on_to_Tempo_is_not_Tempos(string config)
    {
        var output = await FormStream.RepairAsync(Stream(config));

        Assert.EndsWith(Gateway(config), output);
    }

    private static string Stream(string config) => FormStream.Of(FormStream.ConfigMap) + Querier + Gateway(config);

    private static string Gateway(string config) =>
        $$"""
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: gateway}
            data:
              nginx.conf: |
                {{config.Replace("\n", "\n    ")}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: gateway}
            spec:
              template:
                metadata:
                  labels: {app: gateway}
                spec:
                  containers:
                    - name: nginx
                      image: nginxinc/nginx-unprivileged:1.29
                  volumes:
                    - name: config
                      configMap: {name: gateway}

            """;

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
