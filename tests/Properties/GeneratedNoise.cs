namespace Tempo.Helm.Tests.Properties;

/// <summary>
/// Documents of other charts or of unknown origin, which the post-renderer must pass through unread, however odd they are.
/// </summary>
internal static class GeneratedNoise
{
    /// <summary>Kinds that are read only if the document itself gives a reason.</summary>
    private static readonly string[] Unread = ["ConfigMap", "Secret", "CustomResourceDefinition", "Certificate", "Ingress"];

    /// <summary>Kinds that are read if the stream contains Tempo, and must then be valid YAML.</summary>
    private static readonly string[] Read = ["Service", "Deployment", "Job", "NetworkPolicy"];

    private static readonly string[] Lines =
    [
        "spec:",
        "  a:   1  ",
        "  b: [1,2 , 3]",
        "  c: {x: y}",
        "  \"d\": 'e'",
        "  f: |",
        "    text",
        "    ",
        "      more",
        "  g: >-",
        "    folded",
        "",
        "# comment",
        "  # indented comment",
        "  h: \"\\u00e9\\n\"",
        "  i: ünïcödé 🎉",
        "  j: &anchor {k: v}",
        "  l: *anchor",
        "  <<: *anchor",
        "  m: !!str 1",
        "\tn: tab",
        "  o: [unclosed",
        "  p: \"unclosed",
        "  q: a: b: c",
        "  - r",
        "  ? s",
        "  : t",
        "  u: 0123",
        "  v: ~",
        "  w: yes",
        "  x: '::'",
        "  y: 0.0.0.0",
        "  ipFamilies: [IPv4]",
        "  clusterIP: None",
        "status: {}",
        "...",
        "  z: 2001:db8::1",
        "  image: nginx:1",
        "  args: [-target=all]",
    ];

    /// <summary>One document, without its marker.</summary>
    public static string Document(Random random, bool withTempo)
    {
        var kinds = withTempo ? Unread : [.. Unread, .. Read];
        var text = random.Next(10) switch
        {
            0 => "# nothing but a comment\n",
            1 => "",
            _ => $"apiVersion: v1\nkind: {kinds[random.Next(kinds.Length)]}\nmetadata:\n  name: other-{random.Next(100)}\n",
        };
        if (text.StartsWith("apiVersion"))
        {
            for (var lines = random.Next(12); lines > 0; lines--)
            {
                text += Lines[random.Next(Lines.Length)] + (random.Next(20) == 0 ? "\r\n" : "\n");
            }
        }

        return text;
    }
}
