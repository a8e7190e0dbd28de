{{/*
What was probably meant by a value of another type than it must have: the dict of tempo.types.check. Each type of
files/types.yaml that has no column set has a template here.
*/}}

{{/* A switch: the dict of tempo.types.check. */}}
{{- define "tempo.better.boolean" -}}
{{- $text := toString .value | lower -}}
{{- if has $text (list "true" "yes" "on" "1" "enabled") -}}
{{ .at }}: true, without quotes
{{- else if has $text (list "false" "no" "off" "0" "disabled") -}}
{{ .at }}: false, without quotes
{{- else -}}
{{ .at }}: true or {{ .at }}: false, without quotes
{{- end -}}
{{- end -}}

{{/* A whole number: the dict of tempo.types.check. */}}
{{- define "tempo.better.integer" }}{{ include "tempo.better.number" . }}{{ end -}}

{{/* A number of things: the dict of tempo.types.check. */}}
{{- define "tempo.better.count" }}{{ include "tempo.better.number" . }}{{ end -}}

{{/* A number: the dict of tempo.types.check. */}}
{{- define "tempo.better.number" -}}
{{- $number := regexFind "^ *[0-9]+" (toString .value) | trim -}}
{{- if $number -}}
{{ .at }}: {{ $number }}, a number without quotes and without a unit
{{- else -}}
{{ .at }} to a number, without quotes and without a unit
{{- end -}}
{{- end -}}

{{/* A text, which may be a secret: the dict of tempo.types.check. */}}
{{- define "tempo.better.string" -}}
{{- $kind := include "tempo.types.kind" .value -}}
{{ .at }} to a text{{ if has $kind (list "number" "boolean") }}, which is the same {{ $kind }} in quotes{{ end }}
{{- end -}}

{{/* A duration that Tempo can read; days and weeks become hours: the dict of tempo.types.check. */}}
{{- define "tempo.better.duration" -}}
{{- $number := regexFind "^[0-9]+" (toString .value) | default "30" -}}
{{- $unit := regexFind "[a-z]*$" (toString .value | lower | trim) -}}
{{- if hasPrefix "d" $unit -}}
{{ .at }}: {{ mul (int $number) 24 }}h
{{- else if hasPrefix "w" $unit -}}
{{ .at }}: {{ mul (int $number) 168 }}h
{{- else if $unit -}}
{{ .at }}: {{ $number }}{{ regexFind "^(ms|m|h)" $unit | default "s" }}
{{- else -}}
{{ .at }}: {{ $number }}ms or {{ $number }}s
{{- end -}}
{{- end -}}

{{/* A duration that may have days: the dict of tempo.types.check. */}}
{{- define "tempo.better.prometheus-duration" }}{{ include "tempo.better.duration" . }}{{ end -}}

{{/* A duration that Prometheus can read: the dict of tempo.types.check. */}}
{{- define "tempo.better.scrape-duration" -}}
{{- $text := toString .value | lower | replace " " "" -}}
{{ .at }}: {{ regexFind "^[0-9]+" $text | default "30" }}{{ regexFind "(ms|[smhdwy])" $text | default "s" }}
{{- end -}}

{{/* A quantity of Kubernetes, with powers of two for what has bytes: the dict of tempo.types.check. */}}
{{- define "tempo.better.quantity" -}}
{{- $number := regexFind "^[0-9]+([.][0-9]+)?" (toString .value | trim) -}}
{{- $unit := toString .value | lower | trim | trimPrefix $number | trim | trunc 1 -}}
{{- if hasSuffix ".cpu" .at -}}
{{ .at }}: {{ $number | default "500m" }}
{{- else if and $number $unit (contains $unit "kmgtp") -}}
{{ .at }}: {{ $number }}{{ upper $unit | replace "K" "Ki" }}{{ if ne $unit "k" }}i{{ end }}
{{- else -}}
{{ .at }}: {{ $number | default "10" }}Gi
{{- end -}}
{{- end -}}

{{/* A number or a percentage: the dict of tempo.types.check. */}}
{{- define "tempo.better.count-or-percent" -}}
{{ .at }}: {{ regexFind "[0-9]+ *%?" (toString .value) | replace " " "" | default "1" }}
{{- end -}}

{{/* An address, without what stands around it: the dict of tempo.types.check. */}}
{{- define "tempo.better.address" -}}
{{- $text := toString .value -}}
{{- $address := regexFind "[0-9]+([.][0-9]+){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:]*" $text -}}
{{- if and $address (ne $address $text) -}}
{{ .at }}: {{ $address }}
{{- else -}}
{{ .at }} to an IP address, such as 2001:db8::1 or 192.0.2.1
{{- end -}}
{{- end -}}

{{/* A network; an address alone is one with its full length: the dict of tempo.types.check. */}}
{{- define "tempo.better.cidr" -}}
{{- $text := toString .value | trim -}}
{{- if regexMatch "^[0-9]+([.][0-9]+){3}$" $text -}}
{{ .at }}: {{ $text }}/32
{{- else if regexMatch "^[0-9A-Fa-f:]*:[0-9A-Fa-f:]*$" $text -}}
{{ .at }}: {{ $text }}/128
{{- else -}}
{{ .at }} to a network, such as 2001:db8::/32 or 10.0.0.0/8
{{- end -}}
{{- end -}}

{{/* A URL: the dict of tempo.types.check. */}}
{{- define "tempo.better.url" -}}
{{ .at }} to a URL, such as http://{{ regexReplaceAll "^[a-z]*:?/+" (toString .value) "" | default "HOST:PORT/PATH" }}
{{- end -}}

{{/* The name of a volume: the dict of tempo.types.check. */}}
{{- define "tempo.better.label" -}}
{{- $name := regexReplaceAll "[^a-z0-9]+" (toString .value | lower) "-" -}}
{{ .at }}: {{ $name | trunc 63 | trimAll "-" | default "data" }}
{{- end -}}

{{/* A domain: the dict of tempo.types.check. */}}
{{- define "tempo.better.domain" -}}
{{ .at }}: {{ toString .value | lower | trimAll "." | default "cluster.local" }}
{{- end -}}
