using System.Runtime.CompilerServices;
using Tempo.Helm.Tests.Generated;

namespace Tempo.Helm.Tests.Support;

/// <summary>
/// The switch with which tests update the files that they compare with: the schema of the chart, documents, snapshots, and the fixes in
/// fixtures.
/// </summary>
internal static class Update
{
    /// <summary>What to do if a file is out of date.</summary>
    public const string Advice = "If this is intended, run TEMPO_HELM_UPDATE=1 dotnet test with the same filter, and read the change.";

    /// <summary>Whether <c>TEMPO_HELM_UPDATE=1</c> is in the environment.</summary>
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("TEMPO_HELM_UPDATE") == "1";

    /// <summary>Writes the schema before any test renders the chart, which refuses a new value until its schema has it.</summary>
    [ModuleInitializer]
    internal static void WriteSchema()
    {
        if (!IsAsked)
        {
            return;
        }

        try
        {
            File.WriteAllText(Repository.Path(ValuesSchema.Location), ValuesSchema.Text(ValuesFile.Chart));
        }
        catch (TypeInitializationException)
        {
            // The values have a fault. The tests say which; an exception here would hide it.
        }
    }
}
