namespace Tempo.Helm.Tests.Chart.Policies;

/// <summary>Violations of each policy: a text of a rendered release and its replacement.</summary>
public static class Breaches
{
    private const string Monolithic = "ci/monolithic-ipv6";
    private const string Microservices = "ci/microservices-ipv6";
    private const string Full = "ci/microservices-full-ipv6";

    public static TheoryData<string, string, string, string> All() =>
        new()
        {
            { "Services_have_the_families_in_order_and_a_policy", Monolithic, "    - IPv6\n", "    - IPv4\n" },
            { "Services_have_the_families_in_order_and_a_policy", Monolithic, "  ipFamilyPolicy: SingleStack\n", "" },
            {
                "Services_have_the_families_in_order_and_a_policy",
                "ci/monolithic-dual",
                "    - IPv6\n    - IPv4\n",
                "    - IPv4\n    - IPv6\n"
            },
            {
                "Services_without_an_address_and_those_that_Tempo_dials_are_single_stack",
                "clusters/dual-stack-ipv6",
                "SingleStack",
                "RequireDualStack"
            },
            {
                "Services_without_an_address_and_those_that_Tempo_dials_are_single_stack",
                "clusters/dual-stack-ipv6",
                "RequireDualStack",
                "SingleStack"
            },
            { "Services_lead_to_pods_and_to_ports_that_these_have", Microservices, "targetPort: grpc\n", "targetPort: grcp\n" },
            {
                "Services_lead_to_pods_and_to_ports_that_these_have",
                Microservices,
                "\n    tempo-gossip-member: \"true\"\n",
                "\n    nothing: here\n"
            },
            {
                "Service_ports_are_told_apart",
                Monolithic,
                "    - name: grpc\n      port: 9095",
                "    - name: http-metrics\n      port: 9095"
            },
            { "Service_ports_are_told_apart", Monolithic, "    - name: grpc\n      port: 9095", "    - name: grpc\n      port: 3200" },
            {
                "Addresses_of_Services_agree_with_their_families",
                "feature/service-address.ipv6 IPv6",
                "clusterIPs: [\"fd00:10:96::7:1\"]",
                "clusterIPs: [\"10.96.7.1\"]"
            },
            {
                "Workloads_select_their_own_pods_and_no_others",
                Microservices,
                "app.kubernetes.io/component: querier",
                "app.kubernetes.io/component: distributor"
            },
            {
                "StatefulSets_are_governed_by_a_headless_Service_that_selects_them",
                Microservices,
                "serviceName: tempo-live-store",
                "serviceName: tempo-querier"
            },
            {
                "Budgets_policies_and_monitors_select_something",
                Microservices,
                "  maxUnavailable: 1\n  selector:\n    matchLabels:\n",
                "  maxUnavailable: 1\n  selector:\n    matchLabels:\n      no: body\n"
            },
            {
                "Budgets_policies_and_monitors_select_something",
                "feature/service-monitor IPv6",
                "prometheus.io/service-monitor: \"false\"",
                "prometheus.io/service-monitor: \"true\""
            },
            {
                "Autoscalers_scale_a_workload_that_does_not_count_by_itself",
                Full,
                "scaleTargetRef: {\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"tempo-distributor\"}",
                "scaleTargetRef: {\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"tempo-querier\"}"
            },
            {
                "Pods_that_join_memberlist_and_only_these_carry_the_gossip_label",
                Microservices,
                "        tempo-gossip-member: \"true\"\n",
                ""
            },
            { "Pods_meet_the_restricted_Pod_Security_Standard", Monolithic, "runAsNonRoot: true", "runAsNonRoot: false" },
            {
                "Pods_meet_the_restricted_Pod_Security_Standard",
                Monolithic,
                "allowPrivilegeEscalation: false",
                "allowPrivilegeEscalation: true"
            },
            { "Pods_meet_the_restricted_Pod_Security_Standard", Monolithic, "type: RuntimeDefault", "type: Unconfined" },
            { "Root_file_systems_are_read_only", Monolithic, "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false" },
            { "Pods_have_no_token_of_the_API_server", Monolithic, "      automountServiceAccountToken: false\n", "" },
            { "Liveness_is_not_readiness", Monolithic, "path: /status/version", "path: /ready" },
            {
                "ConfigMaps_Secrets_claims_and_accounts_that_pods_name_exist",
                Monolithic,
                "name: tempo-runtime\n  namespace",
                "name: tempo-other\n  namespace"
            },
            { "Keys_that_pods_name_exist", Monolithic, "key: overrides.yaml", "key: override.yaml" },
            {
                "Ports_that_probes_name_exist",
                Monolithic,
                "port: http-metrics\n              scheme: HTTP\n            periodSeconds: 10",
                "port: http\n            periodSeconds: 10"
            },
            {
                "Mounts_have_volumes_and_volumes_have_mounts",
                Monolithic,
                "mountPath: /runtime-config\n              name: runtime-config",
                "mountPath: /runtime-config\n              name: runtime"
            },
            {
                "Backends_of_Ingresses_and_routes_exist",
                Full,
                "                port:\n                  name: http\n",
                "                port:\n                  name: https\n"
            },
            { "No_address_of_the_other_family_stands_anywhere", Monolithic, "http_listen_address: ::0", "http_listen_address: 0.0.0.0" },
            {
                "No_address_of_the_other_family_stands_anywhere",
                "ci/monolithic-ipv4",
                "http_listen_address: 0.0.0.0",
                "http_listen_address: ::0"
            },
            { "No_address_of_the_other_family_stands_anywhere", "ci/monolithic-ipv4", "endpoint: 0.0.0.0:4317", "endpoint: '[::]:4317'" },
            { "The_post_renderer_has_nothing_to_say", Monolithic, "http_listen_address: ::0", "http_listen_address: 0.0.0.0" },
            { "Objects_have_only_fields_that_exist_with_values_of_their_types", Monolithic, "  serviceName:", "  servicename:" },
            { "Objects_have_only_fields_that_exist_with_values_of_their_types", Monolithic, "  replicas: 1", "  replicas: \"1\"" },
            {
                "Objects_have_only_fields_that_exist_with_values_of_their_types",
                "feature/service-monitor IPv6",
                "targetLabel: job",
                "targetlabel: job"
            },
            { "Objects_have_what_the_API_server_requires", Monolithic, "  serviceName: tempo-headless\n", "" },
            { "Objects_have_values_that_the_API_server_takes", Monolithic, "protocol: TCP", "protocol: tcp" },
            { "Objects_have_values_that_the_API_server_takes", Full, "- name: jaeger-compact\n", "- name: jaeger-thrift-compact\n" },
            {
                "Objects_are_told_apart_by_kind_and_name",
                Monolithic,
                "name: tempo-runtime\n  namespace",
                "name: tempo-config\n  namespace"
            },
            {
                "Names_are_DNS_labels_of_at_most_63_characters",
                Monolithic,
                "name: tempo-runtime\n  namespace",
                "name: Tempo-runtime\n  namespace"
            },
            {
                "Labels_and_annotations_are_well_formed",
                Monolithic,
                "app.kubernetes.io/managed-by: Helm",
                "app.kubernetes.io/managed-by: by Helm"
            },
            { "Objects_say_whose_they_are", Monolithic, "\n    app.kubernetes.io/instance: tempo\n", "\n" },
            { "Tempo_knows_every_key_of_its_configuration", Microservices, "\n    live_store:\n", "\n    live_stores:\n" },
            { "Tempo_knows_every_key_of_its_configuration", Microservices, "partitions_per_instance", "partitions_per_pod" },
            {
                "Tempo_knows_every_key_of_the_overrides_of_tenants",
                Full,
                "          rate_limit_bytes: 15000000",
                "          rate_limit_byte: 15000000"
            },
            { "Tempo_reads_numbers_and_booleans_as_such", Full, "rate_limit_bytes: 30000000", "rate_limit_bytes: 3e+07" },
            { "Tempo_reads_numbers_and_booleans_as_such", Full, "http_listen_port: 3200", "http_listen_port: \"3200\"" },
            {
                "What_Tempo_dials_is_a_Service_of_the_release_with_that_port",
                Microservices,
                "svc.cluster.local.:9095",
                "svc.cluster.local.:9096"
            },
            { "What_Tempo_dials_is_a_Service_of_the_release_with_that_port", Microservices, "service: client", "service: memcached" },
            { "Where_Tempo_listens_is_a_port_of_its_container", Monolithic, "http_listen_port: 3200", "http_listen_port: 3201" },
            { "Where_Tempo_listens_is_a_port_of_its_container", Monolithic, "endpoint: '[::]:4317'", "endpoint: '[::]:4319'" },
            {
                "Tempo_finds_the_files_that_it_is_told_to_read",
                Monolithic,
                "per_tenant_override_config: /runtime-config/overrides.yaml",
                "per_tenant_override_config: /conf/overrides.yaml"
            },
            {
                "Variables_in_the_configuration_are_expanded_and_exist",
                "feature/kafka-sasl IPv6",
                "- -config.expand-env=true",
                "- -config.expand-env=false"
            },
            {
                "Variables_in_the_configuration_are_expanded_and_exist",
                "feature/kafka-sasl IPv6",
                "name: KAFKA_SASL_PASSWORD",
                "name: KAFKA_PASSWORD"
            },
            {
                "The_gateway_listens_on_every_family_that_kubelet_may_probe_and_the_kernel_has",
                "feature/gateway IPv6",
                "    listen 8080;\n",
                ""
            },
            {
                "The_gateway_listens_on_every_family_that_kubelet_may_probe_and_the_kernel_has",
                "feature/gateway IPv6",
                "    listen [::]:4317;\n",
                ""
            },
            {
                "The_gateway_listens_on_every_family_that_kubelet_may_probe_and_the_kernel_has",
                "feature/gateway IPv4",
                "listen 8080;",
                "listen 8080;\n        listen [::]:8080;"
            },
            {
                "The_gateway_listens_on_every_family_that_kubelet_may_probe_and_the_kernel_has",
                "feature/gateway-tls IPv6",
                "listen [::]:8080 ssl;",
                "listen [::]:8080;"
            },
            {
                "The_gateway_listens_on_every_family_that_kubelet_may_probe_and_the_kernel_has",
                "feature/cluster-has-ipv6.ipv4 IPv4",
                "    listen [::]:8080;\n",
                ""
            },
        };
}
