using Tempo.PostRender.Graph;
using Tempo.PostRender.Manifests;

namespace Tempo.PostRender.Cluster.Preflight;

/// <summary>
/// What the levels of the Pod Security Standards refuse. https://kubernetes.io/docs/concepts/security/pod-security-standards/
/// </summary>
internal static class PodSecurity
{
    /// <summary>The label of a namespace that sets the level its pods must meet.</summary>
    public const string EnforceLabel = "pod-security.kubernetes.io/enforce";

    private static readonly HashSet<string> Capabilities = new(StringComparer.Ordinal)
    {
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
    };

    private static readonly HashSet<string> Volumes = new(StringComparer.Ordinal)
    {
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
    };

    private static readonly HashSet<string> SafeSysctls = new(StringComparer.Ordinal)
    {
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
    };

    /// <summary>
    /// What a level forbids in a pod; nothing for <c>privileged</c> and for unknown levels, which Kubernetes ignores as well.
    /// </summary>
    /// <param name="level">The level.</param>
    /// <param name="template">The pod, or the template of pods.</param>
    public static IReadOnlyList<string> Violations(string? level, MappingNode template) =>
        level switch
        {
            "baseline" => [.. Baseline(template)],
            "restricted" => [.. Baseline(template), .. Restricted(template)],
            _ => [],
        };

    private static IEnumerable<string> Baseline(MappingNode template)
    {
        var pod = template.Find("spec");
        foreach (var field in (IEnumerable<string>)["hostNetwork", "hostPID", "hostIPC"])
        {
            if (pod.Text(field) == "true")
            {
                yield return $"{field} is true";
            }
        }

        foreach (var volume in pod.Get("volumes").Items().Where(static volume => volume.Get("hostPath") is not null))
        {
            yield return $"the volume {Printable.OneLine(volume.Text("name") ?? "")} is a hostPath";
        }

        foreach (
            var sysctl in pod.Get("securityContext")
                .Get("sysctls")
                .Items()
                .Select(static sysctl => sysctl.Text("name") ?? "")
                .Where(static name => !SafeSysctls.Contains(name))
        )
        {
            yield return $"the sysctl {Printable.OneLine(sysctl)} is set";
        }

        foreach (var problem in Context(pod.Get("securityContext"), "the pod"))
        {
            yield return problem;
        }

        foreach (var (name, container) in Containers(pod))
        {
            var context = container.Get("securityContext");
            if (context.Text("privileged") == "true")
            {
                yield return $"{name} is privileged";
            }

            foreach (
                var capability in (context.Get("capabilities").Get("add") as SequenceNode)
                    .Texts()
                    .Where(static text => !Capabilities.Contains(text))
            )
            {
                yield return $"{name} adds the capability {Printable.OneLine(capability)}";
            }

            if (container.Get("ports").Items().Any(static port => port.Text("hostPort") is not (null or "0")))
            {
                yield return $"{name} has a hostPort";
            }

            if (context.Text("procMount") is not (null or "Default"))
            {
                yield return $"{name} has a procMount";
            }

            foreach (var problem in Context(context, name))
            {
                yield return problem;
            }
        }
    }

    /// <summary>The requirements for a pod and for each of its containers.</summary>
    private static IEnumerable<string> Context(YamlNode? context, string owner)
    {
        if (context.Get("seccompProfile").Text("type") == "Unconfined")
        {
            yield return $"{owner} has the seccomp profile Unconfined";
        }

        if (context.Get("appArmorProfile").Text("type") == "Unconfined")
        {
            yield return $"{owner} has the AppArmor profile Unconfined";
        }

        var selinux = context.Get("seLinuxOptions");
        if (
            selinux.Text("type") is not (null or "" or "container_t" or "container_init_t" or "container_kvm_t" or "container_engine_t")
            || selinux.Text("user") is not (null or "")
            || selinux.Text("role") is not (null or "")
        )
        {
            yield return $"{owner} has seLinuxOptions that are not allowed";
        }

        if (context.Get("windowsOptions").Text("hostProcess") == "true")
        {
            yield return $"{owner} is a HostProcess";
        }
    }

    private static IEnumerable<string> Restricted(MappingNode template)
    {
        var pod = template.Find("spec");
        var podContext = pod.Get("securityContext");
        foreach (var volume in pod.Get("volumes").Items().OfType<MappingNode>())
        {
            if (
                volume
                    .Entries.Select(static entry => entry.Name)
                    .FirstOrDefault(static name => name is not null && name != "hostPath" && !Volumes.Contains(name)) is
                { } kind
            )
            {
                yield return $"the volume {Printable.OneLine(volume.Text("name") ?? "")} has the type {Printable.OneLine(kind)}";
            }
        }

        foreach (var (name, container) in Containers(pod))
        {
            var context = container.Get("securityContext");
            if (context.Text("allowPrivilegeEscalation") != "false")
            {
                yield return $"{name} does not set allowPrivilegeEscalation to false";
            }

            if ((context.Text("runAsNonRoot") ?? podContext.Text("runAsNonRoot")) != "true")
            {
                yield return $"{name} does not set runAsNonRoot";
            }

            if ((context.Text("runAsUser") ?? podContext.Text("runAsUser")) == "0")
            {
                yield return $"{name} runs as root";
            }

            if (
                (context.Get("seccompProfile").Text("type") ?? podContext.Get("seccompProfile").Text("type"))
                is not ("RuntimeDefault" or "Localhost" or "Unconfined")
            )
            {
                yield return $"{name} sets no seccompProfile";
            }

            var capabilities = context.Get("capabilities");
            if (!(capabilities.Get("drop") as SequenceNode).Texts().Contains("ALL"))
            {
                yield return $"{name} does not drop ALL capabilities";
            }

            if (
                (capabilities.Get("add") as SequenceNode)
                    .Texts()
                    .Any(static text => Capabilities.Contains(text) && text != "NET_BIND_SERVICE")
            )
            {
                yield return $"{name} adds capabilities";
            }
        }
    }

    private static IEnumerable<(string Name, YamlNode Container)> Containers(YamlNode? pod) =>
        ((IEnumerable<string>)["initContainers", "containers"])
            .SelectMany(list => pod.Get(list).Items())
            .Select(static container => ($"the container {Printable.OneLine(container.Text("name") ?? "")}", container));
}
