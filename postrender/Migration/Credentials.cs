namespace Tempo.PostRender.Migration;

/// <summary>Credentials in the new values: tempo.yaml is then kept in a Secret, because the chart refuses them in a ConfigMap.</summary>
internal static class Credentials
{
    private const string StorageType = "configStorageType";

    private static readonly string[] Stores = ["storage.trace", "config.storage.trace"];
    private static readonly string[] Keys = ["s3.access_key", "s3.secret_key", "s3.session_token", "azure.storage_account_key"];

    private static readonly string[] Others =
    [
        "ingest.kafka.sasl_password",
        "config.ingest.kafka.sasl_password",
        "overrides.user_configurable_overrides.client.s3.secret_key",
        "overrides.user_configurable_overrides.client.azure.storage_account_key",
    ];

    private static readonly string[] RemoteWrites =
    [
        "metricsGenerator.config.storage.remote_write",
        "config.metrics_generator.storage.remote_write",
    ];

    private static readonly string[] InRemoteWrite = ["basic_auth.password", "authorization.credentials"];

    /// <summary>Sets the kind of the configuration's object, and says so, where there is a credential in plain text.</summary>
    public static void Protect(MigrationResult result)
    {
        if (result.Values[StorageType] is ValueScalar { Text: "Secret" } || Find(result.Values) is not { } path)
        {
            return;
        }

        result.Values[StorageType] = new ValueScalar("Secret", isPlain: true);
        result.Comments[StorageType] = "The configuration holds credentials, so it is kept in a Secret.";
        result.Say(
            MigrationLevel.Warning,
            path,
            "is a credential in plain text; tempo.yaml is kept in a Secret now (configStorageType). Better, put the credential into a "
                + "Secret of your own, and name it in storage.secret or ingest.sasl; or write ${NAME} here, and set the variable in "
                + "defaults.extraEnv from the Secret"
        );
    }

    private static string? Find(ValueMap values)
    {
        var paths = Stores.SelectMany(static store => Keys.Select(key => $"{store}.{key}")).Concat(Others);
        return paths.FirstOrDefault(path => IsSecret(values.At(path)))
            ?? RemoteWrites.FirstOrDefault(path =>
                values.At(path) is ValueList list
                && list.Items.OfType<ValueMap>().Any(static item => InRemoteWrite.Any(key => IsSecret(item.At(key))))
            );
    }

    /// <summary>A variable is put in when the process starts, so it is no secret.</summary>
    private static bool IsSecret(Value? value) =>
        value is ValueScalar { IsEmpty: false } scalar && !scalar.Text.Contains("${", StringComparison.Ordinal);
}
