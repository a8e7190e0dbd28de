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
