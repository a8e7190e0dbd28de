using NJsonSchema;

namespace Tempo.Helm.Tests.Support;

/// <summary>Checks the JSON that a command prints.</summary>
internal static class SchemaAssert
{
    /// <summary>Fails if JSON does not follow a schema of <c>docs</c>.</summary>
    public static async Task MatchesAsync(string json, string schema)
    {
        var read = await JsonSchema.FromFileAsync(Repository.Path("docs", schema));
        AssertNone.Of(read.Validate(json).Select(error => $"{schema}: {error}"));
    }
}
