using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using k8s;
using k8s.Authentication;
using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster;

/// <summary>
/// Reads kubeconfig files into the settings of the client library. The reader of the library (21.0.8) does not support a context with
/// several files, certificate bundles, tokenFile and proxy-url, and splits the arguments of plugins at spaces:
/// https://github.com/kubernetes-client/csharp/blob/master/src/KubernetesClient.Aot/KubernetesClientConfiguration.ConfigFile.cs
/// </summary>
/// <remarks>The files are read with the reader for manifests, which is in the program anyway and accepts what kubectl accepts.</remarks>
internal sealed class Kubeconfig
{
    private readonly List<Entry> _clusters = [];
    private readonly List<Entry> _contexts = [];
    private readonly List<Entry> _users = [];

    private string? CurrentContext { get; set; }

    /// <summary>The files to read, in order; the first definition of a name is used.</summary>
    public static IReadOnlyList<string> Files(string? kubeconfig, Func<string, string?> environment)
    {
        if (kubeconfig is not null)
        {
            return File.Exists(kubeconfig)
                ? [kubeconfig]
                : throw new ClusterException(
                    $"--kubeconfig names {Printable.OneLine(kubeconfig)}, which "
                        + (Directory.Exists(kubeconfig) ? "is a folder, not a file" : "does not exist")
                );
        }

        if (environment("KUBECONFIG") is { Length: > 0 } list)
        {
            var named = list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return named.Where(File.Exists).ToList() is { Count: > 0 } files
                ? files
                : throw new ClusterException(
                    $"the variable KUBECONFIG names {Printable.OneLine(string.Join(", ", named))}, and none of these files exists"
                );
        }

        var standard = Path.Combine(environment("HOME") ?? environment("USERPROFILE") ?? "", ".kube", "config");
        return Path.IsPathRooted(standard) && File.Exists(standard) ? [standard] : [];
    }

    /// <summary>Reads the settings of a context.</summary>
    /// <exception cref="ClusterException">A file cannot be read, or the context is not complete.</exception>
    public static ConnectionSettings Read(IReadOnlyList<string> files, string? context)
    {
        var merged = new Kubeconfig();
        foreach (var file in files)
        {
            merged.Add(file);
        }

        var where = Printable.OneLine(string.Join(", ", files));
        var name = context ?? merged.CurrentContext ?? throw new ClusterException($"{where}: no context is current. {merged.Choice}");
        var found =
            Find(merged._contexts, name)
            ?? throw new ClusterException($"{where}: there is no context {Printable.OneLine(name)}. {merged.Choice}");
        var details = found.Node.Get("context");
        var clusterName = details.Text("cluster") ?? "";
        var cluster =
            Find(merged._clusters, clusterName)
            ?? throw new ClusterException(
                $"{found.ShownFile}: the context {Printable.OneLine(name)} names the cluster {Printable.OneLine(clusterName)}, which "
                    + "is not defined"
            );
        var userName = details.Text("user");
        var user = string.IsNullOrEmpty(userName)
            ? null
            : Find(merged._users, userName)
                ?? throw new ClusterException(
                    $"{found.ShownFile}: the context {Printable.OneLine(name)} names the user {Printable.OneLine(userName)}, "
                        + "who is not defined"
                );
        try
        {
            return Settings(name, details.Text("namespace"), cluster, user);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or FormatException or CryptographicException)
        {
            throw ClusterException.Because($"{where}: the context {Printable.OneLine(name)} cannot be used", exception);
        }
    }

    /// <summary>What the user can choose, as a sentence without its stop.</summary>
    private string Choice =>
        _contexts.Count == 0
            ? "The kubeconfig defines no context; name another one with --kubeconfig"
            : "Pass --context, one of " + Printable.OneLine(string.Join(", ", _contexts.Select(static entry => entry.Name).Distinct()));

