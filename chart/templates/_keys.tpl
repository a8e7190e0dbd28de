{{/*
The minor version of Tempo that decides which keys of files/tempo-keys.txt are known, 3.0 or 3.1: that of
defaults.image.tag, or of the chart's appVersion if the tag states none. A newer version is treated as the newest there.
*/}}
{{- define "tempo.keys.version" -}}
{{- $tag := dig "image" "tag" "" .Values.defaults | toString -}}
{{- $version := regexFind "^v?[0-9]+[.][0-9]+" $tag | default .Chart.AppVersion | trimPrefix "v" -}}
{{- regexMatch "^[0-3][.]0([.]|$)" $version | ternary "3.0" "3.1" -}}
{{- end -}}

{{/*
Refuses the keys of a part of tempo.yaml that Tempo does not know: dict ctx, keys (text of files/tempo-keys.txt),
types (text of files/tempo-types.txt), known (of tempo.types), version (tempo.keys.version), at (path of the part in the
values), path (its path in tempo.yaml), part.
*/}}
{{- define "tempo.keys.check" -}}
{{- $limit := eq .version "3.0" | ternary "until=3.0" "since=3.1" -}}
{{- range $key, $value := .part -}}
{{- $path := list $.path $key | compact | join "." -}}
{{- $at := printf "%s.%s" $.at $key -}}
{{- if contains (printf "\n%s." $path) $.keys -}}
{{- include "tempo.refuse" (list
  (not (kindIs "map" $value))
  $at
  "is not a map"
  (printf "%s is a section of tempo.yaml" $path)
  (printf "%s to a map, or nothing (remove it)" $at)) -}}
{{- include "tempo.keys.check" (merge (dict "at" $at "path" $path "part" $value) (omit $ "at" "path" "part")) -}}
{{- else if eq $path "distributor.receivers" -}}
{{- include "tempo.keys.receivers" (list $at $value) -}}
{{- else if not (contains (printf "\n%s{}\n" $path) $.keys) -}}
{{- $single := contains (printf "\n%s\n" $path) $.keys -}}
{{- $isList := contains (printf "\n%s[]\n" $path) $.keys -}}
{{- $known := or $single $isList (contains (printf "\n%s %s\n" $path $limit) $.keys) -}}
{{- include "tempo.refuse" (list
  (and $single (kindIs "map" $value))
  $at
  "is a map"
  (printf "%s of tempo.yaml is a single value" $path)
  (printf "%s to a single value, and its keys where they belong" $at)) -}}
{{- if $single }}{{ include "tempo.keys.type" (list $ $at $path $value) }}{{ end -}}
{{- if has $path (list "cache.caches" "distributor.forwarders" "metrics_generator.storage.remote_write") -}}
{{- include "tempo.keys.maps" (list $at $value) -}}
{{- end -}}
{{- if not $known }}{{ include "tempo.keys.unknown" (merge (dict "at" $at "path" $path "key" $key) $) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
Refuses a value of another type than its key has: (list ask at path value), ask being the dict of tempo.keys.check. A
variable has its type only when Tempo has expanded it.
*/}}
{{- define "tempo.keys.type" -}}
{{- $ask := first . -}}
{{- $path := index . 2 -}}
{{- $value := last . -}}
{{- $isVariable := and (kindIs "string" $value) (contains "${" (toString $value)) -}}
{{- if not (or $isVariable (kindIs "invalid" $value) (kindIs "map" $value)) -}}
{{- $type := regexFind (printf "\n%s [a-z-]+" (regexQuoteMeta $path)) $ask.types | splitList " " | last -}}
{{- /* Limits of tenants take the units of Prometheus too. */ -}}
{{- if and (eq $type "duration") (hasPrefix "overrides." $path) }}{{ $type = "prometheus-duration" }}{{ end -}}
{{- if $type -}}
{{- include "tempo.types.check" (dict "ctx" $ask.ctx "types" $ask.known "reader" "Tempo" "fields" dict
  "at" (index . 1) "type" $type "value" $value) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Refuses what is not a list of maps: (list at value). */}}
{{- define "tempo.keys.maps" -}}
{{- $wrong := kindIs "slice" (last .) | not -}}
{{- if not $wrong -}}
{{- range last . }}{{ $wrong = or $wrong (kindIs "map" . | not) }}{{ end -}}
{{- end -}}
{{- include "tempo.refuse" (list
  $wrong
  (first .)
  "is not a list of maps"
  "each item of the list has several keys"
  (printf "%s to a list of maps" (first .))) -}}
{{- end -}}

