using Tempo.Helm.Tests.Documents;

namespace Tempo.Helm.Tests.Generated;

[Collection(DocumentCollection.Name)]
public class GeneratedValuesTests
{
    [Fact]
    public void The_schema_is_what_the_values_say() => GeneratedFile.Match(ValuesSchema.Location, ValuesSchema.Text(ValuesFile.Chart));

    [Fact]
    public void The_types_of_values_in_the_chart_are_what_the_values_say() =>
        GeneratedFile.Match(ValueTypesFile.Location, ValueTypesFile.Text(ValuesFile.Chart));

    [Fact]
    public void The_defaults_in_the_chart_are_those_of_the_values() =>
        GeneratedFile.Match(ValueDefaultsFile.Location, ValueDefaultsFile.Text());

    [Fact]
    public void The_types_of_Kubernetes_in_the_chart_are_those_of_its_models() =>
        GeneratedFile.Match(KubernetesTypesFile.Location, KubernetesTypesFile.Text());

    [Fact]
    public void The_most_used_values_in_the_README_of_the_package_are_the_values() =>
        GeneratedFile.MatchPart("chart/README.md", "values", ValuesDocumentation.PackagePart(ValuesFile.Chart));

    [Fact]
    public void The_page_of_values_is_the_values() => GeneratedFile.Match("docs/values.md", ValuesDocumentation.Page(ValuesFile.Chart));

    [Fact]
    public void The_most_used_values_in_the_README_are_the_values() =>
        GeneratedFile.MatchPart("README.md", "values", ValuesDocumentation.ReadmePart(ValuesFile.Chart));
}
