{{/* NetworkPolicy of a component: dict ctx, rel, c. */}}
{{- define "tempo.networkPolicy" -}}
{{- $c := .c -}}
{{- $n := $.ctx.Values.networkPolicy -}}
{{- $labels := include "tempo.selectorLabels" (list $.ctx nil) | fromYaml -}}
{{- $own := list (dict "podSelector" (dict "matchLabels" $labels)) -}}
{{- $pods := list (dict "namespaceSelector" dict) -}}
{{- $any := list -}}
{{- range $.rel.family.any }}{{ $any = append $any (dict "ipBlock" (dict "cidr" .)) }}{{ end -}}
{{- $peers := dict -}}
{{- range $list, $given := dict "clients" $n.clients "metrics" $n.metrics "to" $n.egress.to -}}
{{- $_ := set $peers $list (include "tempo.text" (list $.ctx ($given | default list)) | fromYamlArray) -}}
{{- end -}}
{{- $types := list "Ingress" -}}
{{- if $n.egress.enabled }}{{ $types = append $types "Egress" }}{{ end -}}
{{- $all := list }}
{{- $exposed := list }}
{{- $metrics := list }}
{{- range $c.ports }}
{{- $port := dict "port" (int .port) "protocol" .protocol }}
{{- $all = append $all $port }}
{{- if ne .name "gossip" }}{{ $exposed = append $exposed $port }}{{ end }}
{{- if eq .name "http-metrics" }}{{ $metrics = append $metrics $port }}{{ end }}
{{- end }}
{{- range $c.values.extraPorts }}
{{- $port := dict "port" (int .containerPort) "protocol" (.protocol | default "TCP") }}
{{- $all = append $all $port }}
{{- $exposed = append $exposed $port }}
{{- end }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "tempo.metadata" (dict "ctx" $.ctx "name" $c.resource "component" $c.name) | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "tempo.selectorLabels" (list $.ctx $c.name) | nindent 6 }}
  policyTypes: {{ $types | toJson }}
  ingress:
    - from: {{ toJson $own }}
      ports: {{ toJson $all }}
    {{- if $c.exposed }}
    - from: {{ $peers.clients | default $any | toJson }}
      ports: {{ toJson $exposed }}
    {{- end }}
    {{- with $metrics }}
    - from: {{ $peers.metrics | default $pods | toJson }}
      ports: {{ toJson . }}
    {{- end }}
  {{- if $n.egress.enabled }}
  egress:
    - to: {{ toJson $own }}
    - to: {{ toJson $pods }}
      ports: {{ list (dict "port" 53 "protocol" "UDP") (dict "port" 53 "protocol" "TCP") | toJson }}
    {{- if $c.target }}
    - to: {{ $peers.to | default $any | toJson }}
    {{- end }}
  {{- end }}
{{- end -}}
