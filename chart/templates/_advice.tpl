{{/*
Values that are set and have no effect, for NOTES.txt, one line each. The block of a component counts as set if it has
a key that values.yaml does not have there; the column defaults of files/components.yaml names those that it has.
*/}}
{{- define "tempo.notes.noEffect" -}}
{{- $v := .Values -}}
{{- $rel := get . (include "tempo.release" .) -}}
{{- range $key, $row := $rel.rows -}}
{{- if not (hasKey $rel.components $key) -}}
{{- $why := printf "%s.enabled is false" $key -}}
{{- if not (has $row.mode (list "any" $v.mode)) }}{{ $why = printf "mode is %s" $v.mode }}{{ end -}}
{{- $set := list -}}
{{- range $name, $value := omit (get $v $key) "enabled" "config" -}}
{{- if not (or (has $name ($row.defaults | default list)) (empty $value)) }}{{ $set = append $set $name }}{{ end -}}
{{- end -}}
{{- with $set }}
  {{ $key }}.{{ join (printf ", %s." $key) . }}: {{ $why }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $key, $c := $rel.components -}}
{{- $a := $c.values.autoscaling -}}
{{- range $resource, $target := dict
  "cpu" $a.targetCPUUtilizationPercentage "memory" $a.targetMemoryUtilizationPercentage -}}
{{- $asked := or (dig "requests" $resource "" $c.values.resources) (dig "limits" $resource "" $c.values.resources) -}}
{{- if and $a.enabled (not $a.keda.enabled) $target (not $asked) }}
  {{ $key }}.autoscaling, for {{ $resource }}: {{ $key }}.resources.requests.{{ $resource }} is not set
{{- end -}}
{{- end -}}
{{- $p := $c.values.persistence -}}
{{- if and $p.existingClaim (not $p.enabled) }}
  {{ $key }}.persistence.existingClaim: {{ $key }}.persistence.enabled is false
{{- end -}}
{{- end -}}
{{- $gateway := $v.gateway -}}
{{- if not $gateway.enabled -}}
{{- $switches := dict "ingress.enabled" $gateway.ingress.enabled "basicAuth.enabled" $gateway.basicAuth.enabled
  "nginxConfig.ssl" $gateway.nginxConfig.ssl -}}
{{- range $name, $route := $gateway.route -}}
{{- $_ := set $switches (printf "route.%s.enabled" $name) (dig "enabled" false ($route | default dict)) -}}
{{- end -}}
{{- range $name, $on := $switches -}}
{{- if $on }}
  gateway.{{ $name }}: gateway.enabled is false
{{- end -}}
{{- end -}}
{{- end -}}
{{- if eq $v.mode "monolithic" -}}
{{- range $name, $set := dict
  "kafka.address" $v.ingest.kafka.address
  "sasl.existingSecret" $v.ingest.sasl.existingSecret
  "tls.enabled" $v.ingest.tls.enabled -}}
{{- if $set }}
  ingest.{{ $name }}: mode is monolithic, which writes to its own disk and needs no Kafka
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and $v.storage.secret.name (eq $rel.config.storage.trace.backend "local") }}
  storage.secret.name: storage.trace.backend is local
{{- end -}}
{{- if and $v.storage.sharedClaim (ne $rel.config.storage.trace.backend "local") }}
  storage.sharedClaim: storage.trace.backend is {{ $rel.config.storage.trace.backend }}
{{- end -}}
{{- if and $v.networkPolicy.egress.enabled (not $v.networkPolicy.enabled) }}
  networkPolicy.egress.enabled: networkPolicy.enabled is false
{{- end -}}
{{- if and $v.useExternalConfig $v.config }}
  config: useExternalConfig is true, so that the pods read another tempo.yaml; ports are still taken from it
{{- end -}}
{{- range $backend := without (list "s3" "gcs" "azure") $rel.config.storage.trace.backend -}}
{{- if get $v.storage.trace $backend }}
  storage.trace.{{ $backend }}: storage.trace.backend is {{ $rel.config.storage.trace.backend }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The ports that the pod of tempo.notes.pod listens on, in words: the release. */}}
{{- define "tempo.notes.ports" -}}
{{- $ports := list .ports.http .ports.grpc -}}
{{- if .gossip }}{{ $ports = append $ports .ports.gossip }}{{ end -}}
{{- if .components.monolithic -}}
{{- range .receivers }}{{ if eq .protocol "TCP" }}{{ $ports = append $ports .port }}{{ end }}{{ end -}}
{{- end -}}
{{- join ", " $ports -}}
{{- end -}}

{{/* A pod of a StatefulSet, whose name is known, and its container, as arguments of kubectl debug: the release. */}}
{{- define "tempo.notes.pod" -}}
{{- $c := .components.monolithic | default .components.liveStore -}}
{{- $zone := "" -}}
{{- if dig "zoneAwareReplication" "enabled" false $c.values -}}
{{- range $c.values.zoneAwareReplication.zones | default list | reverse }}{{ $zone = printf "-%s" .name }}{{ end -}}
{{- end -}}
{{- printf "%s%s-0 --target=%s" $c.resource $zone $c.name -}}
{{- end -}}
