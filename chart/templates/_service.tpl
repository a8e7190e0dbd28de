{{/*
One Service: dict ctx, rel, c (its name and ports), suffix, values (of the Service), headless, secondary, notReady,
ring. A Service for clients takes all service values; a headless one has no address, and one family. The Service with
ring lists the pods that gossip; it lists them before they are ready, because they need each other to become ready.
*/}}
{{- define "tempo.service" -}}
{{- $s := .values -}}
{{- $labels := merge (dict) ($s.labels | default dict) -}}
{{- if .secondary }}{{ $_ := set $labels "prometheus.io/service-monitor" "false" }}{{ end -}}
{{- /* A headless Service is one that Tempo dials itself. */ -}}
{{- $families := list .rel.family.name -}}
{{- $policy := "SingleStack" -}}
{{- $nodePorts := dict -}}
{{- if not .headless -}}
{{- $families = .rel.family.families -}}
{{- $policy = .rel.family.policy -}}
{{- $nodePorts = $s.nodePort -}}
{{- if not (kindIs "map" $nodePorts) }}{{ $nodePorts = dict (first .c.ports).name $nodePorts }}{{ end -}}
{{- end -}}
{{- $component := .c.name -}}
{{- if .ring }}{{ $component = "" }}{{ end -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "tempo.metadata" (dict "ctx" .ctx "name" (include "tempo.name" (list .ctx .suffix))
    "component" .c.name "labels" $labels "annotations" $s.annotations) | nindent 2 }}
spec:
  {{- if .headless }}
  type: ClusterIP
  clusterIP: None
  {{- if .notReady }}
  publishNotReadyAddresses: true
  {{- end }}
  {{- else }}
  type: {{ $s.type }}
  {{- with include "tempo.service.address" $s }}
  clusterIP: {{ . | quote }}
  clusterIPs: {{ $s.clusterIPs | default (list .) | toJson }}
  {{- end }}
  {{- range $key, $value := pick $s "loadBalancerIP" "loadBalancerClass" "loadBalancerSourceRanges"
    "externalTrafficPolicy" "internalTrafficPolicy" "trafficDistribution" "sessionAffinity" }}
  {{- if $value }}
  {{ $key }}: {{ toJson $value }}
  {{- end }}
  {{- end }}
  {{- end }}
  ipFamilies:
    {{- range $families }}
    - {{ . }}
    {{- end }}
  ipFamilyPolicy: {{ $policy }}
  ports:
    {{- range $port := .c.ports }}
    {{- if or $.ring (ne $port.name "gossip") }}
    - name: {{ $port.name }}
      port: {{ int ($port.service | default $port.port) }}
      targetPort: {{ $port.name }}
      protocol: {{ $port.protocol }}
      {{- with get ($s.appProtocol | default dict) $port.name }}
      appProtocol: {{ toYaml . }}
      {{- end }}
      {{- with get $nodePorts $port.name }}
      nodePort: {{ int . }}
      {{- end }}
    {{- end }}
    {{- end }}
    {{- if not .headless }}
    {{- with $s.extraPorts }}
    {{- include "tempo.text" (list $.ctx .) | nindent 4 }}
    {{- end }}
    {{- end }}
  selector:
    {{- include "tempo.selectorLabels" (list .ctx $component) | nindent 4 }}
    {{- if .ring }}
    tempo-gossip-member: "true"
    {{- end }}
{{- end -}}

{{/* The first address of a Service, None for a headless one, or nothing: the values of the Service. */}}
{{- define "tempo.service.address" -}}
{{- .clusterIP | default (first (.clusterIPs | default (list ""))) -}}
{{- end -}}

{{/* All ports of a Service for clients, as a JSON map with the key ports: the component. */}}
{{- define "tempo.service.ports" -}}
{{- $ports := list -}}
{{- range .ports -}}
{{- if ne .name "gossip" }}{{ $ports = append $ports (merge (dict "port" (.service | default .port)) .) }}{{ end -}}
{{- end -}}
{{- range .values.service.extraPorts }}{{ $ports = append $ports (merge (dict) . (dict "protocol" "TCP")) }}{{ end -}}
{{- dict "ports" $ports | toJson -}}
{{- end -}}

{{/* The node ports that the values ask for, as a JSON list of number and protocol: the component. */}}
{{- define "tempo.service.nodePorts" -}}
{{- $s := .values.service -}}
{{- $asked := $s.nodePort -}}
{{- if not (kindIs "map" $asked) }}{{ $asked = dict (first .ports).name $asked }}{{ end -}}
{{- $nodePorts := list -}}
{{- if ne .service "headless" -}}
{{- range $port := (include "tempo.service.ports" . | fromJson).ports -}}
{{- with $port.nodePort | default (get $asked ($port.name | default "")) -}}
{{- $nodePorts = append $nodePorts (dict "number" (int . | toString) "protocol" $port.protocol) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $nodePorts -}}
{{- end -}}

{{/* The Service that clients of a component use, in mode monolithic that of the one process: (list rel key). */}}
{{- define "tempo.clientService" -}}
{{- $components := (first .).components -}}
{{- $c := get $components (last .) | default dict -}}
{{- if hasKey $components "monolithic" }}{{ $c = $components.monolithic }}{{ end -}}
{{- $c.resource -}}
{{- end -}}
