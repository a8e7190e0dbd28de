using Tempo.Helm.Tests.Support;
using ApiRequest = Tempo.Helm.Tests.Cluster.Server.ApiRequest;

namespace Tempo.Helm.Tests.Cluster.Preflight;

/// <summary>The permissions that docs/preflight.md asks for.</summary>
public sealed class PreflightRoleTests : PreflightScene
{
    /// <summary>Everything that is granted is asked for, and nothing else is: with a stream of every kind.</summary>
    [Fact]
    public async Task The_documented_roles_are_what_it_needs()
    {
        Cluster("IPv6", Ipv6);
        var granted = DocumentedRules();
        Server.IsPermitted = request => granted.Contains(Permission(request));
        const string Others = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, namespace: obs}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a, namespace: obs}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a, namespace: obs}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: a, namespace: obs}
            """;

        var result = await RunAsync(Config + StatefulSet + Others);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal(granted.Order(), Server.Requests.Select(Permission).Distinct().Order());
    }

    private static string Permission(ApiRequest request) =>
        $"{(request.Namespace is { } ns ? ns == "default" ? "default" : "release" : "cluster")} {request.Group} "
        + $"{request.RbacResource} {request.Verb}";

    private static HashSet<string> DocumentedRules()
    {
        var text = File.ReadAllText(Repository.Path("docs", "preflight.md"));
        var granted = new HashSet<string>();
        foreach (var block in text.Split("```yaml\n").Skip(1).Select(static part => part.Split("```")[0]))
        {
            foreach (var document in block.Split("---\n"))
            {
                var role = PostRender.Graph.ObjectReader.Read(Yaml.Document(document))[0];
                if (role.Kind is not ("Role" or "ClusterRole"))
                {
                    continue;
                }

                foreach (var rule in PostRender.Graph.NodeReading.Items(role.Find("rules")))
                {
                    IReadOnlyList<string> List(string key) =>
                        PostRender.Graph.NodeReading.Texts(
                            PostRender.Graph.NodeReading.Get(rule, key) as PostRender.Manifests.SequenceNode
                        );
                    var scope =
                        role.Kind == "ClusterRole" ? "cluster"
                        : role.Namespace == "default" ? "default"
                        : "release";
                    granted.UnionWith(
                        from groupName in List("apiGroups")
                        from resource in List("resources")
                        from verb in List("verbs")
                        select $"{scope} {groupName} {resource} {verb}"
                    );
                }
            }
        }

        return granted;
    }
}
