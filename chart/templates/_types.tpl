{{/*
The key of the chart's context that holds the types of values, which are read once for all templates (as tempo.release
does it): single, of files/types.yaml; objects, of files/kubernetes-types.json; defaults, of files/value-defaults.json;
and as soon as they are needed rules, of files/kubernetes-rules.yaml, and touched, of tempo.rules.touched.
*/}}
{{- define "tempo.types" -}}
{{- if not (hasKey . "TempoTypes") -}}
{{- $single := .Files.Get "files/types.yaml" | fromYaml -}}
{{- $objects := .Files.Get "files/kubernetes-types.json" | fromJson -}}
{{- $defaults := .Files.Get "files/value-defaults.json" | fromJson -}}
{{- $_ := set . "TempoTypes" (dict "single" $single "objects" $objects "defaults" $defaults) -}}
{{- end -}}
TempoTypes
{{- end -}}

{{/*
Refuses values that values.yaml does not have, and those of another type than it says (files/value-types.json): dict
ctx, rows (files/components.yaml). Keys at the top that begin with x- are a place for anchors, as in Compose.
*/}}
{{- define "tempo.types.values" -}}
{{- $types := .ctx.Files.Get "files/value-types.json" | fromJson -}}
{{- $all := omit $types -}}
{{- range $key, $row := .rows -}}
{{- $block := get $types $key | default (dict "extends" "defaults") -}}
{{- range until 2 -}}
{{- with $block.extends }}{{ $block = merge (omit $block "extends") (get $types .) }}{{ end -}}
{{- end -}}
{{- $kind := (get $.ctx.Values $key | default dict).kind | default $row.kind -}}
{{- if eq $kind "StatefulSet" }}{{ $_ := set $block "strategy" "StatefulSetUpdateStrategy" }}{{ end -}}
{{- $_ := set $all $key $block -}}
{{- end -}}
{{- range $key, $_ := .ctx.Values -}}
{{- if hasPrefix "x-" $key }}{{ $_ := set $all $key "any" }}{{ end -}}
{{- end -}}
{{- $known := get .ctx (include "tempo.types" .ctx) -}}
{{- $_ := set $known "values" $types -}}
{{- include "tempo.types.check" (dict "ctx" .ctx "types" $known "reader" "Kubernetes" "fields" dict
  "at" "" "type" $all "value" .ctx.Values "default" $known.defaults) -}}
{{- end -}}

{{/*
Refuses a value of another type, and what is wrong in it: a dict with
  ctx     the context, for texts with templates
  types   what tempo.types leads to
  reader  Tempo or Kubernetes
  at      its path in the values
  type    a name of files/types.yaml or of files/kubernetes-types.json, with [] behind it for a list and {} for a map
          with any keys; or words, as A|B|C; or a map from keys to types, with * for other keys; or a list with the type
          of its items, and the type of those that are maps
  value   what is checked
  default of a map, what values.yaml has there; what is equal to it is not checked
  fields  of the object around it, if this is one
*/}}
{{- define "tempo.types.check" -}}
{{- $ask := . -}}
{{- if kindIs "invalid" .value -}}
{{- else if kindIs "map" .type -}}
{{- if kindIs "map" .value -}}
{{- range $key, $value := .value -}}
{{- $type := get $ask.type $key -}}
{{- if not $type -}}
{{- $type = get $ask.type "*" -}}
{{- include "tempo.types.unknown" (list $ask $key $type) -}}
{{- end -}}
{{- $default := "" -}}
{{- if kindIs "map" $ask.default }}{{ $default = get $ask.default $key }}{{ end -}}
{{- $isAny := and (kindIs "string" $type) (eq $type "any") -}}
{{- if and $type (not $isAny) (not (deepEqual $value $default)) -}}
{{- include "tempo.types.check" (dict "ctx" $ask.ctx "types" $ask.types "reader" $ask.reader "fields" $ask.fields
  "at" (printf "%s.%s" $ask.at $key | trimPrefix ".") "type" $type "value" $value "default" $default) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- else if or (kindIs "slice" .type) (hasSuffix "[]" (toString .type)) -}}
{{- $item := .type -}}
{{- if kindIs "string" .type }}{{ $item = list (trimSuffix "[]" .type) }}{{ end -}}
{{- include "tempo.types.collection" (list $ask "slice" "a list") -}}
{{- range $i, $value := .value -}}
{{- $which := first $item -}}
{{- if kindIs "map" $value }}{{ $which = last $item }}{{ end -}}
{{- include "tempo.types.below" (list $ask (printf "%s[%d]" $ask.at $i) $which $value) -}}
{{- end -}}
{{- if kindIs "string" .type -}}
{{- include "tempo.rules.check" (dict "ctx" .ctx "types" .types "type" .type "at" .at
  "value" (dict "items" .value)) -}}
{{- end -}}
{{- else if hasSuffix "{}" .type -}}
{{- include "tempo.types.collection" (list $ask "map" "a map") -}}
{{- range $key, $value := .value -}}
{{- include "tempo.types.below" (list $ask (printf "%s.%s" $ask.at $key) (trimSuffix "{}" $ask.type) $value) -}}
{{- end -}}
{{- else if eq .type "any" -}}
{{- else if hasKey .types.objects .type -}}
{{- include "tempo.objects.check" $ask -}}
{{- else -}}
{{- include "tempo.types.single" $ask -}}
{{- end -}}
{{- end -}}

