using Tempo.Helm.Tests.Support;
using Tempo.PostRender.Cluster;

namespace Tempo.Helm.Tests.Cluster.Server;

/// <summary>A folder with a kubeconfig and what it names.</summary>
internal sealed class TestKubeconfig : IDisposable
{
    /// <summary>Fast, so that a test of failures does not take seconds.</summary>
    public static RetryPolicy Retries { get; } =
        RetryPolicy.Default with
        {
            Timeout = TimeSpan.FromSeconds(20),
            Pause = TimeSpan.FromMilliseconds(5),
        };

    private readonly TemporaryFolder _folder = new();

    public string Path => PathOf("config");

    public string PathOf(string name) => _folder.In(name);

    public void Dispose() => _folder.Dispose();

    /// <summary>Writes a kubeconfig with one context of this name.</summary>
    public TestKubeconfig With(
        string url,
        string cluster = "",
        string user = "{}",
        string file = "config",
        string context = "test",
        string ns = "obs"
    )
    {
        Write(
            file,
            $$$"""
            apiVersion: v1
            kind: Config
            preferences: {}
            current-context: {{{context}}}
            clusters:
              - name: {{{context}}}-cluster
                cluster:
                  server: {{{url}}}
            {{{Indent(cluster, 6)}}}
                  extensions: [{name: made-by, extension: {version: 1}}]
            contexts:
              - name: {{{context}}}
                context: {cluster: {{{context}}}-cluster, user: {{{context}}}-user, namespace: {{{ns}}} }
            users:
              - name: {{{context}}}-user
                user:
            {{{Indent(user, 6)}}}
            """
        );
        return this;
    }

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Writes a program.</summary>
    public string WriteScript(string name, string script) => _folder.WriteProgram(name, $"#!/bin/sh\n{script}\n");

    public Task<KubernetesApi> ConnectAsync(string? context = null) =>
        ClusterConnection.OpenAsync(Path, context, static _ => null, Retries, CancellationToken.None);

    /// <summary>Connects to a server without any credentials.</summary>
    public static async Task<KubernetesApi> ConnectAsync(TestApiServer server, RetryPolicy? retries = null)
    {
        using var kubeconfig = new TestKubeconfig().With(server.Url);
        return await ClusterConnection.OpenAsync(
            kubeconfig.Path,
            context: null,
            static _ => null,
            retries ?? Retries,
            CancellationToken.None
        );
    }

    private static string Indent(string text, int spaces) =>
        string.Join('\n', text.Split('\n').Select(line => new string(' ', spaces) + line));
}
