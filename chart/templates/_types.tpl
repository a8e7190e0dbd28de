{{/*
The key of the chart's context that holds the types of values, which are read once for all templates (as tempo.release
does it): files/types.yaml by name.
*/}}
{{- define "tempo.types" -}}
{{- if not (hasKey . "TempoTypes") -}}
{{- $_ := set . "TempoTypes" (.Files.Get "files/types.yaml" | fromYaml) -}}
{{- end -}}
TempoTypes
{{- end -}}

{{/* Refuses values of another type than files/value-types.yaml gives them: the context. */}}
{{- define "tempo.types.values" -}}
{{- $types := .Files.Get "files/value-types.yaml" | fromYaml -}}
{{- $blocks := omit $types "component" -}}
{{- range $key, $row := .Files.Get "files/components.yaml" | fromYaml -}}
{{- $_ := set $blocks $key $types.component -}}
{{- end -}}
{{- $ask := dict "types" (get . (include "tempo.types" .)) "reader" "Kubernetes" -}}
{{- include "tempo.types.below" (list $ask "defaults" $types.component .Values.defaults) -}}
{{- range $key, $type := $blocks -}}
{{- include "tempo.types.below" (list $ask $key $type (get $.Values $key)) -}}
{{- end -}}
{{- end -}}

{{/*
Refuses a value of another type, and what is wrong in it: dict types (what tempo.types leads to), at (its path in the
values), type, value, reader (Tempo or Kubernetes). The type is a name of files/types.yaml, with [] behind it for a list
and {} for a map; or a map from keys to types.
*/}}
{{- define "tempo.types.check" -}}
{{- $ask := . -}}
{{- if kindIs "invalid" .value -}}
{{- else if kindIs "map" .type -}}
{{- if kindIs "map" .value -}}
{{- range $key, $value := .value -}}
{{- with get $ask.type $key -}}
{{- include "tempo.types.below" (list $ask (printf "%s.%s" $ask.at $key) . $value) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- else if hasSuffix "{}" .type -}}
{{- include "tempo.types.collection" (list $ask "map" "a map") -}}
{{- range $key, $value := .value -}}
{{- include "tempo.types.below" (list $ask (printf "%s.%s" $ask.at $key) (trimSuffix "{}" $ask.type) $value) -}}
{{- end -}}
{{- else if hasSuffix "[]" .type -}}
{{- include "tempo.types.collection" (list $ask "slice" "a list") -}}
{{- range $i, $value := .value -}}
{{- include "tempo.types.below" (list $ask (printf "%s[%d]" $ask.at $i) (trimSuffix "[]" $ask.type) $value) -}}
{{- end -}}
{{- else -}}
{{- include "tempo.types.single" $ask -}}
{{- end -}}
{{- end -}}

{{/* tempo.types.check of what is below: (list ask at type value), ask being the dict of the level above. */}}
{{- define "tempo.types.below" -}}
{{- $ask := first . -}}
{{- include "tempo.types.check" (dict "types" $ask.types "reader" $ask.reader
  "at" (index . 1) "type" (index . 2) "value" (index . 3)) -}}
{{- end -}}

{{/* Refuses what is no list or no map: (list ask kind words), ask being the dict of tempo.types.check. */}}
{{- define "tempo.types.collection" -}}
{{- $ask := first . -}}
{{- include "tempo.refuse" (list
  (not (kindIs (index . 1) $ask.value))
  $ask.at
  (printf "is not %s" (last .))
  (printf "%s accepts here only %s" $ask.reader (last .))
  (printf "%s to %s, or nothing (remove it)" $ask.at (last .))) -}}
{{- end -}}

{{/* Refuses a single value of another type: the dict of tempo.types.check. */}}
{{- define "tempo.types.single" -}}
{{- $row := get .types .type -}}
{{- $kind := include "tempo.types.kind" .value -}}
{{- $isKind := has $kind ($row.kinds | default (list "text" "number")) -}}
{{- if not (and $isKind (regexMatch ($row.matches | default "") (toString .value))) -}}
{{- $set := printf "%s to %s" .at ($row.set | default "") -}}
{{- if not $row.set }}{{ $set = include (printf "tempo.better.%s" .type) . }}{{ end -}}
{{- $found := toJson .value -}}
{{- /* What should be a text may be a password. */ -}}
{{- if or (eq .type "string") (has $kind (list "map" "list")) }}{{ $found = printf "a %s" $kind }}{{ end -}}
{{- include "tempo.refuse" (list
  true
  .at
  (printf "is %s" $found)
  (printf "%s accepts here only %s" ($row.reader | default .reader) $row.takes)
  $set) -}}
{{- end -}}
{{- end -}}

{{/* The kind of a value. helm lint hands numbers over as a kind of string: json.Number. */}}
{{- define "tempo.types.kind" -}}
{{- if typeIs "string" . }}text
{{- else if kindIs "bool" . }}boolean
{{- else if kindIs "map" . }}map
{{- else if kindIs "slice" . }}list
{{- else }}number
{{- end -}}
{{- end -}}