{{/* Refuses receivers and protocols that are no maps: (list at receivers). */}}
{{- define "tempo.keys.receivers" -}}
{{- $at := first . -}}
{{- range $name, $receiver := last . -}}
{{- $all := dict $name $receiver -}}
{{- if kindIs "map" $receiver -}}
{{- if kindIs "map" $receiver.protocols -}}
{{- range $protocol, $settings := $receiver.protocols -}}
{{- $_ := set $all (printf "%s.protocols.%s" $name $protocol) $settings -}}
{{- end -}}
{{- end -}}
{{- if hasKey $receiver "protocols" }}{{ $_ := set $all (printf "%s.protocols" $name) $receiver.protocols }}{{ end -}}
{{- end -}}
{{- range $where, $settings := $all -}}
{{- include "tempo.refuse" (list
  (not (kindIs "map" $settings))
  (printf "%s.%s" $at $where)
  "is not a map"
  "a receiver has several settings, such as its endpoint"
  (printf "%s.%s to a map, or nothing there and the block traces instead" $at $where)) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Refuses a key that the version does not have: the dict of tempo.keys.check, and key, at and path of this one. */}}
{{- define "tempo.keys.unknown" -}}
{{- $parent := trimSuffix (printf ".%s" .key) .at -}}
{{- $image := .ctx.Values.defaults.image.tag | default .ctx.Chart.AppVersion -}}
{{- $row := regexFind (printf "(?m)^%s (since|until)=.*$" (regexQuoteMeta .path)) .keys -}}
{{- include "tempo.refuse" (list
  $row
  .at
  (printf "is not a key of Tempo %s (%s)" .version (regexFind "(since|until)=.*" $row | replace "=" " "))
  (printf "the image is %s, and Tempo does not start with a key that it does not know" $image)
  (printf "nothing (remove the key), or defaults.image.tag to a version that has it (%s)"
    (regexFind "(since|until)=.*" $row | replace "=" " "))) -}}
{{- $above := trimSuffix .key .path -}}
{{- $siblings := list -}}
{{- range regexFindAll (printf "(?m)^%s[a-z0-9_]+" (regexQuoteMeta $above)) .keys -1 | uniq -}}
{{- $siblings = append $siblings (trimPrefix $above .) -}}
{{- end -}}
{{- $near := include "tempo.nearest" (list .key $siblings) -}}
{{- $below := regexFind (printf "(?m)^%s[a-z0-9_.]+[.]%s\\b" (regexQuoteMeta $above) (regexQuoteMeta .key)) .keys -}}
{{- $elsewhere := $below | default (regexFind (printf "(?m)^[a-z0-9_.]+[.]%s\\b" (regexQuoteMeta .key)) .keys) -}}
{{- $known := printf "nothing (remove the key), or one of these: %s" (join ", " $siblings) -}}
{{- if $elsewhere }}{{ $known = printf "config.%s, where it belongs" $elsewhere }}{{ end -}}
{{- if $near }}{{ $known = printf "%s.%s" $parent $near }}{{ end -}}
{{- include "tempo.refuse" (list
  true
  .at
  (printf "is not a key of Tempo %s%s" .version ($near | empty | ternary "" (printf "; did you mean %s?" $near)))
  "Tempo does not start with a key that it does not know"
  $known) -}}
{{- end -}}

{{/*
The word of a list that is most similar to a word, if any is: (list word words). It counts common pairs of letters.
*/}}
{{- define "tempo.nearest" -}}
{{- $word := first . | toString | lower | replace "_" "" | replace "-" "" -}}
{{- $best := 0.0 -}}
{{- $nearest := "" -}}
{{- range $candidate := last . -}}
{{- $other := replace "_" "" $candidate -}}
{{- $shared := 0 -}}
{{- range $i := until (sub (len $word) 1 | int | max 0 | int) -}}
{{- if contains (substr $i (add $i 2 | int) $word) $other }}{{ $shared = add1 $shared }}{{ end -}}
{{- end -}}
{{- $likeness := divf (mulf 2 $shared) (add (len $word) (len $other) | max 1) -}}
{{- if gt $likeness $best }}{{ $best = $likeness }}{{ $nearest = $candidate }}{{ end -}}
{{- end -}}
{{- if ge $best 0.5 }}{{ $nearest }}{{ end -}}
{{- end -}}
