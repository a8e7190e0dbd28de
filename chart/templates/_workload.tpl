{{/*
The workload of a component: dict ctx, rel, c, and zone, which is one of liveStore.zoneAwareReplication.zones or an
empty map.

What a pod has, and where it comes from ("not Tempo" is a row of files/components.yaml without a target):

  its values (.c.values)     computed by tempo.release.component in _release.tpl: the block of the component, over the
                             block of its base if it has one (memcachedBloom over memcached), over defaults, over
                             priorityClassName, podLabels, goSettings, extraArgs, extraEnv, extraEnvFrom, storageClass
                             and the image's registry and pullSecrets of global. Maps are merged key by key. The lists
                             extraArgs, extraEnv and other lists named extra... are put together; all other lists, and
                             affinity, dnsConfig, lifecycle, nodeSelector, strategy and the probes, are taken as a
                             whole. null takes away a label, an annotation, a resource and a field of a security
                             context, and says nothing elsewhere. What is not Tempo does not take probes, lifecycle,
                             goSettings and image repository, tag and digest of defaults, and no extraArgs of defaults
                             and global.
  its kind, container name,  the row of the component in files/components.yaml (.c); metricsGenerator.kind replaces
  label, target, Services    its kind
  its own container          tempo.pod.NAME in _NAME.tpl, NAME being the column template of the row: args, and where it
                             has them command, env, volumes, mounts, sidecars, annotations (checksums of what the pod
                             reads) and the scheme of its probes. The lists extra... of the values are appended; an
                             entry of extraEnv or extraVolumes with the same name, or of extraVolumeMounts with the
                             same mountPath, replaces that of the chart. extraContainers follow the sidecars.
  configuration, storage     tempo.pods in _tempo.tpl: volumes and checksums of tempo.yaml, and credentials from
  and Kafka                  existing Secrets, for Tempo only
  ports                      tempo.ports.NAME in _NAME.tpl; the Services and the NetworkPolicy have them too
  labels of the pod          labels that select it (tempo.selectorLabels in _helpers.tpl), podLabels of the values,
                             global.commonLabels, and tempo-gossip-member if the process joins memberlist (.c.gossip)
                             and gossipRing.labelPods is true; labels of the chart win
  annotations of the pod     those of its own container, over those of its zone, over podAnnotations of the values
  labels of the workload     tempo.labels in _helpers.tpl: the same that every object has, with labels of the values,
                             global.commonLabels and global.labels
  service account            serviceAccount, for Tempo only; other pods run as the namespace's default account, and no
                             pod mounts a token
  topology spread            topologySpreadConstraints, with the labels that select the pod in each labelSelector
  what a zone adds           .zone (templates/components.yaml makes a workload for each): the label tempo-zone of pod,
                             selector and claim; annotations, podAnnotations, nodeSelector, extraAffinity and storage
                             class; with topologyKey, distance to pods of other zones; with rolloutOperator, the
                             label, annotation and strategy that it needs
  everything else            the value of the same name: resources, security contexts, tolerations, init containers
                             and so on
*/}}
{{- define "tempo.workload" -}}
{{- $c := .c -}}
{{- $v := $c.values -}}
{{- $stateful := eq $c.kind "StatefulSet" -}}
{{- /* A zone selects its own pods only. */ -}}
{{- $selector := include "tempo.selectorLabels" (list .ctx $c.name) -}}
{{- with .zone.name }}{{ $selector = printf "%s\ntempo-zone: %q" $selector . }}{{ end -}}
{{- $pod := merge (dict "selector" (fromYaml $selector)) . -}}
{{- $name := include "tempo.name" (list .ctx (list $c.suffix .zone.name | compact | join "-")) -}}
{{- $labels := merge (dict) ($v.labels | default dict) -}}
{{- $annotations := merge (dict) (.zone.annotations | default dict) ($v.annotations | default dict) -}}
{{- $strategy := $v.strategy -}}
{{- if include "tempo.rollsZones" . -}}
{{- $_ := set $labels "rollout-group" $c.name -}}
{{- $_ := set $annotations "rollout-max-unavailable" (toString $v.zoneAwareReplication.maxUnavailable) -}}
{{- $strategy = dict "type" "OnDelete" -}}
{{- end -}}
apiVersion: apps/v1
kind: {{ $c.kind }}
metadata:
  {{- include "tempo.metadata" (dict "ctx" .ctx "name" $name "component" $c.name "labels" $labels
    "annotations" $annotations) | nindent 2 }}
spec:
  {{- if not $v.autoscaling.enabled }}
  replicas: {{ int $v.replicas }}
  {{- end }}
  revisionHistoryLimit: {{ int $v.revisionHistoryLimit }}
  minReadySeconds: {{ int $v.minReadySeconds }}
  selector:
    matchLabels:
      {{- $selector | nindent 6 }}
  {{- if $stateful }}
  {{- include "tempo.fields" (list .ctx 2 (list "updateStrategy" $strategy)) }}
  serviceName: {{ toYaml $c.governing }}
  podManagementPolicy: Parallel
  {{- if $v.persistentVolumeClaimRetentionPolicy.enabled }}
  persistentVolumeClaimRetentionPolicy:
    {{- omit $v.persistentVolumeClaimRetentionPolicy "enabled" | toYaml | nindent 4 }}
  {{- end }}
  {{- else }}
  {{- include "tempo.fields" (list .ctx 2 (list "strategy" $strategy)) }}
  {{- end }}
  template:
    {{- include "tempo.pod" $pod | nindent 4 }}
  {{- if include "tempo.hasClaimTemplate" $c }}
  volumeClaimTemplates:
    - {{ include "tempo.claim" $pod | nindent 6 | trim }}
  {{- end }}
{{- end -}}

