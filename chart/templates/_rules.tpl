{{/*
Refuses an object that breaks a rule between its fields (files/kubernetes-rules.yaml): a dict with
  types      what tempo.types leads to
  type       a name of that file
  value      the object
  at         its path in the values
  component  if the object is what the values of a component make: the key of the component, which is also the path;
             each place in it is then named by the block of the values that sets it
  ctx        the context
The file is parsed only if it has rules for such an object.
*/}}
{{- define "tempo.rules.check" -}}
{{- $ask := . -}}
{{- $rules := list -}}
{{- $file := .ctx.Files.Get "files/kubernetes-rules.yaml" -}}
{{- if contains (printf "\n%s:" .type) $file -}}
{{- if not (hasKey .types "rules") }}{{ $_ := set .types "rules" (fromYaml $file) }}{{ end -}}
{{- $rules = get .types.rules .type -}}
{{- end -}}
{{- range $rule := $rules -}}
{{- if or (not $rule.where) (regexMatch ($rule.where | default "") $ask.at) -}}
{{- $broken := dict -}}
{{- include "tempo.rules.find" (list $rule $ask.value $broken) -}}
{{- if hasKey $broken "found" -}}
{{- $place := $broken.at | default $rule.at -}}
{{- $at := list $ask.at $place | compact | join "." -}}
{{- if and $ask.component $place }}{{ $at = include "tempo.origin" (list $ask.ctx $ask.component $place) }}{{ end -}}
{{- include "tempo.refuse" (list
  true
  $at
  ($rule.found | replace "FOUND" $broken.found | replace "AT" $ask.at)
  $rule.why
  ($rule.set | replace "AT" $ask.at | replace "NAMES" (join ", " $broken.names | default "none"))) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
Puts into a map what breaks a rule: (list rule object map). It is found, a text for the message; at, the place in the
object if the rule has several; and names, what would be right there.
*/}}
{{- define "tempo.rules.find" -}}
{{- $rule := first . -}}
{{- if $rule.fields }}{{ include "tempo.rules.fields" . }}{{ end -}}
{{- if $rule.atMostOne }}{{ include "tempo.rules.atMostOne" . }}{{ end -}}
{{- if $rule.unique }}{{ include "tempo.rules.unique" . }}{{ end -}}
{{- if $rule.refers }}{{ include "tempo.rules.refers" . }}{{ end -}}
{{- if $rule.within }}{{ include "tempo.rules.within" . }}{{ end -}}
{{- end -}}

{{/* Fields that match, and one of any: the list of tempo.rules.find. */}}
{{- define "tempo.rules.fields" -}}
{{- $rule := first . -}}
{{- $object := index . 1 -}}
{{- $isBroken := true -}}
{{- range $field, $pattern := $rule.fields -}}
{{- $value := get $object $field -}}
{{- $text := toString $value -}}
{{- if kindIs "invalid" $value }}{{ $text = "" }}{{ end -}}
{{- /* As JSON, a list with an empty text differs from an empty list. */ -}}
{{- if kindIs "slice" $value }}{{ $text = toJson $value }}{{ end -}}
{{- $isBroken = and $isBroken (regexMatch $pattern $text) -}}
{{- end -}}
{{- $given := list -}}
{{- range $rule.any }}{{ if not (has (get $object .) (list nil "")) }}{{ $given = append $given . }}{{ end }}{{ end -}}
{{- if and $isBroken (or $given (not $rule.any)) -}}
{{- $_ := set (last .) "found" (join " and " $given) -}}
{{- end -}}
{{- end -}}

{{/* More than one field besides those of the rule: the list of tempo.rules.find. */}}
{{- define "tempo.rules.atMostOne" -}}
{{- $given := list -}}
{{- range $field, $value := index . 1 -}}
{{- $isOther := not (has $field (first $).atMostOne) -}}
{{- if and $isOther (not (kindIs "invalid" $value)) }}{{ $given = append $given $field }}{{ end -}}
{{- end -}}
{{- if gt (len $given) 1 }}{{ $_ := set (last .) "found" (join " and " $given) }}{{ end -}}
{{- end -}}

{{/* Two items with the same values: the list of tempo.rules.find. */}}
{{- define "tempo.rules.unique" -}}
{{- $rule := first . -}}
{{- $seen := dict -}}
{{- range $item := get (index . 1) $rule.unique | default list -}}
{{- $values := list -}}
{{- if kindIs "map" $item }}{{ range $rule.by }}{{ $values = append $values (get $item .) }}{{ end }}{{ end -}}
{{- $text := compact $values | join "/" -}}
{{- if and $text (hasKey $seen $text) }}{{ $_ := set (last $) "found" $text }}{{ end -}}
{{- $_ := set $seen $text true -}}
{{- end -}}
{{- end -}}