{{/*
Refuses a key that values.yaml does not have there: (list ask key other), ask being the dict of tempo.types.check. Where
other keys are possible (other is their type), the user chooses them, or other charts read them. The items of a list
have fields instead: there, a key that is probably misspelt is refused too.
*/}}
{{- define "tempo.types.unknown" -}}
{{- $ask := first . -}}
{{- $key := index . 1 -}}
{{- $at := printf "%s.%s" $ask.at $key | trimPrefix "." -}}
{{- $siblings := keys (omit $ask.type "*") | sortAlpha -}}
{{- $near := include "tempo.misspelt" (list $key $siblings) -}}
{{- if and (not $near) (not (last .)) }}{{ $near = include "tempo.nearest" (list $key $siblings) }}{{ end -}}
{{- /* What belongs into another block is often put at the top. */ -}}
{{- $places := list -}}
{{- if not $ask.at -}}
{{- range $block, $type := $ask.types.values -}}
{{- if kindIs "map" $type -}}
{{- if hasKey $type $key }}{{ $places = append $places (printf "%s.%s" $block $key) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $set := "nothing (remove it); docs/values.md lists all values" -}}
{{- if lt (len $siblings) 20 -}}
{{- $set = printf "nothing (remove it), or one of these: %s" (join ", " $siblings) -}}
{{- end -}}
{{- if and (not $ask.at) (regexMatch "^[._]" $key) -}}
{{- $set = printf "x-%s; keys that begin with x- are not checked" (trimAll "._" $key) -}}
{{- end -}}
{{- with $places }}{{ $set = printf "%s, where it belongs" (join " or " .) }}{{ end -}}
{{- with $near }}{{ $set = printf "%s.%s" $ask.at . | trimPrefix "." }}{{ end -}}
{{- include "tempo.refuse" (list
  (or (not (last .)) (and $near (hasSuffix "]" $ask.at)))
  $at
  (print "is not a value of this chart" (include "tempo.types.meant" $near))
  "it would have no effect"
  $set
  "the comments in the chart's values.yaml") -}}
{{- end -}}

{{/* Asks for the word that was probably meant, if there is one, at the end of a sentence: the word. */}}
{{- define "tempo.types.meant" -}}
{{- with . }}; did you mean {{ . }}?{{ end -}}
{{- end -}}

{{/* tempo.types.check of what is below: (list ask at type value), ask being the dict of the level above. */}}
{{- define "tempo.types.below" -}}
{{- $ask := first . -}}
{{- include "tempo.types.check" (dict "ctx" $ask.ctx "types" $ask.types "reader" $ask.reader "fields" $ask.fields
  "at" (index . 1) "type" (index . 2) "value" (index . 3) "default" "") -}}
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

