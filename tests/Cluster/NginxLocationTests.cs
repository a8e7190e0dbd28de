using Tempo.PostRender.Graph;

namespace Tempo.Helm.Tests.Cluster;

/// <summary>Which location of a gateway takes a request, and where it goes.</summary>
public class NginxLocationTests
{
    private const string Config = """
        http {
          # location /commented { proxy_pass http://nowhere:1; }
          server {
            listen 8080;
            listen [::]:8080;
            set $write tempo-distributor.obs.svc;
            location = / { return 200 'OK'; }
            location = /v1/traces { proxy_pass http://$write:4318; }
            location ^~ /tempo/api { proxy_pass http://tempo-query-frontend.obs.svc:3200/api; }
            location ~ ^/ring$ { proxy_pass http://regex:3200; }
            location /spans {
              client_max_body_size 0;
              proxy_pass http://[fd00::9]:9411;
            }
          }
          server {
            listen 4317 ssl;
            location /opentelemetry.proto.collector.trace.v1.TraceService/ { grpc_pass grpc://distributor:4317; }
            location /upstream { proxy_pass http://backend; }
          }
        }
        """;

    [Theory]
    [InlineData("/v1/traces", "8080", 4318)]
    [InlineData("/v1/traces/more", "", null)]
    [InlineData("/tempo/api/traces/0", "8080", 3200)]
    [InlineData("/spans", "8080", 9411)]
    [InlineData("/opentelemetry.proto.collector.trace.v1.TraceService/Export", "4317", 4317)]
    [InlineData("/upstream", "4317", null)]
    [InlineData("/ring", "", null)]
    [InlineData("/commented", "", null)]
    public void A_path_leads_to_the_port_that_its_location_passes_to(string path, string listens, int? port)
    {
        var taking = NginxLocation.Read(Config).Where(location => location.Takes(path)).ToList();

        Assert.Equal(listens.Length == 0 ? 0 : 1, taking.Count);
        Assert.All(taking, location => Assert.Equal(port, location.PassPort));
        Assert.All(taking, location => Assert.All(location.Listens, listen => Assert.Equal(listens, listen.Port)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("location")]
    [InlineData("location {")]
    [InlineData("} location = /x { proxy_pass")]
    [InlineData("server { location / { proxy_pass ; } }")]
    public void Broken_text_has_no_location_with_a_port(string config) =>
        Assert.DoesNotContain(NginxLocation.Read(config), static location => location.PassPort is not null);
}
