{{/* HorizontalPodAutoscaler or ScaledObject, and PodDisruptionBudget of a component: dict ctx, c. */}}
{{- define "tempo.scaling" -}}
{{- $c := .c -}}
{{- $a := $c.values.autoscaling -}}
{{- $target := dict "apiVersion" "apps/v1" "kind" $c.kind "name" $c.resource }}
{{- if and $a.enabled $a.keda.enabled }}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  {{- include "tempo.metadata" (dict "ctx" $.ctx "name" $c.resource
    "component" $c.name "annotations" $a.keda.annotations) | nindent 2 }}
spec:
  scaleTargetRef: {{ toJson $target }}
  minReplicaCount: {{ int $a.minReplicas }}
  maxReplicaCount: {{ int $a.maxReplicas }}
  {{- include "tempo.given" (list .ctx (omit $a.keda "enabled" "annotations") 2) }}
{{- else if $a.enabled }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  {{- include "tempo.metadata" (dict "ctx" $.ctx "name" $c.resource "component" $c.name) | nindent 2 }}
spec:
  scaleTargetRef: {{ toJson $target }}
  minReplicas: {{ int $a.minReplicas }}
  maxReplicas: {{ int $a.maxReplicas }}
  {{- $metrics := $a.metrics }}
  {{- $shares := dict "memory" $a.targetMemoryUtilizationPercentage "cpu" $a.targetCPUUtilizationPercentage }}
  {{- range $resource, $share := $shares }}
  {{- if $share }}
  {{- $target := dict "type" "Utilization" "averageUtilization" (int $share) }}
  {{- $metrics = prepend $metrics (dict "type" "Resource" "resource" (dict "name" $resource "target" $target)) }}
  {{- end }}
  {{- end }}
  {{- include "tempo.fields" (list .ctx 2 (list "metrics" $metrics) (list "behavior" $a.behavior)) }}
{{- end }}
{{- with $c.values.podDisruptionBudget }}
{{- if .enabled }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "tempo.metadata" (dict "ctx" $.ctx "name" $c.resource "component" $c.name) | nindent 2 }}
spec:
  {{- /* Over all zones of a live-store: one of each partition's owners stays. */}}
  {{- if kindIs "invalid" .minAvailable }}
  maxUnavailable: {{ .maxUnavailable }}
  {{- else }}
  minAvailable: {{ .minAvailable }}
  {{- end }}
  {{- with .unhealthyPodEvictionPolicy }}
  unhealthyPodEvictionPolicy: {{ . }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "tempo.selectorLabels" (list $.ctx $c.name) | nindent 6 }}
{{- end }}
{{- end }}
{{- end -}}

{{/* A Kubernetes quantity as a number, of bytes for instance; nothing is 0. */}}
{{- define "tempo.quantity" -}}
{{- $text := toString . -}}
{{- $unit := regexFind "[a-zA-Z]+$" $text -}}
{{- $units := dict "" 1 "n" 1e-9 "u" 1e-6 "m" 1e-3 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18
  "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 "Pi" 1125899906842624 "Ei" 1152921504606846976 -}}
{{- mulf (trimSuffix $unit $text | default "0" | float64) (get $units $unit | default 0 | float64) -}}
{{- end -}}

{{/*
Refuses resources that Kubernetes does not have, memory of less than a megabyte, and requests above their limits: (list
at resources).
*/}}
{{- define "tempo.resources.check" -}}
{{- $at := first . -}}
{{- range $group, $amounts := pick (last .) "requests" "limits" -}}
{{- range $name, $amount := $amounts -}}
{{- $known := list "cpu" "memory" "ephemeral-storage" -}}
{{- include "tempo.refuse" (list
  (not (or (has $name $known) (hasPrefix "hugepages-" $name) (contains "/" $name)))
  (printf "%s.%s.%s" $at $group $name)
  "is not a resource of Kubernetes"
  "Kubernetes refuses a container with it; only resources of devices have other names, with a slash"
  (printf "%s.%s.%s" $at $group (include "tempo.nearest" (list $name $known) | default "cpu or memory"))) -}}
{{- $bytes := include "tempo.quantity" $amount | float64 -}}
{{- /* A request may be as small as it likes, but not by mistake. */ -}}
{{- $isMistaken := or (eq $group "limits") (hasSuffix "m" (toString $amount)) -}}
{{- $few := and (eq $name "memory") $amount (gt $bytes 0.0) (lt $bytes 1e6) $isMistaken -}}
{{- include "tempo.refuse" (list
  $few
  (printf "%s.%s.memory" $at $group)
  (printf "is %v, which is %v bytes" $amount $bytes)
  "no process runs in so little memory; m is a thousandth, and no unit means bytes"
  (printf "%s.%s.memory: %sMi" $at $group (regexFind "^[0-9.]+" (toString $amount)))) -}}
{{- end -}}
{{- end -}}
{{- $limits := (last .).limits | default dict -}}
{{- range $name, $request := (last .).requests | default dict -}}
{{- $limit := get $limits $name -}}
{{- $most := include "tempo.quantity" $limit | float64 -}}
{{- include "tempo.refuse" (list
  (and $most (gt (include "tempo.quantity" $request | float64) $most))
  (printf "%s.requests.%s" $at $name)
  (printf "is %v, and limits.%s is %v" $request $name $limit)
  "Kubernetes refuses a container that requests more than its limit"
  (printf "%s.limits.%s to at least %v, or a lower request" $at $name $request)) -}}
{{- end -}}
{{- end -}}
