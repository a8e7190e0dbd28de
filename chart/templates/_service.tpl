{{/*
One Service: dict ctx, rel, c (component), suffix, values (of the Service), headless.
A client-facing Service takes the service values; a headless one has no address and one family.
*/}}
{{- define "tempo.service" -}}
{{- $s := .values -}}
apiVersion: v1
kind: Service
metadata:
  {{- $labels := merge (dict) ($s.labels | default dict) (empty .secondary | ternary dict (dict "prometheus.io/service-monitor" "false")) }}
  {{- include "tempo.metadata" (dict "ctx" .ctx "name" (include "tempo.name" (list .ctx .suffix)) "component" .c.name "labels" $labels "annotations" $s.annotations) | nindent 2 }}
spec:
  {{- if .headless }}
  type: ClusterIP
  clusterIP: None
  {{- if .notReady }}
  publishNotReadyAddresses: true
  {{- end }}
  {{- else }}
  type: {{ $s.type }}
  {{- with $s.clusterIP | default (first ($s.clusterIPs | default (list ""))) }}
  clusterIP: {{ . | quote }}
  clusterIPs: {{ $s.clusterIPs | default (list .) | toJson }}
  {{- end }}
  {{- with pick $s "loadBalancerIP" "loadBalancerClass" "loadBalancerSourceRanges" "externalTrafficPolicy" "internalTrafficPolicy" "trafficDistribution" "sessionAffinity" }}
  {{- range $key, $value := . }}
  {{- if $value }}
  {{ $key }}: {{ toJson $value }}
  {{- end }}
  {{- end }}
  {{- end }}
  {{- end }}
  {{- include "tempo.family.service" (dict "rel" .rel "headless" .headless) | nindent 2 }}
  ports:
    {{- $nodePort := ternary dict $s.nodePort .headless }}
    {{- range $i, $port := .c.ports }}
    {{- if ne $port.name "gossip" }}
    - name: {{ $port.name }}
      port: {{ int ($port.service | default $port.port) }}
      targetPort: {{ $port.name }}
      protocol: {{ $port.protocol }}
      {{- with get ($s.appProtocol | default dict) $port.name }}
      appProtocol: {{ . }}
      {{- end }}
      {{- with kindIs "map" $nodePort | ternary (get (kindIs "map" $nodePort | ternary $nodePort dict) $port.name) (eq $i 0 | ternary $nodePort 0) }}
      nodePort: {{ int . }}
      {{- end }}
    {{- end }}
    {{- end }}
  selector:
    {{- include "tempo.selectorLabels" (list .ctx .c.name) | nindent 4 }}
{{- end -}}

{{/* The Service where the pods that gossip find each other, before they are ready: they get ready by finding each other. */}}
{{- define "tempo.gossipRing" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "tempo.metadata" (dict "ctx" .ctx "name" (include "tempo.name" (list .ctx "gossip-ring")) "component" "gossip-ring" "labels" .ctx.Values.gossipRing.service.labels "annotations" .ctx.Values.gossipRing.service.annotations) | nindent 2 }}
spec:
  type: ClusterIP
  clusterIP: None
  publishNotReadyAddresses: true
  {{- include "tempo.family.service" (dict "rel" .rel "headless" true) | nindent 2 }}
  ports:
    - name: gossip
      port: {{ .rel.ports.gossip }}
      targetPort: gossip
      protocol: TCP
      {{- with .ctx.Values.gossipRing.service.appProtocol }}
      appProtocol: {{ . }}
      {{- end }}
  selector:
    {{- include "tempo.selectorLabels" (list .ctx nil) | nindent 4 }}
    tempo-gossip-member: "true"
{{- end -}}
