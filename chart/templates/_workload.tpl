{{/*
The workload of a component: dict ctx, rel, c, and zone, one of liveStore.zoneAwareReplication.zones or an empty map.
What differs between Tempo, a cache, the gateway and the vulture comes from tempo.parts.NAME; all else is here, once.
*/}}
{{- define "tempo.workload" -}}
{{- $c := .c -}}
{{- $v := $c.values -}}
{{- $stateful := eq $c.kind "StatefulSet" -}}
{{- $zones := $v.zoneAwareReplication | default dict -}}
{{- $operator := and (not (empty $.zone.name)) (default false $zones.rolloutOperator) -}}
{{- $strategy := $operator | ternary (dict "type" "OnDelete") $v.strategy -}}
{{- /* A zone selects its own pods only. */ -}}
{{- $selector := include "tempo.selectorLabels" (list .ctx $c.name) -}}
{{- with .zone.name }}{{ $selector = printf "%s\ntempo-zone: %q" $selector . }}{{ end -}}
{{- $pod := merge (dict "selector" (fromYaml $selector)) . -}}
apiVersion: apps/v1
kind: {{ $c.kind }}
metadata:
  {{- $labels := merge (dict) ($v.labels | default dict) ($operator | ternary (dict "rollout-group" $c.name) dict) }}
  {{- $annotations := merge (dict) ($.zone.annotations | default dict) ($v.annotations | default dict) ($operator | ternary (dict "rollout-max-unavailable" (toString $zones.maxUnavailable)) dict) }}
  {{- include "tempo.metadata" (dict "ctx" $.ctx "name" (include "tempo.name" (list $.ctx (list $c.suffix $.zone.name | compact | join "-"))) "component" $c.name "labels" $labels "annotations" $annotations) | nindent 2 }}
spec:
  {{- if not $v.autoscaling.enabled }}
  replicas: {{ int $v.replicas }}
  {{- end }}
  revisionHistoryLimit: {{ int $v.revisionHistoryLimit }}
  minReadySeconds: {{ int $v.minReadySeconds }}
  selector:
    matchLabels:
      {{- $selector | nindent 6 }}
  {{- include "tempo.fields" (list .ctx 2 (list (ternary "updateStrategy" "strategy" $stateful) $strategy)) }}
  {{- if $stateful }}
  serviceName: {{ $c.governing }}
  podManagementPolicy: Parallel
  {{- if $v.persistentVolumeClaimRetentionPolicy.enabled }}
  persistentVolumeClaimRetentionPolicy:
    {{- omit $v.persistentVolumeClaimRetentionPolicy "enabled" | toYaml | nindent 4 }}
  {{- end }}
  {{- end }}
  template:
    {{- include "tempo.pod" $pod | nindent 4 }}
  {{- if and $stateful $v.persistence.enabled }}
  volumeClaimTemplates:
    - metadata:
        name: data
        {{- $labels := merge (dict) $pod.selector $v.persistence.labels }}
        {{- include "tempo.fields" (list .ctx 8 (list "labels" $labels) (list "annotations" $v.persistence.annotations)) }}
      spec:
        accessModes: {{ toJson $v.persistence.accessModes }}
        {{- with $.zone.storageClass | default $v.persistence.storageClass }}
        storageClassName: {{ eq . "-" | ternary "" . | quote }}
        {{- end }}
        resources:
          requests:
            storage: {{ $v.persistence.size }}
  {{- end }}
{{- end -}}

{{- define "tempo.pod" -}}
{{- $c := .c -}}
{{- $v := $c.values -}}
{{- $parts := include (printf "tempo.parts.%s" $c.parts) . | fromJson -}}
metadata:
  {{- /* No version here, a new one would restart the pods. The gossip label is not in the selector, which cannot change. */}}
  {{- $gossip := and $c.gossip $.ctx.Values.gossipRing.labelPods | ternary (dict "tempo-gossip-member" "true") dict }}
  {{- $group := empty (and $.zone.name $v.zoneAwareReplication.rolloutOperator) | ternary dict (dict "rollout-group" $c.name) }}
  {{- $labels := merge (dict) .selector $gossip $group ($v.podLabels | default dict) ($.ctx.Values.global.commonLabels | default dict) }}
  {{- $annotations := merge (dict) ($parts.annotations | default dict)
    ($.zone.podAnnotations | default dict) ($v.podAnnotations | default dict) }}
  {{- include "tempo.fields" (list .ctx 2 (list "labels" $labels) (list "annotations" $annotations)) }}
