{{/*
Values that are set and have no effect, for NOTES.txt, one line each: those of a block that is switched off, as far as
they are not the defaults (files/value-defaults.json), and some that depend on others.
*/}}
{{- define "tempo.notes.noEffect" -}}
{{- $v := .Values -}}
{{- $rel := get . (include "tempo.release" .) -}}
{{- $defaults := (get . (include "tempo.types" .)).defaults -}}
{{- range $key, $value := omit $v "defaults" -}}
{{- $row := get $rel.rows $key | default dict -}}
{{- $ask := dict "at" $key "value" $value "default" (get $defaults $key) "merged" $value -}}
{{- if hasKey $rel.components $key -}}
{{- $_ := set $ask "merged" (get $rel.components $key).values -}}
{{- include "tempo.notes.off" $ask -}}
{{- else if $row -}}
{{- $_ := set $ask "why" (printf "%s.enabled is false" $key) -}}
{{- if not (has $row.mode (list "any" $v.mode)) }}{{ $_ := set $ask "why" (printf "mode is %s" $v.mode) }}{{ end -}}
{{- /* A section of tempo.yaml counts in every mode. */ -}}
{{- $_ := set $ask "value" (omit $value "config") -}}
{{- include "tempo.notes.changed" $ask -}}
{{- else -}}
{{- include "tempo.notes.off" $ask -}}
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
{{- end -}}
{{- if and $v.memcachedExporter.enabled (not (include "tempo.notes.caches" $rel)) }}
  memcachedExporter.enabled: no cache is enabled
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
{{- if and $v.useExternalConfig $v.config }}
  config: useExternalConfig is true, so that the pods read another tempo.yaml; ports are still taken from it
{{- end -}}
{{- /* A parent chart has values there for its other charts. */ -}}
{{- if .Chart.IsRoot -}}
{{- include "tempo.notes.unread" (list "global" $v.global $defaults.global) -}}
{{- include "tempo.notes.unread" (list "global.image" $v.global.image $defaults.global.image) -}}
{{- end -}}
{{- range $backend := without (list "s3" "gcs" "azure") $rel.config.storage.trace.backend -}}
{{- if get $v.storage.trace $backend }}
  storage.trace.{{ $backend }}: storage.trace.backend is {{ $rel.config.storage.trace.backend }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
The values of a block that is switched off, and of such blocks in it, one line each: dict at (its path), value, default,
and merged, in which enabled says whether it is off.
*/}}
{{- define "tempo.notes.off" -}}
{{- $ask := . -}}
{{- if and (kindIs "map" .value) (kindIs "map" .merged) -}}
{{- if and (hasKey .merged "enabled") (not .merged.enabled) -}}
{{- include "tempo.notes.changed" (dict "at" .at "value" .value "default" .default
  "why" (printf "%s.enabled is false" .at)) -}}
{{- else -}}
{{- range $key, $value := .value -}}
{{- if kindIs "map" $value -}}
{{- include "tempo.notes.off" (dict "at" (printf "%s.%s" $ask.at $key) "value" $value
  "default" (get ($ask.default | default dict) $key) "merged" (get $ask.merged $key)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* One line with the keys of a block whose values are not the defaults: dict at, value, default, why. */}}
{{- define "tempo.notes.changed" -}}
{{- $default := .default | default dict -}}
{{- $changed := list -}}
{{- range $key, $value := omit .value "enabled" -}}
{{- $isDefault := eq (toJson $value) (toJson (get $default $key)) -}}
{{- if not (or $isDefault (empty $value)) }}{{ $changed = append $changed (printf "%s.%s" $.at $key) }}{{ end -}}
{{- end -}}
{{- with $changed }}
  {{ join ", " . }}: {{ $.why }}
{{- end -}}
{{- end -}}

{{/* Keys of a block that values.yaml does not have there, one line each: (list at block default). */}}
{{- define "tempo.notes.unread" -}}
{{- $at := first . -}}
{{- $default := last . -}}
{{- range $key, $_ := index . 1 -}}
{{- if not (hasKey $default $key) }}
{{- $near := include "tempo.misspelt" (list $key (keys $default | sortAlpha)) }}
  {{ $at }}.{{ $key }}: this chart does not read it{{ include "tempo.types.meant" $near }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Something, if a cache runs: the release. */}}
{{- define "tempo.notes.caches" -}}
{{- range .components }}{{ if eq .template "memcached" }}true{{ end }}{{ end -}}
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
