{{/*
Refuses what is wrong in an object of Kubernetes: the dict of tempo.types.check, its type being one of
files/kubernetes-types.json. A field that is not known there passes, because a newer Kubernetes may have it; but not if
it is like one that is known, or belongs one level higher or lower, or if no version is expected to add one (closed).
*/}}
{{- define "tempo.objects.check" -}}
{{- $ask := . -}}
{{- $object := .value -}}
{{- if kindIs "string" $object -}}
{{- $object = include "tempo.text" (list .ctx $object) | fromYaml -}}
{{- include "tempo.refuse" (list
  (hasKey $object "Error")
  .at
  (printf "is not a YAML map: %v" $object.Error)
  (printf "it becomes a part of the pods (%s)" .type)
  (printf "%s to a map, or to a text that is a YAML map" .at)) -}}
{{- end -}}
{{- $type := get .types.objects .type -}}
{{- include "tempo.types.collection" (list (dict "value" $object "at" .at "reader" .reader) "map" "a map") -}}
{{- $below := dict "ctx" .ctx "types" .types "reader" .reader "fields" $type.fields -}}
{{- range $key, $value := $object -}}
{{- $at := printf "%s.%s" $ask.at $key -}}
{{- with get $type.fields $key -}}
{{- include "tempo.types.below" (list $below $at . $value) -}}
{{- else -}}
{{- include "tempo.objects.unknown" (list $ask $key) -}}
{{- end -}}
{{- end -}}
{{- /* These maps are merged, and tempo.rules.component checks the result. */ -}}
{{- if not (regexMatch "^[A-Za-z]+[.](pod|container)SecurityContext\\b" .at) -}}
{{- include "tempo.rules.check" (dict "ctx" .ctx "types" .types "type" .type "at" .at "value" $object) -}}
{{- end -}}
{{- if $object -}}
{{- range $type.needs -}}
{{- include "tempo.refuse" (list
  (kindIs "invalid" (dig . nil $object))
  (printf "%s.%s" $ask.at .)
  "missing"
  "Kubernetes refuses an object without this field"
  (printf "%s.%s" $ask.at .)) -}}
{{- end -}}
{{- with $type.oneOf -}}
{{- $given := list -}}
{{- range . }}{{ if not (kindIs "invalid" (dig . nil $object)) }}{{ $given = append $given . }}{{ end }}{{ end -}}
{{- $others := ", and null for the others" -}}
{{- if not $given }}{{ $others = "; it does not come from defaults" }}{{ end -}}
{{- include "tempo.refuse" (list
  (ne (len $given) 1)
  $ask.at
  (printf "has %s of the fields %s" (join " and " $given | default "none") (join ", " .))
  "Kubernetes accepts here exactly one of them"
  (printf "one of them in %s%s" $ask.at $others)) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Refuses an unknown field that stands for another one: (list ask key), ask being the dict of tempo.types.check. */}}
{{- define "tempo.objects.unknown" -}}
{{- $ask := first . -}}
{{- $key := last . -}}
{{- $type := get $ask.types.objects $ask.type -}}
{{- $fields := $type.fields -}}
{{- $places := list -}}
{{- range $field, $type := $fields -}}
{{- $below := get $ask.types.objects (trimSuffix "[]" $type) | default dict -}}
{{- if hasKey ($below.fields | default dict) $key -}}
{{- $places = append $places (printf "%s.%s" $ask.at $field) -}}
{{- end -}}
{{- end -}}
{{- if hasKey ($ask.fields | default dict) $key -}}
{{- $places = append $places (regexReplaceAll "([.][^.]+|[[][0-9]+[]])$" $ask.at "") -}}
{{- end -}}
{{- $near := include "tempo.misspelt" (list $key (keys $fields | sortAlpha)) -}}
{{- $set := printf "nothing (remove it), or one of these: %s" (keys $fields | sortAlpha | join ", ") -}}
{{- with $places }}{{ $set = printf "it in %s, where it belongs" (join " or " .) }}{{ end -}}
{{- with $near }}{{ $set = printf "%s.%s" $ask.at . }}{{ end -}}
{{- include "tempo.refuse" (list
  (or $near $places $type.closed)
  (printf "%s.%s" $ask.at $key)
  (printf "is not a field of %s%s" $ask.type (include "tempo.types.meant" $near))
  "Kubernetes refuses an object with a field that it does not know, or ignores the field"
  $set) -}}
{{- end -}}