spec:
  {{- /* The account opens the object storage; the cache and the gateway have no business there. */}}
  {{- if $c.target }}
  serviceAccountName: {{ include "tempo.serviceAccountName" $.ctx }}
  {{- end }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- include "tempo.pullSecrets" (list $v.image.pullSecrets 2) }}
  {{- range $key := list "priorityClassName" "runtimeClassName" "schedulerName" }}
  {{- with get $v $key }}
  {{ $key }}: {{ . }}
  {{- end }}
  {{- end }}
  terminationGracePeriodSeconds: {{ int $v.terminationGracePeriodSeconds }}
  {{- $nodes := merge (dict) ($.zone.nodeSelector | default dict) ($v.nodeSelector | default dict) }}
  {{- $spread := list }}
  {{- $selector := dict "labelSelector" (dict "matchLabels" .selector) }}
  {{- range $v.topologySpreadConstraints }}{{ $spread = append $spread (merge (deepCopy .) $selector) }}{{ end }}
  {{- include "tempo.fields" (list $.ctx 2
    (list "securityContext" (toYaml $v.podSecurityContext))
    (list "affinity" (include "tempo.affinity" .))
    (list "dnsConfig" $v.dnsConfig)
    (list "hostAliases" $v.hostAliases)
    (list "initContainers" $v.initContainers)
    (list "nodeSelector" $nodes)
    (list "tolerations" $v.tolerations)
    (list "topologySpreadConstraints" $spread)) }}
  containers:
    - {{ include "tempo.container" (dict "ctx" $.ctx "c" $c "parts" $parts) | nindent 6 | trim }}
    {{- with concat ($parts.sidecars | default list) $v.extraContainers }}
    {{- include "tempo.text" (list $.ctx .) | nindent 4 }}
    {{- end }}
  {{- $volumes := include "tempo.unique" (list "name" (concat ($parts.volumes | default list) $v.extraVolumes)) | fromJsonArray }}
  {{- include "tempo.fields" (list .ctx 2 (list "volumes" $volumes)) }}
{{- end -}}

{{/* Affinity of a pod, if any: the values', and for a zone its own on top and distance to the other zones. */}}
{{- define "tempo.affinity" -}}
{{- $affinity := dict -}}
{{- with .c.values.affinity }}{{ $affinity = include "tempo.text" (list $.ctx .) | fromYaml }}{{ end -}}
{{- if .zone.name -}}
{{- with .c.values.zoneAwareReplication.topologyKey -}}
{{- $others := list (dict "key" "tempo-zone" "operator" "NotIn" "values" (list $.zone.name)) (dict "key" "tempo-zone" "operator" "Exists") -}}
{{- $term := dict "topologyKey" . "labelSelector" (dict "matchLabels" (omit $.selector "tempo-zone") "matchExpressions" $others) -}}
{{- $affinity = mergeOverwrite $affinity (dict "podAntiAffinity" (dict "requiredDuringSchedulingIgnoredDuringExecution" (list $term))) -}}
{{- end -}}
{{- $affinity = mergeOverwrite $affinity (deepCopy (.zone.extraAffinity | default dict)) -}}
{{- end -}}
{{- with $affinity }}{{ toYaml . }}{{ end -}}
{{- end -}}

{{/* The component's own container: dict ctx, c, parts. */}}
{{- define "tempo.container" -}}
{{- $v := .c.values -}}
{{- $parts := .parts -}}
{{- $mounts := concat ($parts.mounts | default list) $v.extraVolumeMounts -}}
name: {{ .c.name }}
image: {{ include "tempo.image" (list .ctx $v.image) }}
imagePullPolicy: {{ $v.image.pullPolicy }}
{{- with $parts.command }}
command: {{ toJson . }}
{{- end }}
args:
  {{- include "tempo.text" (list .ctx (concat $parts.args $v.extraArgs)) | nindent 2 }}
ports:
  {{- range .c.ports }}
  {{- if not .sidecar }}
  - name: {{ .name }}
    containerPort: {{ int .port }}
    protocol: {{ .protocol }}
  {{- end }}
  {{- end }}
  {{- with $v.extraPorts }}
  {{- include "tempo.text" (list $.ctx .) | nindent 2 }}
  {{- end }}
{{- include "tempo.fields" (list .ctx 0
  (list "env" (include "tempo.unique" (list "name" (concat ($parts.env | default list) $v.extraEnv)) | fromJsonArray))
  (list "envFrom" $v.extraEnvFrom)
  (list "startupProbe" (include "tempo.probe" (list $parts.scheme $v.startupProbe)))
  (list "livenessProbe" (include "tempo.probe" (list $parts.scheme $v.livenessProbe)))
  (list "readinessProbe" (include "tempo.probe" (list $parts.scheme $v.readinessProbe)))
  (list "lifecycle" $v.lifecycle)
  (list "resources" $v.resources)
  (list "securityContext" (toYaml $v.containerSecurityContext))
  (list "volumeMounts" (include "tempo.unique" (list "mountPath" $mounts) | fromJsonArray))) }}
{{- end -}}

{{/* A probe, if any: (list scheme probe). Where HTTPS is served the kubelet has to ask that way. */}}
{{- define "tempo.probe" -}}
{{- $scheme := first . -}}
{{- with last . -}}
{{- ternary (mergeOverwrite (dict "httpGet" (dict "scheme" $scheme)) .) . (not (or (empty .httpGet) (empty $scheme))) | toYaml -}}
{{- end -}}
{{- end -}}

{{/* An image reference: (list context image). */}}
{{- define "tempo.image" -}}
{{- $i := index . 1 -}}
{{- $version := printf ":%s" ($i.tag | default (index . 0).Chart.AppVersion) -}}
{{- if $i.digest }}{{ $version = printf "@%s" $i.digest }}{{ end -}}
{{- list $i.registry (printf "%s%s" $i.repository $version) | compact | join "/" -}}
{{- end -}}

{{- define "tempo.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (empty .Values.serviceAccount.create | ternary "default" (include "tempo.name" (list . ""))) -}}
{{- end -}}