{{/* A name of nothing: the list of tempo.rules.find. What a template will write is not known here. */}}
{{- define "tempo.rules.refers" -}}
{{- $rule := first . -}}
{{- $object := index . 1 -}}
{{- $broken := last . -}}
{{- $known := dict "texts" list -}}
{{- include "tempo.rules.texts" (list $object $rule.to $known) -}}
{{- range $path := $rule.refers -}}
{{- $given := dict "texts" list -}}
{{- include "tempo.rules.texts" (list $object $path $given) -}}
{{- range $given.texts -}}
{{- $hasTemplates := contains "{{" (append $known.texts . | join " ") -}}
{{- if not (or $hasTemplates (has . $known.texts)) -}}
{{- $_ := set $broken "found" . -}}
{{- $_ := set $broken "at" (splitList "[]" $path | first) -}}
{{- $_ := set $broken "names" $known.texts -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* A network that is no part of another one: the list of tempo.rules.find. */}}
{{- define "tempo.rules.within" -}}
{{- $rule := first . -}}
{{- $object := index . 1 -}}
{{- $around := include "tempo.family.prefix" (get $object $rule.of) -}}
{{- range get $object $rule.within | default list -}}
{{- $inner := include "tempo.family.prefix" . -}}
{{- $isPart := and (hasPrefix $around $inner) (gt (len $inner) (len $around)) -}}
{{- if not $isPart }}{{ $_ := set (last $) "found" . }}{{ end -}}
{{- end -}}
{{- end -}}

{{/* Puts the texts at a path into map.texts: (list object path map); [] in the path is every item of a list. */}}
{{- define "tempo.rules.texts" -}}
{{- $value := first . -}}
{{- $into := last . -}}
{{- $path := splitn "[]." 2 (index . 1) -}}
{{- range splitList "." $path._0 -}}
{{- if kindIs "map" $value }}{{ $value = get $value . }}{{ else }}{{ $value = "" }}{{ end -}}
{{- end -}}
{{- if and $path._1 (kindIs "slice" $value) -}}
{{- range $value }}{{ include "tempo.rules.texts" (list . $path._1 $into) }}{{ end -}}
{{- else if and $value (not $path._1) (typeIs "string" $value) -}}
{{- $_ := set $into "texts" (append $into.texts $value) -}}
{{- end -}}
{{- end -}}

{{/*
Refuses values of a component that break a rule about its pods: dict ctx, c, pod (from tempo.pod.NAME), volumes. The
defaults of the chart break none.
*/}}
{{- define "tempo.rules.component" -}}
{{- $types := get .ctx (include "tempo.types" .ctx) -}}
{{- if not (hasKey $types "touched") -}}
{{- $_ := set $types "touched" (include "tempo.rules.touched" .ctx | fromJsonArray) -}}
{{- end -}}
{{- if or (has .c.key $types.touched) (has (.c.base | default "") $types.touched) (has "defaults" $types.touched) -}}
{{- $v := .c.values -}}
{{- $ports := $v.extraPorts -}}
{{- range .c.ports }}{{ if not .sidecar }}{{ $ports = append $ports (dict "name" .name) }}{{ end }}{{ end -}}
{{- $containers := concat (list (dict "name" .c.name)) (.pod.sidecars | default list) $v.extraContainers
  ($v.initContainers | default list) -}}
{{- $ask := dict "ctx" .ctx "types" $types "component" .c.key "at" .c.key
  "type" "component" "value" (merge (dict "ports" $ports "volumes" .volumes "containers" $containers) $v) -}}
{{- include "tempo.rules.check" $ask -}}
{{- include "tempo.rules.security" $ask -}}
{{- end -}}
{{- end -}}

{{/* Refuses security contexts that break a rule, now that they are merged: the dict of tempo.rules.check. */}}
{{- define "tempo.rules.security" -}}
{{- $ask := . -}}
{{- $pod := .value.podSecurityContext | default dict -}}
{{- $container := .value.containerSecurityContext | default dict -}}
{{- $user := pick $pod "runAsNonRoot" "runAsUser" -}}
{{- include "tempo.overlay" (list $user (pick $container "runAsNonRoot" "runAsUser")) -}}
{{- $userAt := "podSecurityContext" -}}
{{- if hasKey $container "runAsUser" }}{{ $userAt = "containerSecurityContext" }}{{ end -}}
{{- range $one := list
  (list "SeccompProfile" "podSecurityContext.seccompProfile" $pod.seccompProfile)
  (list "SeccompProfile" "containerSecurityContext.seccompProfile" $container.seccompProfile)
  (list "SecurityContext" "containerSecurityContext" (omit $container "runAsUser"))
  (list "SecurityContext" $userAt $user) -}}
{{- if last $one -}}
{{- $at := include "tempo.origin" (list $ask.ctx $ask.component (index $one 1)) -}}
{{- include "tempo.rules.check" (dict "ctx" $ask.ctx "types" $ask.types "type" (first $one) "at" $at
  "value" (last $one)) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
Blocks of the values that set what the rules of tempo.rules.component are about, as a JSON list: the context. It is
defaults and blocks of components.
*/}}
{{- define "tempo.rules.touched" -}}
{{- $about := list "containerSecurityContext" "extraContainers" "extraPorts" "extraVolumeMounts" "extraVolumes"
  "initContainers" "lifecycle" "livenessProbe" "podSecurityContext" "readinessProbe" "startupProbe" -}}
{{- $defaults := (get . (include "tempo.types" .)).defaults -}}
{{- $touched := list -}}
{{- range $block := append (keys (get . (include "tempo.release" .)).rows | sortAlpha) "defaults" -}}
{{- $given := get $.Values $block | default dict -}}
{{- $default := get $defaults $block | default dict -}}
{{- if not (deepEqual $given $default) -}}
{{- range $about -}}
{{- if not (deepEqual (get $given .) (get $default .)) }}{{ $touched = append $touched $block }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $touched -}}
{{- end -}}
