extern alias typed;

using System.Reflection;
using System.Text.Json.Serialization;
using typed::k8s.Models;

namespace Tempo.Helm.Tests.Generated;

/// <summary>The fields of an object of the Kubernetes API, from its typed model, with types of chart/files/types.yaml.</summary>
internal static class KubernetesFields
{
    private static readonly Dictionary<string, Type> Models = typeof(V1Affinity)
        .Assembly.GetTypes()
        .Where(static type => type is { IsPublic: true, Namespace: "k8s.Models", IsClass: true } && Version(type.Name) is "V1" or "V2")
        .GroupBy(static type => type.Name[2..])
        .ToDictionary(static group => group.Key, static group => group.OrderBy(static type => type.Name).Last());

    /// <summary>
    /// Strings with a few choices or a form, from the API reference of Kubernetes, because the typed models do not have them.
    /// A | at the end allows the empty text, where the API server puts its default into the field (defaults.go in its sources) or gives
    /// the empty text a meaning; it refuses an empty text in all other fields.
    /// </summary>
    private static readonly Dictionary<string, string> Strings = new()
    {
        ["AppArmorProfile.type"] = "RuntimeDefault|Localhost|Unconfined",
        ["Container.name"] = "label",
        ["Container.imagePullPolicy"] = "Always|IfNotPresent|Never|",
        ["ContainerPort.name"] = "port-name",
        ["ContainerPort.protocol"] = "TCP|UDP|SCTP|",
        ["DeploymentStrategy.type"] = "RollingUpdate|Recreate|",
        ["HPAScalingPolicy.type"] = "Pods|Percent",
        ["HPAScalingRules.selectPolicy"] = "Max|Min|Disabled",
        ["HTTPGetAction.scheme"] = "HTTP|HTTPS|",
        ["HostAlias.ip"] = "address",
        ["IPBlock.cidr"] = "cidr",
        ["LabelSelectorRequirement.operator"] = "In|NotIn|Exists|DoesNotExist",
        ["LabelSelector.matchLabels"] = "label-value",
        ["MetricSpec.type"] = "Resource|ContainerResource|Pods|Object|External",
        ["MetricTarget.type"] = "Utilization|Value|AverageValue",
        ["NetworkPolicyPort.protocol"] = "TCP|UDP|SCTP",
        ["NodeSelectorRequirement.operator"] = "In|NotIn|Exists|DoesNotExist|Gt|Lt",
        ["PodDNSConfig.nameservers"] = "address",
        ["PodSecurityContext.fsGroupChangePolicy"] = "OnRootMismatch|Always",
        ["PodSecurityContext.supplementalGroupsPolicy"] = "Merge|Strict",
        ["SeccompProfile.type"] = "RuntimeDefault|Localhost|Unconfined",
        ["ServicePort.name"] = "label",
        ["ServicePort.protocol"] = "TCP|UDP|SCTP|",
        ["StatefulSetUpdateStrategy.type"] = "RollingUpdate|OnDelete|",
        ["Toleration.effect"] = "NoSchedule|PreferNoSchedule|NoExecute|",
        ["Toleration.operator"] = "Exists|Equal|Lt|Gt|",
        ["TopologySpreadConstraint.nodeAffinityPolicy"] = "Honor|Ignore",
        ["TopologySpreadConstraint.nodeTaintsPolicy"] = "Honor|Ignore",
        ["TopologySpreadConstraint.whenUnsatisfiable"] = "DoNotSchedule|ScheduleAnyway",
        ["Volume.name"] = "label",
        ["VolumeMount.mountPropagation"] = "None|HostToContainer|Bidirectional",
    };

    /// <summary>Fields without which the API server refuses an object of the type.</summary>
    public static IReadOnlyDictionary<string, string[]> Required { get; } =
        new Dictionary<string, string[]>()
        {
            ["ConfigMapKeySelector"] = ["key"],
            ["Container"] = ["name", "image"],
            ["ContainerPort"] = ["containerPort"],
            ["EnvVar"] = ["name"],
            ["GRPCAction"] = ["port"],
            ["HPAScalingPolicy"] = ["type", "value", "periodSeconds"],
            ["HTTPGetAction"] = ["port"],
            ["HostAlias"] = ["ip"],
            ["IPBlock"] = ["cidr"],
            ["KeyToPath"] = ["key", "path"],
            ["LabelSelectorRequirement"] = ["key", "operator"],
            ["MetricSpec"] = ["type"],
            ["NodeSelector"] = ["nodeSelectorTerms"],
            ["NodeSelectorRequirement"] = ["key", "operator"],
            ["PodAffinityTerm"] = ["topologyKey"],
            ["PreferredSchedulingTerm"] = ["weight", "preference"],
            ["SecretKeySelector"] = ["key"],
            ["ServicePort"] = ["port"],
            ["TCPSocketAction"] = ["port"],
            ["TopologySpreadConstraint"] = ["maxSkew", "topologyKey", "whenUnsatisfiable"],
            ["Volume"] = ["name"],
            ["VolumeMount"] = ["name", "mountPath"],
            ["WeightedPodAffinityTerm"] = ["weight", "podAffinityTerm"],
        };

