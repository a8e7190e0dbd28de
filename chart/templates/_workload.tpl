{{/* The workload of a component: dict ctx, rel, c, zone (name and settings of a live-store zone, or an empty map). */}}
{{- define "tempo.workload" -}}
{{- $ctx := .ctx -}}
{{- $c := .c -}}
{{- $v := $c.values -}}
{{- $stateful := eq $c.kind "StatefulSet" -}}
apiVersion: apps/v1
kind: {{ $c.kind }}
metadata:
  {{- include "tempo.metadata" (dict "ctx" $ctx "name" $c.resource "component" $c.name "labels" $v.labels "annotations" $v.annotations) | nindent 2 }}
spec:
  replicas: {{ int $v.replicas }}
  revisionHistoryLimit: {{ int $v.revisionHistoryLimit }}
  minReadySeconds: {{ int $v.minReadySeconds }}
  selector:
    matchLabels:
      {{- include "tempo.selectorLabels" (list $ctx $c.name) | nindent 6 }}
  {{- with $v.strategy }}
  {{ ternary "updateStrategy" "strategy" $stateful }}:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if $stateful }}
  serviceName: {{ $c.governing }}
  podManagementPolicy: Parallel
  {{- end }}
  template:
    {{- include "tempo.pod" . | nindent 4 }}
  {{- if and $stateful $v.persistence.enabled }}
  volumeClaimTemplates:
    - metadata:
        name: data
        labels:
          {{- include "tempo.selectorLabels" (list $ctx $c.name) | nindent 10 }}
      spec:
        accessModes: {{ toJson $v.persistence.accessModes }}
        {{- with $v.persistence.storageClass }}
        storageClassName: {{ eq . "-" | ternary "" . | quote }}
        {{- end }}
        resources:
          requests:
            storage: {{ $v.persistence.size }}
  {{- end }}
{{- end -}}

{{- define "tempo.pod" -}}
{{- $ctx := .ctx -}}
{{- $rel := .rel -}}
{{- $c := .c -}}
{{- $v := $c.values -}}
metadata:
  labels:
    {{- include "tempo.selectorLabels" (list $ctx $c.name) | nindent 4 }}
    {{- /* Only on the pod template: selectors cannot change, and whether a pod gossips can. */}}
    {{- if and $c.gossip $ctx.Values.gossipRing.labelPods }}
    tempo-gossip-member: "true"
    {{- end }}
    {{- with $v.podLabels }}
    {{- include "tempo.text" (list $ctx .) | nindent 4 }}
    {{- end }}
  annotations:
    checksum/config: {{ include "tempo.config.text" $ctx | sha256sum }}
    {{- with $v.podAnnotations }}
    {{- include "tempo.text" (list $ctx .) | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "tempo.serviceAccountName" $ctx }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with $v.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  {{- range $key := list "priorityClassName" "runtimeClassName" "schedulerName" }}
  {{- with get $v $key }}
  {{ $key }}: {{ . }}
  {{- end }}
  {{- end }}
  terminationGracePeriodSeconds: {{ int $v.terminationGracePeriodSeconds }}
  securityContext:
    {{- toYaml $v.podSecurityContext | nindent 4 }}
  {{- range $key := list "hostAliases" "dnsConfig" "initContainers" "nodeSelector" "affinity" "tolerations" }}
  {{- with get $v $key }}
  {{ $key }}:
    {{- include "tempo.text" (list $ctx .) | nindent 4 }}
  {{- end }}
  {{- end }}
  {{- with $v.topologySpreadConstraints }}
  topologySpreadConstraints:
    {{- $selector := dict "labelSelector" (dict "matchLabels" (include "tempo.selectorLabels" (list $ctx $c.name) | fromYaml)) }}
    {{- range . }}
    - {{ toYaml (merge (dict) . $selector) | nindent 6 | trim }}
    {{- end }}
  {{- end }}
  containers:
    - {{ include "tempo.container" . | nindent 6 | trim }}
    {{- with $v.extraContainers }}
    {{- include "tempo.text" (list $ctx .) | nindent 4 }}
    {{- end }}
  volumes:
    - name: config
      {{- include "tempo.configSource" $ctx | nindent 6 }}
    {{- if not (and (eq $c.kind "StatefulSet") $v.persistence.enabled) }}
    - name: data
      emptyDir: {}
    {{- end }}
    {{- with $v.extraVolumes }}
    {{- include "tempo.text" (list $ctx .) | nindent 4 }}
    {{- end }}
{{- end -}}

{{- define "tempo.container" -}}
{{- $ctx := .ctx -}}
{{- $rel := .rel -}}
{{- $c := .c -}}
{{- $v := $c.values -}}
name: {{ $c.name }}
image: {{ include "tempo.image" (list $ctx $v.image) }}
imagePullPolicy: {{ $v.image.pullPolicy }}
args:
  - -target={{ $c.target }}
  - -config.file=/conf/tempo.yaml
  {{- range $v.extraArgs }}
  - {{ tpl . $ctx | quote }}
  {{- end }}
ports:
  {{- range include "tempo.ports" (dict "rel" $rel "c" $c) | fromJsonArray }}
  - name: {{ .name }}
    containerPort: {{ int .port }}
    protocol: {{ .protocol }}
  {{- end }}
  {{- with $v.extraPorts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with $v.extraEnv }}
env:
  {{- include "tempo.text" (list $ctx .) | nindent 2 }}
{{- end }}
{{- with $v.extraEnvFrom }}
envFrom:
  {{- include "tempo.text" (list $ctx .) | nindent 2 }}
{{- end }}
{{- range $key := list "startupProbe" "livenessProbe" "readinessProbe" }}
{{- with get $v $key }}
{{ $key }}:
  {{- include "tempo.probe" (list $rel .) | nindent 2 }}
{{- end }}
{{- end }}
{{- with $v.lifecycle }}
lifecycle:
  {{- include "tempo.text" (list $ctx .) | nindent 2 }}
{{- end }}
{{- with $v.resources }}
resources:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- toYaml $v.containerSecurityContext | nindent 2 }}
volumeMounts:
  - name: config
    mountPath: /conf
  - name: data
    mountPath: /var/tempo
  {{- with $v.extraVolumeMounts }}
  {{- include "tempo.text" (list $ctx .) | nindent 2 }}
  {{- end }}
{{- end -}}

{{/* A probe: (list release probe). Where Tempo serves HTTPS the kubelet has to ask that way. */}}
{{- define "tempo.probe" -}}
{{- $probe := index . 1 -}}
{{- if $probe.httpGet -}}
{{- $probe = mergeOverwrite (dict "httpGet" (dict "scheme" (index . 0).scheme)) $probe -}}
{{- end -}}
{{- toYaml $probe -}}
{{- end -}}

{{/* An image reference: (list context image). */}}
{{- define "tempo.image" -}}
{{- $i := index . 1 -}}
{{- $tag := $i.tag | default (index . 0).Chart.AppVersion -}}
{{- list $i.registry (printf "%s%s" $i.repository ($i.digest | empty | ternary (printf ":%s" $tag) (printf "@%s" $i.digest))) | compact | join "/" -}}
{{- end -}}

{{- define "tempo.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (.Values.serviceAccount.create | ternary (include "tempo.name" (list . "")) "default") -}}
{{- end -}}

{{/* The volume source that holds tempo.yaml. */}}
{{- define "tempo.configSource" -}}
configMap:
  name: {{ include "tempo.name" (list . "config") }}
  items:
    - key: tempo.yaml
      path: tempo.yaml
{{- end -}}