{{/* Something, if an operator rolls the zones of the component one after the other: dict c, zone. */}}
{{- define "tempo.rollsZones" -}}
{{- if and .zone.name .c.values.zoneAwareReplication.rolloutOperator }}true{{ end -}}
{{- end -}}

{{/* Something, if the pods of a component get a claim each. */}}
{{- define "tempo.hasClaimTemplate" -}}
{{- $p := .values.persistence -}}
{{- if and .target (eq .kind "StatefulSet") $p.enabled (not $p.existingClaim) }}true{{ end -}}
{{- end -}}

{{/* The claim template of a StatefulSet: dict ctx, c, zone, selector. */}}
{{- define "tempo.claim" -}}
{{- $p := .c.values.persistence -}}
metadata:
  name: {{ toYaml $p.claimTemplateName }}
  {{- $labels := merge (dict) .selector $p.labels }}
  {{- include "tempo.fields" (list .ctx 2 (list "labels" $labels) (list "annotations" $p.annotations)) }}
spec:
  accessModes: {{ toJson $p.accessModes }}
  {{- with .zone.storageClass | default $p.storageClass }}
  storageClassName: {{ include "tempo.text" (list $.ctx .) | trimPrefix "-" | quote }}
  {{- end }}
  resources:
    requests:
      {{- /* JSON writes a large number without an exponent. */}}
      storage: {{ toJson $p.size | trimAll "\"" }}
{{- end -}}

{{/* The pod template: dict ctx, rel, c, zone, selector (labels of its own pods). */}}
{{- define "tempo.pod" -}}
{{- $c := .c -}}
{{- $v := $c.values -}}
{{- $pod := include (printf "tempo.pod.%s" $c.template) . | fromJson -}}
{{- /* No label contains a version, because a new one would restart the pods. */ -}}
{{- $labels := dict -}}
{{- if and $c.gossip .ctx.Values.gossipRing.labelPods }}{{ $_ := set $labels "tempo-gossip-member" "true" }}{{ end -}}
{{- if include "tempo.rollsZones" . }}{{ $_ := set $labels "rollout-group" $c.name }}{{ end -}}
{{- $labels = merge $labels .selector ($v.podLabels | default dict) (.ctx.Values.global.commonLabels | default dict) -}}
{{- $annotations := merge (dict) ($pod.annotations | default dict)
  (.zone.podAnnotations | default dict) ($v.podAnnotations | default dict) -}}
{{- $nodes := merge (dict) (.zone.nodeSelector | default dict) ($v.nodeSelector | default dict) -}}
{{- $spread := list -}}
{{- $ownPods := dict "labelSelector" (dict "matchLabels" .selector) -}}
{{- range $v.topologySpreadConstraints }}{{ $spread = append $spread (merge (deepCopy .) $ownPods) }}{{ end -}}
{{- $volumes := include "tempo.unique" (list "name" (concat ($pod.volumes | default list) $v.extraVolumes)) -}}
{{- $mountable := fromJsonArray $volumes -}}
{{- if include "tempo.hasClaimTemplate" $c -}}
{{- $mountable = append $mountable (dict "name" $v.persistence.claimTemplateName) -}}
{{- end -}}
{{- include "tempo.rules.component" (dict "ctx" .ctx "c" $c "pod" $pod "volumes" $mountable) -}}
metadata:
  {{- include "tempo.fields" (list .ctx 2 (list "labels" $labels) (list "annotations" $annotations)) }}
spec:
  {{- /* The account opens the object storage; what is not Tempo has no business there. */}}
  {{- if $c.target }}
  serviceAccountName: {{ include "tempo.serviceAccountName" .ctx | toYaml }}
  {{- end }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- include "tempo.pullSecrets" (list .ctx $v.image.pullSecrets 2) }}
  {{- range $key := list "priorityClassName" "runtimeClassName" "schedulerName" }}
  {{- with get $v $key }}
  {{ $key }}: {{ include "tempo.single" (list $.ctx .) }}
  {{- end }}
  {{- end }}
  terminationGracePeriodSeconds: {{ int $v.terminationGracePeriodSeconds }}
  {{- include "tempo.fields" (list .ctx 2
    (list "securityContext" (toYaml $v.podSecurityContext))
    (list "affinity" (include "tempo.affinity" .))
    (list "dnsConfig" $v.dnsConfig)
    (list "hostAliases" $v.hostAliases)
    (list "initContainers" $v.initContainers)
    (list "nodeSelector" $nodes)
    (list "tolerations" $v.tolerations)
    (list "topologySpreadConstraints" $spread)) }}
  containers:
    - {{ include "tempo.container" (dict "ctx" .ctx "c" $c "pod" $pod) | nindent 6 | trim }}
    {{- with concat ($pod.sidecars | default list) $v.extraContainers }}
    {{- include "tempo.text" (list $.ctx .) | nindent 4 }}
    {{- end }}
  {{- include "tempo.fields" (list .ctx 2 (list "volumes" (fromJsonArray $volumes))) }}
{{- end -}}

