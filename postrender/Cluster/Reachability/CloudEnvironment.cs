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
    private const string AzureTokenFile = "AZURE_FEDERATED_TOKEN_FILE";
    private const string AzureAuthority = "AZURE_AUTHORITY_HOST";

    private static readonly string[] Names =
    [
        TokenFile,
        ContainerCredentials,
        AzureTokenFile,
        AzureAuthority,
        "AWS_REGION",
        "AWS_ACCESS_KEY_ID",
        "AWS_ACCESS_KEY",
        "MINIO_ACCESS_KEY",
        "MINIO_ROOT_USER",
        "TEST_IAM_ENDPOINT",
    ];

    /// <summary>Reads a container. A variable from elsewhere counts as set, with a value that is not known.</summary>
    /// <param name="container">The container.</param>
    public static CloudEnvironment Of(Container container) =>
        new(
            Names
                .Where(name => container.Environment(name) is not null)
                .ToDictionary(static name => name, name => container.EnvironmentValue(name) ?? "", StringComparer.Ordinal)
        );

    /// <summary>What a process dials besides its settings: default endpoints of the storage, and sources of credentials.</summary>
    /// <param name="container">The container, with its effective settings.</param>
    /// <param name="config">Those.</param>
    public IReadOnlyList<Destination> Destinations(TempoContainer container, TempoConfig config) =>
        !Destination.OpensStorage(container)
            ? []
            :
            [
                .. (
                    config.Text(NodePath.Of("storage", "trace", "backend")) switch
                    {
                        "s3" => OfAmazon(config),
                        "gcs" => OfGoogle(config),
                        "azure" => OfAzure(config),
                        _ => [],
                    }
                ).Where(static to => Destination.IsSafe(to.Host)),
            ];

    /// <summary>The order of minio-go's chain (read: credentials/iam_aws.go of 7.x, s3.go of Tempo 2.x and 3.x).</summary>
    private IEnumerable<Destination> OfAmazon(TempoConfig config)
    {
        var hasKeys =
            config.Text(NodePath.Of("storage", "trace", "s3", "access_key")) is { Length: > 0 }
            || Names.Any(name => name.Contains("ACCESS_KEY", StringComparison.Ordinal) && Values.ContainsKey(name))
            || Values.ContainsKey("MINIO_ROOT_USER");
        if (hasKeys)
        {
            yield break;
        }

        if (Values.ContainsKey(TokenFile))
        {
            var region = Values.GetValueOrDefault("AWS_REGION", "");
            var url =
                Values.GetValueOrDefault("TEST_IAM_ENDPOINT") is { Length: > 0 } stated ? stated
                : region.Length == 0 ? "https://sts.amazonaws.com"
                : $"https://sts.{region}.amazonaws.com{(region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "")}";
            if (
                Of(
                    url,
                    $"{TokenFile} (credentials for {S3})",
                    "Give the service account its role by EKS Pod Identity, which is reached over both families, or let the pods reach IPv4"
                ) is
                { } sts
            )
            {
                yield return sts;
            }
        }
        else if (
            Values.GetValueOrDefault(ContainerCredentials) is { } uri
            && Of(uri, $"{ContainerCredentials} (credentials for {S3})", remedy: null) is { } agent
        )
        {
            yield return agent;
        }
    }

    private static IEnumerable<Destination> OfGoogle(TempoConfig config)
    {
        if (config.Text(NodePath.Of("storage", "trace", "gcs", "endpoint")) is null or "")
        {
            yield return new Destination("storage.googleapis.com", 443, "storage.trace.gcs (default endpoint)", IsOwn: false);
        }
    }

    /// <summary>Only Azure's own suffixes get the account's name in front (read: azure_helpers.go of Tempo 2.x and 3.x).</summary>
    private IEnumerable<Destination> OfAzure(TempoConfig config)
    {
        const string setting = "storage.trace.azure.endpoint_suffix";
        var suffix = config.Text(NodePath.Of("storage", "trace", "azure", "endpoint_suffix")) ?? "blob.core.windows.net";
        if (!suffix.StartsWith("blob.core", StringComparison.Ordinal))
        {
            if (Of($"http://{suffix}", setting, remedy: null) is { } emulator)
            {
                yield return emulator;
            }
        }
        else if (config.Text(NodePath.Of("storage", "trace", "azure", "storage_account_name")) is { Length: > 0 } account)
        {
            yield return new Destination($"{account}.{suffix}", 443, setting, IsOwn: false);
        }

        if (
            config.IsTrue(NodePath.Of("storage", "trace", "azure", "use_federated_token"))
            && Of(
                Values.GetValueOrDefault(AzureAuthority) is { Length: > 0 } authority ? authority : "https://login.microsoftonline.com",
                $"{AzureTokenFile} (credentials for storage.trace.azure)",
                remedy: null
            )
                is { } login
        )
        {
            yield return login;
        }
    }

    private static Destination? Of(string url, string statedBy, string? remedy)
    {
        var address = PeerAddress.Parse(url);
        return
            address.Endpoint.Host.Kind is HostKind.Literal or HostKind.Name
            && (
                address.Endpoint.Port is { } port
                    ? int.TryParse(port, System.Globalization.NumberStyles.None, null, out var number)
                        ? number
                        : 0
                    : address.Prefix.StartsWith("https://", StringComparison.Ordinal)
                        ? 443
                        : 80
            )
                is > 0
                    and < 65_536
                    and var known
            ? new Destination(address.Endpoint.Host.Text, known, statedBy, IsOwn: false) { Remedy = remedy }
            : null;
    }
}
