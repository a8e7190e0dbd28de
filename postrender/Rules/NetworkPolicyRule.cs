using Tempo.PostRender.Addresses;
using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Rules;

/// <summary>TPF013: NetworkPolicies allow the family.</summary>
internal sealed class NetworkPolicyRule : Rule
{
    public override RuleDescription Description { get; } =
        new()
        {
            Id = RuleIds.NetworkPolicy,
            Name = "network-policy",
            Requirement =
                "If a NetworkPolicy of the release's pods allows every address of the other family, it also allows every address of "
                + "the release's family; its CIDRs are well formed",
            Fix = "Adds the counterpart of 0.0.0.0/0 or ::/0; narrower ranges, and ranges with exceptions, are a warning",
            Problem = "NetworkPolicies do not allow the release's family",
            Holds = "NetworkPolicies allow the family",
            Why =
                "A policy that allows 0.0.0.0/0 allows no IPv6 traffic: after a change of family it silently drops traffic that it allowed "
                + "before",
            Source = "Kubernetes NetworkPolicy: an ipBlock belongs to one family",
        };

    public override bool Applies(RuleContext context) => context.Release.NetworkPolicies.Count > 0;

    public override IEnumerable<Finding> Check(RuleContext context) =>
        from policy in context.Release.NetworkPolicies
        from direction in ((string Rules, string Peers)[])[("ingress", "from"), ("egress", "to")]
        from rule in policy.Find("spec", direction.Rules).Items().Select(static (node, index) => (Node: node, Index: index))
        let path = policy.Path.Key("spec", direction.Rules).Item(rule.Index).Key(direction.Peers)
        from finding in Check(policy, path, [.. rule.Node.Get(direction.Peers).Items()], context)
        select finding;

    private IEnumerable<Finding> Check(KubernetesObject policy, NodePath path, List<YamlNode> peers, RuleContext context)
    {
        var blocks = peers
            .Select(static (peer, index) => (Index: index, Block: peer.Get("ipBlock"), Text: peer.Get("ipBlock").Text("cidr")))
            .Where(static block => block.Text is not null)
            .Select(block => (block.Index, block.Block, block.Text, Cidr: Cidr.Parse(block.Text!)))
            .ToList();
        foreach (var malformed in blocks.Where(static block => block.Cidr is null))
        {
            yield return Error(
                Place.In(policy, path.Item(malformed.Index).Key("ipBlock", "cidr")),
                $"is {Printable.OneLine(malformed.Text!)}",
                "Kubernetes refuses it, because it is not a CIDR",
                "Write it as ADDRESS/LENGTH"
            );
        }

        var others = blocks.Where(block => block.Cidr?.Family == context.Other).ToList();
        if (others.Count == 0 || blocks.Exists(block => block.Cidr?.Family == context.Family))
        {
            yield break;
        }

        var everything = Cidr.Everything(context.Family);
        var open = others.Find(static block => block.Cidr!.Value.IsEverything);
        if (open.Text is null || open.Block.Get("except") is not null)
        {
            yield return Warning(
                Place.In(policy, path),
                $"allows {Printable.OneLine(others[0].Text!)} but no {context.Family} range",
                $"the release is {context.Family}, and its traffic may be dropped",
                $"Add the corresponding {context.Family} ranges"
            );
            yield break;
        }

        yield return Fixable(
            Place.In(policy, path),
            $"allows {open.Text} but no {context.Family} range",
            $"the release is {context.Family}, and its traffic would be dropped",
            Repair.Add(everything),
            Edit.Append(policy.Document, path, new YamlValue.Entry("ipBlock", new YamlValue.Entry("cidr", everything)))
        );
    }
}
