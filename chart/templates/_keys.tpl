{{/*
The minor version of Tempo, such as 3.0, which decides which keys of files/tempo-keys.yaml Tempo has: that of
defaults.image.tag, or of the chart's appVersion if the tag states none from 3.0 on.
*/}}
{{- define "tempo.keys.version" -}}
{{- $tag := dig "image" "tag" "" .Values.defaults | toString -}}
{{- $version := regexFind "^v?([3-9]|[1-9][0-9])[.][0-9]+" $tag | default .Chart.AppVersion -}}
{{- trimPrefix "v" $version | regexFind "^[0-9]+[.][0-9]+" -}}
{{- end -}}

{{/*
Refuses what Tempo would not take in the values that become tempo.yaml and overrides.yaml: dict ctx, user
(.Values.config as a map), rows (files/components.yaml).
*/}}
{{- define "tempo.keys.values" -}}
{{- $v := .ctx.Values -}}
{{- $table := .ctx.Files.Get "files/tempo-keys.yaml" | fromYaml -}}
{{- $ask := dict "ctx" .ctx "table" $table "types" (get .ctx (include "tempo.types" .ctx))
  "version" (include "tempo.keys.version" .ctx) "image" ($v.defaults.image.tag | default .ctx.Chart.AppVersion) -}}
{{- $parts := list
  (list "config" $table .user)
  (list "memberlist" $table.memberlist $v.memberlist)
  (list "ingest.kafka" $table.ingest.kafka $v.ingest.kafka)
  (list "storage.trace" $table.storage.trace $v.storage.trace)
  (list "overrides" $table.overrides $v.overrides)
  (list "cache" $table.cache $v.cache) -}}
{{- range $key, $row := .rows -}}
{{- with (get $v $key).config -}}
{{- $known := get $table (replace "-" "_" $row.name) | default dict -}}
{{- $parts = append $parts (list (printf "%s.config" $key) $known .) -}}
{{- end -}}
{{- end -}}
{{- range $row := .ctx.Files.Get "files/receivers.yaml" | fromYamlArray -}}
{{- $known := $table.distributor.receivers -}}
{{- $receiver := $v.traces -}}
{{- range $row.path }}{{ $known = get $known . }}{{ end -}}
{{- range $row.values }}{{ $receiver = get $receiver . }}{{ end -}}
{{- $at := printf "traces.%s.receiverConfig" (join "." $row.values) -}}
{{- $parts = append $parts (list $at $known $receiver.receiverConfig) -}}
{{- end -}}
{{- /* Tempo reads the flat form of earlier versions in this file only if it is told to. */ -}}
{{- $isFlat := $v.overrides.enable_legacy_overrides -}}
{{- if kindIs "map" .user.overrides }}{{ $isFlat = or $isFlat .user.overrides.enable_legacy_overrides }}{{ end -}}
{{- $limits := dict "*" $table.overrides.defaults -}}
{{- if $isFlat }}{{ $limits = dict "*" "any" }}{{ end -}}
{{- $parts = append $parts (list "per_tenant_overrides" $limits $v.per_tenant_overrides) -}}
{{- range $parts }}{{ include "tempo.keys.check" (prepend . $ask) }}{{ end -}}
{{- if not $v.useExternalConfig }}{{ include "tempo.credentials.values" (list .ctx $parts) }}{{ end -}}
{{- end -}}

