using Tempo.PostRender.Cluster.Reachability;

namespace Tempo.Helm.Tests.Cluster;

/// <summary>What a process dials that no address of its settings names: defaults, and who gives it credentials.</summary>
public class CloudEnvironmentTests
{
    [Theory]
    [InlineData("s3", "AWS_WEB_IDENTITY_TOKEN_FILE=/t AWS_REGION=eu-west-1", "sts.eu-west-1.amazonaws.com:443")]
    [InlineData("s3", "AWS_WEB_IDENTITY_TOKEN_FILE=/t AWS_REGION=cn-north-1", "sts.cn-north-1.amazonaws.com.cn:443")]
    [InlineData("s3", "AWS_WEB_IDENTITY_TOKEN_FILE=/t", "sts.amazonaws.com:443")]
    [InlineData("s3", "AWS_WEB_IDENTITY_TOKEN_FILE=/t TEST_IAM_ENDPOINT=http://minio:9000", "minio:9000")]
    [InlineData("s3", "AWS_CONTAINER_CREDENTIALS_FULL_URI=http://[fd00:ec2::23]/v1/credentials", "[fd00:ec2::23]:80")]
    [InlineData("s3", "AWS_WEB_IDENTITY_TOKEN_FILE=/t AWS_ACCESS_KEY_ID=me", "")]
    [InlineData("s3", "AWS_REGION=eu-west-1", "")]
    [InlineData("s3, s3: {access_key: me}", "AWS_WEB_IDENTITY_TOKEN_FILE=/t", "")]
    [InlineData("local", "AWS_WEB_IDENTITY_TOKEN_FILE=/t", "")]
    [InlineData("gcs", "", "storage.googleapis.com:443")]
    [InlineData("gcs, gcs: {endpoint: 'http://fake-gcs:4443'}", "", "")]
    [InlineData("azure, azure: {storage_account_name: traces}", "", "traces.blob.core.windows.net:443")]
    [InlineData("azure, azure: {storage_account_name: traces, endpoint_suffix: 'azurite:10000'}", "", "azurite:10000")]
    [InlineData(
        "azure, azure: {storage_account_name: '********', use_federated_token: true}",
        "AZURE_FEDERATED_TOKEN_FILE=/t AZURE_AUTHORITY_HOST=https://login.example/",
        "login.example:443"
    )]
    public void Storage_and_its_credentials(string backend, string variables, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), Of("querier", backend, variables));

    [Fact]
    public void A_component_that_opens_no_storage_dials_none_of_it() =>
        Assert.Empty(Of("distributor", "s3", "AWS_WEB_IDENTITY_TOKEN_FILE=/t AWS_REGION=eu-west-1"));

    private static IEnumerable<string> Of(string target, string backend, string variables)
    {
        var environment = string.Join(
            ", ",
            variables
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(static variable => variable.Split('=', 2))
                .Select(static pair => $"{{name: {pair[0]}, value: '{pair[1]}'}}")
        );
        var container = TempoPods.Container(target, $"storage: {{trace: {{backend: {backend}}}}}", environment);
        return CloudEnvironment.Of(container.Container).Destinations(container, container.Configs[0]).Select(static to => to.ToString());
    }
}
