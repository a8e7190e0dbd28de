namespace Tempo.Helm.Tests.Documents;

/// <summary>Tests that hold documents to the program, one after another: with <c>TEMPO_HELM_UPDATE</c> two may write one file.</summary>
[CollectionDefinition(Name)]
public class DocumentCollection
{
    public const string Name = "documents";
}