{{/*
Refuses a value of tempo.yaml that Tempo would not take: (list ask at known value). at is its path in the values, and
known what files/tempo-keys.yaml has for it. ask is a dict of ctx, table (all of that file), types (what tempo.types
leads to), version and image. A variable in place of a single value is not checked, because only Tempo knows its value.
*/}}
{{- define "tempo.keys.check" -}}
{{- $ask := first . -}}
{{- $at := index . 1 -}}
{{- $known := index . 2 -}}
{{- $value := last . -}}
{{- $single := dict "ctx" $ask.ctx "at" $at "value" $value "reader" "Tempo" "types" $ask.types "fields" dict -}}
{{- if kindIs "invalid" $value -}}
{{- else if kindIs "map" $known -}}
{{- include "tempo.types.collection" (list $single "map" "a map") -}}
{{- range $key, $below := $value -}}
{{- $name := $key -}}
{{- /* A receiver may have a name of its own behind its type: otlp/second. */ -}}
{{- if hasSuffix ".receivers" $at }}{{ $name = splitList "/" $key | first }}{{ end -}}
{{- $row := get $known $name | default (get $known "*") -}}
{{- $isLimited := and (kindIs "string" $row) (contains "=" (toString $row)) -}}
{{- if or (not $row) (and $isLimited (include "tempo.keys.notIn" (list $row $ask.version))) -}}
{{- include "tempo.keys.unknown" (list $ask $at $known $key) -}}
{{- end -}}
{{- include "tempo.keys.check" (list $ask (printf "%s.%s" $at $key) $row $below) -}}
{{- end -}}
{{- else if kindIs "slice" $known -}}
{{- include "tempo.types.collection" (list $single "slice" "a list") -}}
{{- range $i, $item := $value -}}
{{- include "tempo.keys.check" (list $ask (printf "%s[%d]" $at $i) (first $known) $item) -}}
{{- end -}}
{{- else -}}
{{- $type := splitList " " $known | first -}}
{{- $isVariable := and (kindIs "string" $value) (contains "${" (toString $value)) -}}
{{- /* Services and containers need the number of a port. */ -}}
{{- if and (ne $type "any") (or (not $isVariable) (eq $type "port")) -}}
{{- include "tempo.types.single" (set $single "type" $type) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Why a version of Tempo lacks a key, such as "since 3.1", or nothing if it has it: (list known version). */}}
{{- define "tempo.keys.notIn" -}}
{{- $version := last . -}}
{{- if kindIs "string" (first .) -}}
{{- range splitList " " (first .) | rest -}}
{{- $limit := splitList "=" . -}}
{{- $range := eq (first $limit) "since" | ternary ">=" "<=" -}}
{{- if not (semverCompare (print $range (last $limit)) $version) }}{{ join " " $limit }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Refuses a key that Tempo does not have: (list ask parent known key), the arguments of the section around it. */}}
{{- define "tempo.keys.unknown" -}}
{{- $ask := first . -}}
{{- $parent := index . 1 -}}
{{- $siblings := index . 2 -}}
{{- $key := last . -}}
{{- $at := printf "%s.%s" $parent $key -}}
{{- $limits := include "tempo.keys.notIn" (list (get $siblings $key) $ask.version) -}}
{{- include "tempo.refuse" (list
  $limits
  $at
  (printf "is not a key of Tempo %s (%s)" $ask.version $limits)
  (printf "the image is %s, and Tempo does not start with a key that it does not know" $ask.image)
  (printf "nothing (remove the key), or defaults.image.tag to a version that has it (%s)" $limits)) -}}
{{- $names := list -}}
{{- range $name, $known := $siblings -}}
{{- if not (include "tempo.keys.notIn" (list $known $ask.version)) }}{{ $names = append $names $name }}{{ end -}}
{{- end -}}
{{- $found := printf "is not a key of Tempo %s" $ask.version -}}
{{- $why := "Tempo does not start with a key that it does not know" -}}
{{- $set := printf "nothing (remove the key), or one of these: %s" (join ", " $names) -}}
{{- $near := include "tempo.nearest" (list $key $names) -}}
{{- $below := include "tempo.keys.places" (list $key $siblings $parent) -}}
{{- $anywhere := include "tempo.keys.places" (list $key $ask.table "config") -}}
{{- if eq $parent "per_tenant_overrides.overrides" -}}
{{- $set = printf "per_tenant_overrides.%s, because the chart itself adds the key overrides around the tenants" $key -}}
{{- else if $below -}}
{{- $set = printf "%s, where it belongs" $below -}}
{{- if contains "overrides" $at -}}
{{- $why = "Tempo 3 has limits in sections, and does not start with the flat form of earlier versions" -}}
{{- end -}}
{{- else if $near -}}
{{- $found = print $found (include "tempo.types.meant" $near) -}}
{{- $set = printf "%s.%s" $parent $near -}}
{{- else if $anywhere -}}
{{- $set = printf "%s, where it belongs" $anywhere -}}
{{- end -}}
{{- include "tempo.refuse" (list true $at $found $why $set) -}}
{{- end -}}

{{/*
Where a key is in a part of files/tempo-keys.yaml, joined by "or", or nothing if there are more than three places: (list
key part at), at being the path of the part. A key may be several in one, as in the flat form of limits.
*/}}
{{- define "tempo.keys.places" -}}
{{- $key := first . -}}
{{- $paths := dict -}}
{{- include "tempo.keys.paths" (list (index . 1) (last .) $paths) -}}
{{- $places := list -}}
{{- range $path, $_ := $paths -}}
{{- $start := sub (len $path) (len $key) | int -}}
{{- if gt $start 0 -}}
{{- $before := substr 0 $start $path -}}
{{- $last := substr $start -1 $path -}}
{{- if and (hasSuffix "." $before) (eq $key (replace "." "_" $last)) }}{{ $places = append $places $path }}{{ end -}}
{{- end -}}
{{- end -}}
{{- if le (len $places) 3 }}{{ join " or " $places }}{{ end -}}
{{- end -}}

{{/* Puts the paths in a part of files/tempo-keys.yaml into a map: (list part at paths), at being its own path. */}}
{{- define "tempo.keys.paths" -}}
{{- $part := first . -}}
{{- $at := index . 1 -}}
{{- $paths := last . -}}
{{- if kindIs "slice" $part -}}
{{- include "tempo.keys.paths" (list (first $part) (printf "%s[0]" $at) $paths) -}}
{{- else if kindIs "map" $part -}}
{{- range $key, $below := $part -}}
{{- if ne $key "*" -}}
{{- $_ := set $paths (printf "%s.%s" $at $key) true -}}
{{- include "tempo.keys.paths" (list $below (printf "%s.%s" $at $key) $paths) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
The word of a list that is most similar to a word, if any is: (list word words). It counts common pairs of letters;
the same letters in another order are similar too.
*/}}
{{- define "tempo.nearest" -}}
{{- $word := first . | toString | lower | replace "_" "" | replace "-" "" -}}
{{- $best := 0.0 -}}
{{- $nearest := "" -}}
{{- range $candidate := last . -}}
{{- $other := replace "_" "" $candidate | lower -}}
{{- $shared := 0 -}}
{{- range $i := until (sub (len $word) 1 | int | max 0 | int) -}}
{{- if contains (substr $i (add $i 2 | int) $word) $other }}{{ $shared = add1 $shared }}{{ end -}}
{{- end -}}
{{- $likeness := divf (mulf 2 $shared) (add (len $word) (len $other) | max 1) -}}
{{- if eq (splitList "" $word | sortAlpha | join "") (splitList "" $other | sortAlpha | join "") -}}
{{- $likeness = addf $likeness 0.5 -}}
{{- end -}}
{{- if gt $likeness $best }}{{ $best = $likeness }}{{ $nearest = $candidate }}{{ end -}}
{{- end -}}
{{- if ge $best 0.5 }}{{ $nearest }}{{ end -}}
{{- end -}}