{{/*
Affinity of a pod, if any: that of the values, and for a zone its own (extraAffinity) and distance to the other zones.
*/}}
{{- define "tempo.affinity" -}}
{{- $affinity := dict -}}
{{- with .c.values.affinity }}{{ $affinity = include "tempo.text" (list $.ctx .) | fromYaml }}{{ end -}}
{{- if .zone.name -}}
{{- with .c.values.zoneAwareReplication.topologyKey -}}
{{- $others := list
  (dict "key" "tempo-zone" "operator" "NotIn" "values" (list $.zone.name))
  (dict "key" "tempo-zone" "operator" "Exists") -}}
{{- $pods := dict "matchLabels" (omit $.selector "tempo-zone") "matchExpressions" $others -}}
{{- $terms := list (dict "topologyKey" . "labelSelector" $pods) -}}
{{- $distance := dict "requiredDuringSchedulingIgnoredDuringExecution" $terms -}}
{{- include "tempo.affinity.add" (list $affinity (dict "podAntiAffinity" $distance)) -}}
{{- end -}}
{{- include "tempo.affinity.add" (list $affinity (.zone.extraAffinity | default dict)) -}}
{{- end -}}
{{- with $affinity }}{{ toYaml . }}{{ end -}}
{{- end -}}

{{/* Puts one affinity into another: (list affinity more). Terms of both apply; other rules of the second one win. */}}
{{- define "tempo.affinity.add" -}}
{{- $affinity := first . -}}
{{- range $kind, $rules := last . -}}
{{- $both := get $affinity $kind | default dict -}}
{{- range $rule, $terms := $rules -}}
{{- if kindIs "slice" $terms }}{{ $terms = concat (get $both $rule | default list) $terms }}{{ end -}}
{{- $_ := set $both $rule $terms -}}
{{- end -}}
{{- $_ := set $affinity $kind $both -}}
{{- end -}}
{{- end -}}

{{/* The component's own container: dict ctx, c, pod (from tempo.pod.NAME). */}}
{{- define "tempo.container" -}}
{{- $v := .c.values -}}
{{- $pod := .pod -}}
{{- $env := concat ($pod.env | default list) $v.extraEnv -}}
{{- $mounts := concat ($pod.mounts | default list) $v.extraVolumeMounts -}}
name: {{ .c.name }}
image: {{ include "tempo.image" (list .ctx $v.image) | toYaml }}
{{- with $v.image.pullPolicy }}
imagePullPolicy: {{ . }}
{{- end }}
{{- with $pod.command }}
command: {{ toJson . }}
{{- end }}
args:
  {{- include "tempo.text" (list .ctx (concat $pod.args $v.extraArgs)) | nindent 2 }}
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
  (list "env" (include "tempo.unique" (list "name" $env) | fromJsonArray))
  (list "envFrom" $v.extraEnvFrom)
  (list "startupProbe" (include "tempo.probe" (list $pod.scheme $v.startupProbe)))
  (list "livenessProbe" (include "tempo.probe" (list $pod.scheme $v.livenessProbe)))
  (list "readinessProbe" (include "tempo.probe" (list $pod.scheme $v.readinessProbe)))
  (list "lifecycle" $v.lifecycle)
  (list "resources" $v.resources)
  (list "securityContext" (toYaml $v.containerSecurityContext))
  (list "volumeMounts" (include "tempo.unique" (list "mountPath" $mounts) | fromJsonArray))) }}
{{- end -}}

{{/* A probe, if any: (list scheme probe). Where HTTPS is served the kubelet has to ask that way. */}}
{{- define "tempo.probe" -}}
{{- $scheme := first . -}}
{{- with last . -}}
{{- if and .httpGet $scheme -}}
{{- mergeOverwrite (dict "httpGet" (dict "scheme" $scheme)) . | toYaml -}}
{{- else -}}
{{- toYaml . -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* An image reference: (list context image). */}}
{{- define "tempo.image" -}}
{{- $i := index . 1 -}}
{{- $version := printf ":%s" ($i.tag | default (index . 0).Chart.AppVersion) -}}
{{- if $i.digest }}{{ $version = printf "@%s" $i.digest }}{{ end -}}
{{- list $i.registry (printf "%s%s" $i.repository $version) | compact | join "/" -}}
{{- end -}}

{{/* The account that the pods of Tempo run as: the context. */}}
{{- define "tempo.serviceAccountName" -}}
{{- $own := "default" -}}
{{- if .Values.serviceAccount.create }}{{ $own = include "tempo.name" (list . "") }}{{ end -}}
{{- include "tempo.text" (list . (.Values.serviceAccount.name | default $own)) -}}
{{- end -}}