    private static ConnectionSettings Settings(string context, string? ns, Entry clusterEntry, Entry? userEntry)
    {
        var cluster = clusterEntry.Node.Get("cluster");
        var user = userEntry?.Node.Get("user");
        var server = cluster.Text("server");
        if (!Uri.TryCreate(server, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
        {
            throw Wrong(clusterEntry, "server", server is null ? "not set" : PeerAddress.Parse(server).Redacted, "a URL");
        }

        var tlsName = cluster.Text("tls-server-name");
        if (!string.IsNullOrEmpty(tlsName) && Uri.CheckHostName(tlsName) == UriHostNameType.Unknown)
        {
            throw Wrong(clusterEntry, "tls-server-name", tlsName, "a host name");
        }

        if (user.Get("auth-provider") is not null)
        {
            throw new ClusterException(
                $"{userEntry!.ShownFile}: the user {Printable.OneLine(userEntry.Name)} has an auth-provider, which Kubernetes dropped "
                    + "in 1.26. Use a credential plugin (exec)"
            );
        }

        var configuration = new KubernetesClientConfiguration
        {
            Host = server,
            Namespace = ns,
            SkipTlsVerify = cluster.Text("insecure-skip-tls-verify") == "true",
            TlsServerName = tlsName,
            SslCaCerts = Authorities(cluster, clusterEntry),
            ClientCertificateData = user.Text("client-certificate-data"),
            ClientCertificateFilePath = user.Text("client-certificate-data") is null
                ? userEntry?.PathOf(user.Text("client-certificate"))
                : null,
            ClientCertificateKeyData = user.Text("client-key-data"),
            ClientKeyFilePath = user.Text("client-key-data") is null ? userEntry?.PathOf(user.Text("client-key")) : null,
            AccessToken = user.Text("token"),
            Username = user.Text("username"),
            Password = user.Text("password"),
        };
        // As in kubectl, the file has priority over the token.
        if (user.Text("tokenFile") is { Length: > 0 } tokenFile)
        {
            var path = userEntry!.PathOf(tokenFile)!;
            // The library reads it with the first request, where a wrong path would look like a fault of the connection.
            using var readable = File.OpenRead(path);
            configuration.TokenProvider = new TokenFileAuth(path);
        }

        return new ConnectionSettings
        {
            Configuration = configuration,
            Description =
                $"{uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)} (context {Printable.OneLine(context)})",
            Proxy = Proxy(cluster, clusterEntry),
            Impersonate = user.Text("as"),
            ImpersonateGroups = (user.Get("as-groups") as SequenceNode).Texts(),
            Exec = user.Get("exec") is MappingNode exec
                ? ExecCredentials.Read(exec, userEntry!.Name, Path.GetDirectoryName(userEntry.File)!, cluster)
                : null,
        };
    }

    private static Uri? Proxy(YamlNode? cluster, Entry entry)
    {
        if (cluster.Text("proxy-url") is not { Length: > 0 } proxy)
        {
            return null;
        }

        return Uri.TryCreate(proxy, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https" or "socks5")
            ? uri
            : throw Wrong(entry, "proxy-url", PeerAddress.Parse(proxy).Redacted, "a URL of the scheme http, https or socks5");
    }

    private static ClusterException Wrong(Entry cluster, string field, string value, string expected) =>
        new(
            $"{cluster.ShownFile}: the {field} of the cluster {Printable.OneLine(cluster.Name)} is {Printable.OneLine(value)}, which "
                + $"is not {expected}"
        );

    private static X509Certificate2Collection? Authorities(YamlNode? cluster, Entry entry)
    {
        var pem =
            cluster.Text("certificate-authority-data") is { Length: > 0 } data
                ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(data))
            : entry.PathOf(cluster.Text("certificate-authority")) is { } file ? File.ReadAllText(file)
            : null;
        if (pem is null)
        {
            return null;
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return authorities.Count > 0
            ? authorities
            : throw new ClusterException(
                $"{entry.ShownFile}: the certificate authority of the cluster {Printable.OneLine(entry.Name)} contains no "
                    + "certificate in PEM format"
            );
    }

    private void Add(string file)
    {
        YamlNode? root;
        try
        {
            var stream = ManifestStream.Open(File.ReadAllBytes(file), file);
            root = stream.Slices.Count > 0 ? stream.Document(0).Root : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidInputException)
        {
            throw ClusterException.Because($"{Printable.OneLine(file)} cannot be read as a kubeconfig", exception);
        }

        var path = Path.GetFullPath(file);
        CurrentContext ??= root.Text("current-context") is { Length: > 0 } current ? current : null;
        foreach (
            var (list, key) in (IEnumerable<(List<Entry>, string)>)[(_clusters, "clusters"), (_contexts, "contexts"), (_users, "users")]
        )
        {
            list.AddRange(root.Get(key).Items().Select(item => new Entry(item, item.Text("name") ?? "", path)));
        }
    }

    private static Entry? Find(List<Entry> entries, string name) => entries.Find(entry => entry.Name == name);

    /// <summary>A named entry and its file, which relative paths refer to.</summary>
    private sealed record Entry(YamlNode Node, string Name, string File)
    {
        /// <summary>The file as a message shows it: a path can contain line breaks.</summary>
        public string ShownFile => Printable.OneLine(File);

        public string? PathOf(string? path) => string.IsNullOrEmpty(path) ? null : Path.Combine(Path.GetDirectoryName(File)!, path);
    }
}
