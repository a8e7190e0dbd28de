{{/*
One Service: dict ctx, rel, c (its name and ports), suffix, values (of the Service), headless, secondary, notReady, ring.
A client-facing Service takes the service values; a headless one has no address and one family. With ring it is the one
where the pods that gossip find each other, before they are ready: they get ready by finding each other.
*/}}
{{- define "tempo.service" -}}
{{- $s := .values -}}
{{- $f := .rel.family -}}
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
  {{- range $key, $value := pick $s "loadBalancerIP" "loadBalancerClass" "loadBalancerSourceRanges" "externalTrafficPolicy" "internalTrafficPolicy" "trafficDistribution" "sessionAffinity" }}
  {{- if $value }}
  {{ $key }}: {{ toJson $value }}
  {{- end }}
  {{- end }}
  {{- end }}
  {{- /* A headless Service is one that Tempo dials itself. */}}
  ipFamilies:
    {{- range ternary (list $f.name) $f.families .headless }}
    - {{ . }}
    {{- end }}
  ipFamilyPolicy: {{ ternary "SingleStack" $f.policy .headless }}
  ports:
    {{- $nodePort := ternary dict $s.nodePort .headless }}
    {{- if not (kindIs "map" $nodePort) }}{{ $nodePort = dict (first .c.ports).name $nodePort }}{{ end }}
    {{- range $port := .c.ports }}
    {{- if or $.ring (ne $port.name "gossip") }}
    - name: {{ $port.name }}
      port: {{ int ($port.service | default $port.port) }}
      targetPort: {{ $port.name }}
      protocol: {{ $port.protocol }}
      {{- with get ($s.appProtocol | default dict) $port.name }}
      appProtocol: {{ . }}
      {{- end }}
      {{- with get $nodePort $port.name }}
      nodePort: {{ int . }}
      {{- end }}
    {{- end }}
    {{- end }}
  selector:
    {{- include "tempo.selectorLabels" (list .ctx (empty .ring | ternary .c.name nil)) | nindent 4 }}
    {{- if .ring }}
    tempo-gossip-member: "true"
    {{- end }}
{{- end -}}