    /// <summary>Fields of which an object of the type has exactly one.</summary>
    public static IReadOnlyDictionary<string, string[]> Alternatives { get; } =
        new Dictionary<string, string[]>()
        {
            ["EnvFromSource"] = ["configMapRef", "secretRef"],
            ["EnvVarSource"] = ["configMapKeyRef", "fieldRef", "fileKeyRef", "resourceFieldRef", "secretKeyRef"],
            ["LifecycleHandler"] = ["exec", "httpGet", "sleep", "tcpSocket"],
            ["Probe"] = ["exec", "grpc", "httpGet", "tcpSocket"],
        };

    /// <summary>
    /// Types that got no new field in many versions of Kubernetes: an unknown field is a mistake, not a field of a newer version.
    /// </summary>
    public static IReadOnlySet<string> Closed { get; } =
        new HashSet<string>()
        {
            "Affinity",
            "DeploymentStrategy",
            "EnvVar",
            "HTTPGetAction",
            "HostAlias",
            "IPBlock",
            "IngressTLS",
            "KeyToPath",
            "LabelSelector",
            "LabelSelectorRequirement",
            "NetworkPolicyPeer",
            "NodeAffinity",
            "NodeSelectorRequirement",
            "NodeSelectorTerm",
            "PodAffinity",
            "PodAntiAffinity",
            "PodDNSConfig",
            "ResourceRequirements",
            "RollingUpdateDeployment",
            "RollingUpdateStatefulSetStrategy",
            "StatefulSetUpdateStrategy",
            "Toleration",
            "TopologySpreadConstraint",
        };

    /// <summary>Whether the Kubernetes API has an object type of this name.</summary>
    public static bool Has(string type) => Models.ContainsKey(type);

    /// <summary>The names of the fields of a type, each with its own type; in the order of their names.</summary>
    public static SortedDictionary<string, string> Of(string type) =>
        new(
            Models[type]
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Select(static property => (property, name: property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name))
                .Where(static field => field.name is not null)
                .ToDictionary(static field => field.name!, field => TypeOf($"{type}.{field.name}", field.property.PropertyType))
        );

    private static string TypeOf(string path, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var name = path[(path.IndexOf('.') + 1)..];
        if (type.IsGenericType)
        {
            var item = TypeOf(path, type.GetGenericArguments()[^1]);
            return item == "any" ? item
                : type.GetGenericTypeDefinition() == typeof(IDictionary<,>) ? $"{item}{{}}"
                : $"{item}[]";
        }

        return type switch
        {
            _ when type == typeof(string) => Strings.GetValueOrDefault(path, "string"),
            _ when type == typeof(bool) => "boolean",
            _ when type == typeof(int) || type == typeof(long) => name switch
            {
                "hostPort" or "nodePort" => "optional-port",
                _ when name.EndsWith("Port") || name == "port" => "port",
                "tolerationSeconds" => "integer",
                "maxSkew" or "minDomains" => "positive",
                "weight" => "weight",
                _ when name.EndsWith("Seconds") || name.EndsWith("Threshold") => "count",
                _ => "integer",
            },
            _ when type == typeof(ResourceQuantity) => "quantity",
            _ when type == typeof(IntOrString) => name switch
            {
                "port" => "port-or-name",
                "targetPort" => "target-port",
                "maxUnavailable" => "share",
                _ => "count-or-percent",
            },
            _ when type.Namespace == "k8s.Models" && Has(type.Name[2..]) && type != typeof(V1ObjectMeta) => type.Name[2..],
            _ => "any",
        };
    }

    private static string Version(string name) => name.Length > 2 && !char.IsLower(name[2]) && !char.IsDigit(name[2]) ? name[..2] : "";
}
