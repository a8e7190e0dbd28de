using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>
/// What the levels of the Pod Security Standards refuse. https://kubernetes.io/docs/concepts/security/pod-security-standards/
/// </summary>
internal static class PodSecurity
{
    /// <summary>The label of a namespace that sets the level its pods must meet.</summary>
    public const string EnforceLabel = "pod-security.kubernetes.io/enforce";

    private static readonly string[] HostFields = ["hostNetwork", "hostPID", "hostIPC"];

    private static readonly HashSet<string> Capabilities =
    [
        "AUDIT_WRITE",
        "CHOWN",
        "DAC_OVERRIDE",
        "FOWNER",
        "FSETID",
        "KILL",
        "MKNOD",
        "NET_BIND_SERVICE",
        "SETFCAP",
        "SETGID",
        "SETPCAP",
        "SETUID",
        "SYS_CHROOT",
    ];

    private static readonly HashSet<string> Volumes =
    [
        "name",
        "configMap",
        "csi",
        "downwardAPI",
        "emptyDir",
        "ephemeral",
        "image",
        "persistentVolumeClaim",
        "projected",
        "secret",
    ];

    private static readonly HashSet<string> SafeSysctls =
    [
        "kernel.shm_rmid_forced",
        "net.ipv4.ip_local_port_range",
        "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.tcp_syncookies",
        "net.ipv4.ping_group_range",
        "net.ipv4.ip_local_reserved_ports",
        "net.ipv4.tcp_keepalive_time",
        "net.ipv4.tcp_fin_timeout",
        "net.ipv4.tcp_keepalive_intvl",
        "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_rmem",
        "net.ipv4.tcp_wmem",
    ];

    /// <summary>
    /// What a level forbids in a pod; nothing for <c>privileged</c> and for unknown levels, which Kubernetes ignores as well.
    /// </summary>
    /// <param name="template">The pod, or the template of pods.</param>
    public static IReadOnlyList<string> Violations(string? level, MappingNode template) =>
        (level, template.Find("spec")) switch
        {
            ("baseline", var pod) => [.. Baseline(pod)],
            ("restricted", var pod) => [.. Baseline(pod), .. Restricted(pod)],
            _ => [],
        };

    private static IEnumerable<string> Baseline(YamlNode? pod)
    {
        var context = pod.Get("securityContext");
        return
        [
            .. HostFields.Where(field => pod.Text(field) == "true").Select(static field => $"{field} is true"),
            .. pod.Get("volumes")
                .Items()
                .Where(static volume => volume.Get("hostPath") is not null)
                .Select(static volume => $"the volume {NameOf(volume)} is a hostPath"),
            .. context
                .Get("sysctls")
                .Items()
                .Where(static sysctl => !SafeSysctls.Contains(sysctl.Text("name") ?? ""))
                .Select(static sysctl => $"the sysctl {NameOf(sysctl)} is set"),
            .. BaselineOfContext("the pod", context),
            .. Containers(pod).SelectMany(BaselineOfContainer),
        ];
    }

    private static IEnumerable<string> BaselineOfContainer(YamlNode container)
    {
        var name = $"the container {NameOf(container)}";
        var context = container.Get("securityContext");
        return
        [
            .. If(context.Text("privileged") == "true", $"{name} is privileged"),
            .. AddedCapabilities(context)
                .Where(static text => !Capabilities.Contains(text))
                .Select(text => $"{name} adds the capability {Printable.OneLine(text)}"),
            .. If(container.Get("ports").Items().Any(static port => port.Text("hostPort") is not (null or "0")), $"{name} has a hostPort"),
            .. If(context.Text("procMount") is not (null or "Default"), $"{name} has a procMount"),
            .. BaselineOfContext(name, context),
        ];
    }

    /// <summary>The requirements for a pod and for each of its containers.</summary>
    private static IEnumerable<string> BaselineOfContext(string owner, YamlNode? context)
    {
        var selinux = context.Get("seLinuxOptions");
        var isForbidden =
            selinux.Text("type") is not (null or "" or "container_t" or "container_init_t" or "container_kvm_t" or "container_engine_t")
            || selinux.Text("user") is not (null or "")
            || selinux.Text("role") is not (null or "");
        return
        [
            .. If(SeccompOf(context) == "Unconfined", $"{owner} has the seccomp profile Unconfined"),
            .. If(context.Get("appArmorProfile").Text("type") == "Unconfined", $"{owner} has the AppArmor profile Unconfined"),
            .. If(isForbidden, $"{owner} has seLinuxOptions that are not allowed"),
            .. If(context.Get("windowsOptions").Text("hostProcess") == "true", $"{owner} is a HostProcess"),
        ];
    }

    private static IEnumerable<string> Restricted(YamlNode? pod) =>
        [
            .. from volume in pod.Get("volumes").Items().OfType<MappingNode>()
            let kind = volume
                .Entries.Select(static entry => entry.Name)
                .FirstOrDefault(static name => name is not null && name != "hostPath" && !Volumes.Contains(name))
            where kind is not null
            select $"the volume {NameOf(volume)} has the type {Printable.OneLine(kind)}",
            .. Containers(pod).SelectMany(container => RestrictedOfContainer(container, pod.Get("securityContext"))),
        ];

    private static IEnumerable<string> RestrictedOfContainer(YamlNode container, YamlNode? podContext)
    {
        var name = $"the container {NameOf(container)}";
        var context = container.Get("securityContext");
        string? Text(string key) => context.Text(key) ?? podContext.Text(key);
        var dropped = (context.Get("capabilities").Get("drop") as SequenceNode).Texts();
        return
        [
            .. If(context.Text("allowPrivilegeEscalation") != "false", $"{name} does not set allowPrivilegeEscalation to false"),
            .. If(Text("runAsNonRoot") != "true", $"{name} does not set runAsNonRoot"),
            .. If(Text("runAsUser") == "0", $"{name} runs as root"),
            .. If(
                (SeccompOf(context) ?? SeccompOf(podContext)) is not ("RuntimeDefault" or "Localhost" or "Unconfined"),
                $"{name} sets no seccompProfile"
            ),
            .. If(!dropped.Contains("ALL"), $"{name} does not drop ALL capabilities"),
            .. If(
                AddedCapabilities(context).Any(static text => Capabilities.Contains(text) && text != "NET_BIND_SERVICE"),
                $"{name} adds capabilities"
            ),
        ];
    }

    private static IEnumerable<string> If(bool isViolated, string violation) => isViolated ? [violation] : [];

    private static string? SeccompOf(YamlNode? context) => context.Get("seccompProfile").Text("type");

    private static IReadOnlyList<string> AddedCapabilities(YamlNode? context) =>
        (context.Get("capabilities").Get("add") as SequenceNode).Texts();

    private static string NameOf(YamlNode named) => Printable.OneLine(named.Text("name") ?? "");

    private static IEnumerable<YamlNode> Containers(YamlNode? pod) =>
        pod.Get("initContainers").Items().Concat(pod.Get("containers").Items());
}
