{{/*
Refuses credentials in plain text in the values that become tempo.yaml and overrides.yaml: (list context parts), parts
being lists of the path of a part first and its value last. overrides.yaml is always in a ConfigMap.
*/}}
{{- define "tempo.credentials.values" -}}
{{- $isPublic := eq (first .).Values.configStorageType "ConfigMap" -}}
{{- $variable := "a variable there, ${NAME}, and the variable in defaults.extraEnv from a Secret" -}}
{{- $instead := dict
  "storage.trace" "storage.secret.name to the name of a Secret with it"
  "ingest.kafka" "ingest.sasl.existingSecret to the name of a Secret with it" -}}
{{- $values := list -}}
{{- range last . }}{{ $values = append $values (last .) }}{{ end -}}
{{- $isSuspected := include "tempo.credentials.suspected" $values -}}
{{- range last . -}}
{{- $at := first . -}}
{{- if not $isSuspected -}}
{{- else if eq $at "per_tenant_overrides" -}}
{{- include "tempo.credentials.check" (dict "at" $at "value" (last .) "file" "overrides.yaml" "set" $variable) -}}
{{- else if $isPublic -}}
{{- $set := printf "%s; or configStorageType: Secret" (get $instead $at | default $variable) -}}
{{- include "tempo.credentials.check" (dict "at" $at "value" (last .) "file" "tempo.yaml" "set" $set) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
Refuses credentials in plain text in values that are rendered into a ConfigMap: dict at (path of the value), value, file
(what it is rendered into), set (what to use instead).
*/}}
{{- define "tempo.credentials.check" -}}
{{- if include "tempo.credentials.suspected" .value }}{{ include "tempo.credentials.find" . }}{{ end -}}
{{- end -}}

{{/* Names of keys that hold a credential, as a pattern. */}}
{{- define "tempo.credentials.names" -}}
([a-z_]*(password|secret|secret_key|token|access_key|account_key|certificate_key)|credentials|(proxy-)?authorization|
{{- print "cookie|(x-)?api[-_]?key|owner_auth|encryption_key)" -}}
{{- end -}}

{{/*
Texts that hold a credential, as a pattern: URLs with a password, private keys, headers of nginx. A variable of nginx,
such as $http_x_auth_token, holds none.
*/}}
{{- define "tempo.credentials.texts" -}}
(://[^/@\s]*:[^/@\s]+@|-----BEGIN [A-Z ]*PRIVATE KEY-----|authorization[\\"' :]+(basic|bearer) +[^\s"'$][^\s"']{5})
{{- end -}}

{{/* Whether a value may contain a credential; this is one look at its text, which is faster than one at each key. */}}
{{- define "tempo.credentials.suspected" -}}
{{- $pattern := printf "(?i)\"%s\":|%s" (include "tempo.credentials.names" .) (include "tempo.credentials.texts" .) -}}
{{- if regexMatch $pattern (toJson .) }}true{{ end -}}
{{- end -}}

{{/*
Refuses the credential in a value: the dict of tempo.credentials.check. A variable is none: its value comes from the
environment.
*/}}
{{- define "tempo.credentials.find" -}}
{{- $ask := . -}}
{{- if or (kindIs "map" .value) (kindIs "slice" .value) -}}
{{- $form := kindIs "map" .value | ternary "%s.%v" "%s[%v]" -}}
{{- range $key, $value := .value -}}
{{- /* Labels of metrics may have any name. */ -}}
{{- if ne (toString $key) "external_labels" -}}
{{- include "tempo.credentials.find" (dict "at" (printf $form $ask.at $key) "value" $value
  "file" $ask.file "set" $ask.set) -}}
{{- end -}}
{{- end -}}
{{- else if and (typeIs "string" .value) .value (not (contains "${" (toString .value))) -}}
{{- $name := regexReplaceAll "(\\[[0-9]+\\])+$" .at "" | splitList "." | last -}}
{{- include "tempo.refuse" (list
  (or (regexMatch (printf "(?i)^%s$" (include "tempo.credentials.names" .)) $name)
    (regexMatch (printf "(?i)%s" (include "tempo.credentials.texts" .)) .value))
  .at
  "contains a credential in plain text"
  (printf "%s is in a ConfigMap, which many users may read" .file)
  .set) -}}
{{- end -}}
{{- end -}}

{{/*
Variables of containers whose name says that their value is a credential, and whose value is in the pod, for NOTES.txt:
one line each. They are not refused, because a name alone may mislead.
*/}}
{{- define "tempo.notes.plainVariables" -}}
{{- $blocks := dict "global" .Values.global "defaults" .Values.defaults -}}
{{- range $key, $_ := (get . (include "tempo.release" .)).components -}}
{{- $_ := set $blocks $key (get $.Values $key) -}}
{{- end -}}
{{- range $key, $block := $blocks -}}
{{- range $block.extraEnv -}}
{{- $isSecret := regexMatch "(?i)(passw(or)?d|secret|token|credential|api_?key|access_?key|private_?key)$" .name -}}
{{- if and $isSecret .value }}
  {{ $key }}.extraEnv: {{ .name }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
