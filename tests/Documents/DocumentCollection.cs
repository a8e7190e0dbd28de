namespace Tempo.Helm.Tests.Documents;

/// <summary>
/// Tests that compare documents with the program. They run one after another: with <c>TEMPO_HELM_UPDATE</c> two tests may write
/// the same file.
/// </summary>
[CollectionDefinition(Name)]
public class DocumentCollection
{
    public const string Name = "documents";
}