{{/*
Refuses a single value of another type, or none of the words: the dict of tempo.types.check. A | at the end of words
allows an empty text.
*/}}
{{- define "tempo.types.single" -}}
{{- $row := get .types.single .type -}}
{{- $kind := include "tempo.types.kind" .value -}}
{{- $text := toString .value -}}
{{- /* In an object of Kubernetes, a template may give the value. */ -}}
{{- if and .fields (eq $kind "text") (contains "{{" $text) -}}
{{- else if $row -}}
{{- $isKind := has $kind ($row.kinds | default (list "text" "number")) -}}
{{- $pattern := $row.matches | default "" -}}
{{- if contains "<" $pattern }}{{ $pattern = include "tempo.types.pattern" (list .types.single $pattern) }}{{ end -}}
{{- $isShort := le (len $text) (int ($row.longest | default 1000000)) -}}
{{- if not (and $isKind $isShort (regexMatch $pattern $text)) -}}
{{- $set := printf "%s to %s" .at ($row.set | default "") -}}
{{- if not $row.set }}{{ $set = include (printf "tempo.better.%s" .type) . }}{{ end -}}
{{- /* What should be a text may be a password, and an address may contain one. */ -}}
{{- $found := regexReplaceAll "([\"/,])[^\"/,@]*@" (toJson .value) "${1}***@" -}}
{{- if or (eq .type "string") (has $kind (list "map" "list")) }}{{ $found = printf "a %s" $kind }}{{ end -}}
{{- include "tempo.refuse" (list
  true
  .at
  (printf "is %s" $found)
  (printf "%s accepts here only %s" ($row.reader | default .reader) $row.takes)
  $set) -}}
{{- end -}}
{{- /* Pods do not read tempo.yaml of the values if there is another one. */ -}}
{{- $isRead := not (and (eq .reader "Tempo") .ctx.Values.useExternalConfig) -}}
{{- if and $row.dialled $isRead -}}
{{- range splitList ($row.between | default "\n") $text }}{{ include "tempo.family.dialled" (list $ .) }}{{ end -}}
{{- end -}}
{{- else -}}
{{- $words := splitList "|" .type -}}
{{- if not (has $text $words) -}}
{{- $words = compact $words -}}
{{- $near := include "tempo.misspelt" (list $text $words) | default (include "tempo.nearest" (list $text $words)) -}}
{{- $found := has $kind (list "map" "list") | ternary (printf "a %s" $kind) (toJson .value) -}}
{{- include "tempo.refuse" (list
  true
  .at
  (printf "is %s" $found)
  (printf "%s accepts here only %s" .reader (join ", " $words))
  (printf "%s: %s" .at ($near | default (join " or " $words)))) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* A pattern with the patterns of other types in place of their names: (list types pattern). */}}
{{- define "tempo.types.pattern" -}}
{{- $types := first . -}}
{{- $pattern := last . | default "" -}}
{{- range regexFindAll "<[a-z0-9-]+>" $pattern -1 | uniq -}}
{{- $part := trimAll "^$" (get $types (trimAll "<>" .)).matches -}}
{{- $pattern = replace . (printf "(%s)" (include "tempo.types.pattern" (list $types $part))) $pattern -}}
{{- end -}}
{{- $pattern -}}
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

{{/*
The word of a list that a word is probably a misspelling of, if any is: (list word words). At most two letters differ,
in a long word three; their order does not count.
*/}}
{{- define "tempo.misspelt" -}}
{{- $word := first . | toString | lower -}}
{{- $best := min 3 (len $word) -}}
{{- if gt (len $word) 8 }}{{ $best = 4 }}{{ end -}}
{{- $found := "" -}}
{{- range $candidate := last . -}}
{{- $rest := lower $candidate -}}
{{- $different := 0 -}}
{{- range splitList "" $word -}}
{{- if contains . $rest -}}
{{- $around := splitn . 2 $rest -}}
{{- $rest = print $around._0 $around._1 -}}
{{- else -}}
{{- $different = add1 $different | int -}}
{{- end -}}
{{- end -}}
{{- $different = add $different (len $rest) | int -}}
{{- if lt $different (int $best) }}{{ $best = $different }}{{ $found = $candidate }}{{ end -}}
{{- end -}}
{{- $found -}}
{{- end -}}
