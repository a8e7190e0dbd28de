using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cluster.Reachability;

/// <summary>
/// The variables of a container that say where cloud libraries get credentials. Webhooks of the clouds put them into pods, so that no
/// setting of Tempo shows them.
/// </summary>
/// <param name="Values">The variables with literal values.</param>
internal sealed record CloudEnvironment(IReadOnlyDictionary<string, string> Values)
{
    private const string S3 = "storage.trace.s3";
    private const string TokenFile = "AWS_WEB_IDENTITY_TOKEN_FILE";
    private const string ContainerCredentials = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private const string IamEndpoint = "TEST_IAM_ENDPOINT";
    private const string Region = "AWS_REGION";
    private const string AzureTokenFile = "AZURE_FEDERATED_TOKEN_FILE";
    private const string AzureAuthority = "AZURE_AUTHORITY_HOST";
    private static readonly NodePath Trace = NodePath.Of("storage", "trace");

    /// <summary>With any of them set, minio-go asks nobody for credentials.</summary>
    private static readonly string[] Keys = ["AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY", "MINIO_ACCESS_KEY", "MINIO_ROOT_USER"];

    private static readonly string[] Names =
    [
        TokenFile,
        ContainerCredentials,
        IamEndpoint,
        Region,
        AzureTokenFile,
        AzureAuthority,
        .. Keys,
    ];

    /// <summary>Reads a container. A variable from another source counts as set, with an unknown value.</summary>
    public static CloudEnvironment Of(Container container) =>
        new(
            Names
                .Where(name => container.Environment(name) is not null)
                .ToDictionary(static name => name, name => container.EnvironmentValue(name) ?? "")
        );

    /// <summary>What a process dials besides its settings: default endpoints of the storage, and sources of credentials.</summary>
    public IReadOnlyList<Destination> Destinations(TempoContainer container, TempoConfig config)
    {
        IEnumerable<Destination?> destinations = !Destination.OpensStorage(container)
            ? []
            : config.Text(Trace.Key("backend")) switch
            {
                "s3" => [OfAmazon(config)],
                "gcs" => [OfGoogle(config)],
                "azure" => OfAzure(config),
                _ => [],
            };
        return [.. destinations.OfType<Destination>().Where(static to => Destination.IsSafe(to.Host))];
    }

    /// <summary>The order of minio-go's chain (read: credentials/iam_aws.go of 7.x, s3.go of Tempo 2.x and 3.x).</summary>
    private Destination? OfAmazon(TempoConfig config)
    {
        if (config.Text(Trace.Key("s3", "access_key")) is { Length: > 0 } || Keys.Any(Values.ContainsKey))
        {
            return null;
        }

        if (Values.ContainsKey(TokenFile))
        {
            var region = Values.GetValueOrDefault(Region, "");
            var url =
                Values.GetValueOrDefault(IamEndpoint) is { Length: > 0 } stated ? stated
                : region.Length == 0 ? "https://sts.amazonaws.com"
                : $"https://sts.{region}.amazonaws.com{(region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "")}";
            const string Remedy =
                "Give the service account its role by EKS Pod Identity, which is reached over both families, or let the pods reach IPv4";
            return Of(url, $"{TokenFile} (credentials for {S3})", Remedy);
        }

        return Values.GetValueOrDefault(ContainerCredentials) is { } agent
            ? Of(agent, $"{ContainerCredentials} (credentials for {S3})")
            : null;
    }

    private static Destination? OfGoogle(TempoConfig config) =>
        config.Text(Trace.Key("gcs", "endpoint")) is null or ""
            ? new Destination("storage.googleapis.com", 443, "storage.trace.gcs (default endpoint)", IsOwn: false)
            : null;

    /// <summary>Only Azure's own suffixes get the account's name in front (read: azure_helpers.go of Tempo 2.x and 3.x).</summary>
    private IEnumerable<Destination?> OfAzure(TempoConfig config)
    {
        const string setting = "storage.trace.azure.endpoint_suffix";
        var suffix = config.Text(Trace.Key("azure", "endpoint_suffix")) ?? "blob.core.windows.net";
        if (!suffix.StartsWith("blob.core", StringComparison.Ordinal))
        {
            yield return Of($"http://{suffix}", setting);
        }
        else if (config.Text(Trace.Key("azure", "storage_account_name")) is { Length: > 0 } account)
        {
            yield return new Destination($"{account}.{suffix}", 443, setting, IsOwn: false);
        }

        if (config.IsTrue(Trace.Key("azure", "use_federated_token")))
        {
            yield return Of(
                Values.GetValueOrDefault(AzureAuthority) is { Length: > 0 } authority ? authority : "https://login.microsoftonline.com",
                $"{AzureTokenFile} (credentials for storage.trace.azure)"
            );
        }
    }

    private static Destination? Of(string url, string statedBy, string? remedy = null)
    {
        var address = PeerAddress.Parse(url);
        return address.Endpoint.Host.Kind is HostKind.Literal or HostKind.Name && Destination.PortOf(address, otherwise: 80) is { } port
            ? new Destination(address.Endpoint.Host.Text, port, statedBy, IsOwn: false) { Remedy = remedy }
            : null;
    }
}
