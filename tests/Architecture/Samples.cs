using Tempo.Helm.Tests.Architecture.Samples.Upper;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

// Violations that the guards must find, each in a different form.

#pragma warning disable IDE0130, CA1812, CA1823, CA1822, IDE0051

namespace Tempo.Helm.Tests.Architecture.Samples
{
    internal static class Pipeline
    {
        public static int Steps { get; } = 3;
    }
}

namespace Tempo.Helm.Tests.Architecture.Samples.Upper
{
    internal sealed class Rule
    {
        public static string Id { get; } = "TPF999";

        public static bool Holds(int value) => value > 0;
    }
}

namespace Tempo.Helm.Tests.Architecture.Samples.Lower
{
    internal sealed class UsesNothing
    {
        public int Value { get; } = 1;
    }

    internal sealed class UsesAProperty
    {
        public string Text { get; } = Rule.Id;
    }

    internal sealed class UsesInALambda
    {
        public static IEnumerable<int> Of(IEnumerable<int> values) => values.Where(static value => Rule.Holds(value));
    }

    internal sealed class UsesWithoutNamingIt
    {
        public static bool Holds(IEnumerable<object> all) => all.OfType<Rule>().Any();
    }

    internal sealed class UsesThePipeline
    {
        public static bool Runs() => Pipeline.Steps > 0;
    }

    internal sealed class UsesInAnIterator
    {
        public static IEnumerable<string> All()
        {
            yield return Rule.Id;
        }
    }

    internal sealed record NamesItsMembers
    {
        public required string First { get; init; }
    }

    internal sealed record HasFour(int A, int B, int C, int D);

    internal sealed record HasFive(int A, int B, int C, int D, int E);

    internal readonly record struct ValueOfFive(int A, int B, int C, int D, int E);

    internal sealed class ReadsText
    {
        public static bool Names(IEnumerable<YamlDocument> documents, string word) =>
            documents.Any(document => document.Text.Contains(word));
    }

    internal sealed class ReadsBytes
    {
        public static int Length(ManifestDocument document) => document.Stream.Bytes.Length;
    }

    internal sealed class MatchesSelectors
    {
        public static bool ByHand(Service service, string label) => service.Selector.ContainsKey(label);

        public static bool WithTheGraphsOwnCode(LabelSelector selector, IReadOnlyDictionary<string, string> labels) =>
            selector.MeetsExpressions(labels) && LabelSet.IsIn(labels, labels);
    }

    internal sealed class ReadsSelectors
    {
        public static string[] Path { get; } = ["spec", "selector"];

        public static IEnumerable<string> Keys(IEnumerable<string> names) => names.Where(static name => name == "matchLabels");
    }
}
