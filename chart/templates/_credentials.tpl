{{/*
Puts the paths of credentials in a part of tempo.yaml into a map: (list part path map). A key tells by its name that it
is one. A variable is none: its value comes from the environment.
*/}}
{{- define "tempo.config.credentials" -}}
{{- $part := index . 0 -}}
{{- $path := index . 1 -}}
{{- $found := index . 2 -}}
{{- $names := print "(?i)^(.*password|secret_key|secret_access_key|access_key|session_token|storage_account_key"
  "|acl_token|bearer_token|credentials|client_secret|authorization|encryption_key)$" -}}
{{- range $key, $value := $part -}}
{{- $at := printf "%s.%v" $path $key | trimPrefix "." -}}
{{- if kindIs "slice" $part }}{{ $at = printf "%s[%v]" $path $key }}{{ end -}}
{{- if or (kindIs "map" $value) (kindIs "slice" $value) -}}
{{- include "tempo.config.credentials" (list $value $at $found) -}}
{{- else if and $value (regexMatch $names (toString $key)) (not (contains "${" (toString $value))) -}}
{{- $_ := set $found $at true -}}
{{- end -}}
{{- end -}}
{{- end -}}
