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
{{- define "tempo.better.count" -}}
{{- if eq "number" (include "tempo.types.kind" .value) -}}
{{ .at }} to a whole number, 0 or more
{{- else -}}
{{- include "tempo.better.number" . -}}
{{- end -}}
{{- end -}}

{{/* A number, or a size as the number of its bytes: the dict of tempo.types.check. */}}
{{- define "tempo.better.number" -}}
{{- $number := regexFind "^ *[0-9]+" (toString .value) | trim -}}
{{- $size := regexReplaceAll " |[bB]$" (toString .value) "" | upper | replace "I" "i" -}}
{{- if not (hasSuffix "i" $size) }}{{ $size = replace "K" "k" $size }}{{ end -}}
{{- if regexMatch "^[0-9.]+(k|[KMGT]i|[MGT])$" $size -}}
{{ .at }}: {{ include "tempo.quantity" $size | float64 | int64 }}, a number without quotes and without a unit
{{- else if $number -}}
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
{{- $text := toString .value | lower | replace " " "" -}}
{{- $number := regexFind "[0-9]*[.]?[0-9]+" $text | default "30" -}}
{{- $unit := regexFind "[a-z]*$" $text -}}
{{- if regexMatch "^[0-9]+h[0-9]+$" $text -}}
{{ .at }}: {{ $text }}m
{{- else if hasPrefix "d" $unit -}}
{{ .at }}: {{ mulf $number 24 }}h
{{- else if hasPrefix "w" $unit -}}
{{ .at }}: {{ mulf $number 168 }}h
{{- else if $unit -}}
{{ .at }}: {{ $number }}{{ regexFind "^(ms|m|h)" $unit | default "s" }}
{{- else -}}
{{ .at }}: {{ $number }}ms, {{ $number }}s or {{ $number }}h
{{- end -}}
{{- end -}}

{{/* A duration above 0: the dict of tempo.types.check. */}}
{{- define "tempo.better.positive-duration" -}}
{{- if regexMatch "^[0.]+[a-z]*$" (toString .value) -}}
{{ .at }} to a duration above 0, such as 30s
{{- else -}}
{{- include "tempo.better.duration" . -}}
{{- end -}}
{{- end -}}

{{/* A duration between two scrapes: the dict of tempo.types.check. */}}
{{- define "tempo.better.scrape-duration" }}{{ include "tempo.better.prometheus-duration" . }}{{ end -}}

{{/* A duration that may have days, but no fractions: the dict of tempo.types.check. */}}
{{- define "tempo.better.prometheus-duration" -}}
{{- $text := toString .value | lower | replace " " "" -}}
{{- $number := regexFind "[0-9]*[.]?[0-9]+" $text | default "30" -}}
{{- $unit := regexFind "(ms|[smhdwy])" $text | default "s" -}}
{{- if contains "." $number -}}
{{- $smaller := dict "y" (list 365 "d") "w" (list 7 "d") "d" (list 24 "h") "h" (list 60 "m") "m" (list 60 "s")
  "s" (list 1000 "ms") "ms" (list 1 "ms") -}}
{{- $number = mulf $number (get $smaller $unit | first) | ceil -}}
{{- $unit = get $smaller $unit | last -}}
{{- end -}}
{{ .at }}: {{ $number }}{{ $unit }}
{{- end -}}

{{/* A quantity of Kubernetes, with powers of two for what has bytes: the dict of tempo.types.check. */}}
{{- define "tempo.better.quantity" -}}
{{- $text := toString .value | replace "," "." | trim -}}
{{- $number := regexFind "^[0-9]+([.][0-9]+)?" $text -}}
{{- $unit := lower $text | trimPrefix $number | trim | trunc 1 -}}
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

{{/* A number or a percentage up to 100%: the dict of tempo.types.check. */}}
{{- define "tempo.better.share" -}}
{{- if regexMatch "^[0-9]{3,}%$" (toString .value) -}}
{{ .at }}: 100%
{{- else -}}
{{- include "tempo.better.count-or-percent" . -}}
{{- end -}}
{{- end -}}

{{/* The name of a port: the dict of tempo.types.check. */}}
{{- define "tempo.better.port-name" -}}
{{- $name := regexReplaceAll "[^a-z0-9]+" (toString .value | lower) "-" | trunc 15 | trimAll "-" -}}
{{ .at }} to a name of this form{{ if regexMatch "[a-z]" $name }}, such as {{ $name }}{{ end }}
{{- end -}}

{{/* The value of a label: the dict of tempo.types.check. */}}
{{- define "tempo.better.label-value" -}}
{{- $kind := include "tempo.types.kind" .value -}}
{{- if has $kind (list "number" "boolean") -}}
{{ .at }}: {{ toString .value | quote }}
{{- else -}}
{{- $text := regexReplaceAll "[^A-Za-z0-9_.-]+" (toString .value) "-" | trunc 63 | trimAll "-._" -}}
{{ .at }} to a text of this form{{ with $text }}, such as {{ . }}{{ end }}
{{- end -}}
{{- end -}}

{{/* The name of a user: the dict of tempo.types.check. */}}
{{- define "tempo.better.user-name" -}}
{{ .at }} to the name only, and the password in another value
{{- end -}}

{{/* A path of a URL: the dict of tempo.types.check. */}}
{{- define "tempo.better.url-path" -}}
{{ .at }}: /{{ regexReplaceAll "^[a-z]+://[^/]*/?|^/+" (toString .value) "" }}
{{- end -}}

{{/* A duration of a route; days become hours: the dict of tempo.types.check. */}}
{{- define "tempo.better.route-duration" }}{{ include "tempo.better.duration" . }}{{ end -}}

{{/* An address, without what stands around it: the dict of tempo.types.check. */}}
{{- define "tempo.better.address" -}}
{{- $text := toString .value -}}
{{- $address := regexFind "[0-9]+([.][0-9]+){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*" $text -}}
{{- if and $address (ne $address $text) -}}
{{ .at }}: {{ $address }}
{{- else -}}
{{ .at }} to an IP address, such as 2001:db8::1 or 192.0.2.1
{{- end -}}
{{- end -}}

{{/* The address of a Service: the dict of tempo.types.check. */}}
{{- define "tempo.better.cluster-address" }}{{ include "tempo.better.address" . }}{{ end -}}

{{/* A network; an address alone is one with its full length: the dict of tempo.types.check. */}}
{{- define "tempo.better.cidr" -}}
{{- $text := toString .value | trim -}}
{{- if and (ne $text (toString .value)) (regexMatch "/[0-9]+$" $text) -}}
{{ .at }}: {{ $text }}
{{- else if regexMatch "^[0-9]+([.][0-9]+){3}$" $text -}}
{{ .at }}: {{ $text }}/32
{{- else if regexMatch "^[0-9A-Fa-f:]*:[0-9A-Fa-f:]*$" $text -}}
{{ .at }}: {{ $text }}/128
{{- else -}}
{{ .at }} to a network, such as 2001:db8::/32 or 10.0.0.0/8
{{- end -}}
{{- end -}}

{{/* A URL: the dict of tempo.types.check. */}}
{{- define "tempo.better.url" -}}
{{- $text := regexReplaceAll "^.*@|^[a-z]*:?/+" (toString .value) "" | default "HOST:PORT/PATH" -}}
{{ .at }} to a URL, such as http://{{ $text }}
{{- end -}}

{{/* The name of a volume: the dict of tempo.types.check. */}}
{{- define "tempo.better.label" -}}
{{- $name := regexReplaceAll "[^a-z0-9]+" (toString .value | lower) "-" -}}
{{ .at }}: {{ $name | trunc 63 | trimAll "-" | default "data" }}
{{- end -}}

{{/* The name of a zone: the dict of tempo.types.check. */}}
{{- define "tempo.better.zone-name" -}}
{{- $name := regexReplaceAll "[^a-z0-9]+" (toString .value | lower) "-" -}}
{{ .at }}: {{ $name | trunc 30 | trimAll "-" | default "zone-a" }}
{{- end -}}

{{/* A domain: the dict of tempo.types.check. */}}
{{- define "tempo.better.domain" -}}
{{ .at }}: {{ regexReplaceAll "[^-a-z0-9]+" (toString .value | lower) "." | trimAll "-." | default "cluster.local" }}
{{- end -}}

{{/* A number of bytes with a unit: the dict of tempo.types.check. */}}
{{- define "tempo.better.bytes" -}}
{{- $number := regexFind "^[0-9]+([.][0-9]+)?" (toString .value | trim) -}}
{{- $unit := toString .value | upper | trim | trimPrefix $number | trim | trunc 1 -}}
{{- if has $unit (list "K" "M" "G" "T") }}{{ $unit = printf "%siB" $unit }}{{ else }}{{ $unit = "B" }}{{ end -}}
{{ .at }}: {{ if $number }}{{ $number }}{{ $unit }}{{ else }}64KiB{{ end }}
{{- end -}}

{{/* A single value in place of a list or a map: the dict of tempo.types.check. */}}
{{- define "tempo.better.scalar" -}}
{{ .at }} to a single value, without keys and items below it
{{- end -}}

{{/* The items of a list in one text: the dict of tempo.types.check. */}}
{{- define "tempo.better.csv" -}}
{{- $isList := kindIs "slice" .value -}}
{{ .at }}{{ if $isList }}: {{ join "," .value | quote }}{{ else }} to a text, such as "first,second"{{ end }}
{{- end -}}

{{/* A topic of Kafka: the dict of tempo.types.check. */}}
{{- define "tempo.better.topic" -}}
{{ .at }}: {{ regexReplaceAll "[^A-Za-z0-9._-]+" (toString .value | trim) "-" | trunc 249 | default "tempo-traces" }}
{{- end -}}

{{/* An absolute path: the dict of tempo.types.check. */}}
{{- define "tempo.better.path" -}}
{{ .at }} to an absolute path, such as /{{ regexReplaceAll "^[./~]+|[^A-Za-z0-9/._-]" (toString .value) "" }}
{{- end -}}

{{/*
An address with a port: the dict of tempo.types.check. Four digits at the end of an IPv6 address without brackets are
probably a port.
*/}}
{{- define "tempo.better.hostport" -}}
{{- $text := regexReplaceAll "^.*@|^[a-z]+([+]|://)|/.*$" (toString .value | trim) "" -}}
{{- $host := regexReplaceAll ":[0-9]{4,5}$|^([^:]*|[[].*[]]):[0-9]+$" $text "${1}" | trimAll "[]" | default "HOST" -}}
{{- $port := trimPrefix $host (trimPrefix "[" $text) | trimPrefix "]" | trimPrefix ":" -}}
{{- if not (regexMatch (include "tempo.types.pattern" (list .types.single "^<port>$")) $port) -}}
{{- $port = "PORT" -}}
{{- end -}}
{{- if regexMatch (include "tempo.types.pattern" (list .types.single "^<ipv6>$")) $host -}}
{{- $host = printf "[%s]" $host -}}
{{- else if not (regexMatch (include "tempo.types.pattern" (list .types.single "^<host>$")) $host) -}}
{{- $host = "HOST" -}}
{{- end -}}
{{ .at }}: "{{ $host }}:{{ $port }}"
{{- end -}}

{{/* An address to listen at: the dict of tempo.types.check. */}}
{{- define "tempo.better.listener" }}{{ include "tempo.better.hostport" . }}{{ end -}}

{{/* A member of memberlist: the dict of tempo.types.check. */}}
{{- define "tempo.better.member" }}{{ include "tempo.better.hostport" . }}{{ end -}}

{{/* Addresses with commas between them: the dict of tempo.types.check. */}}
{{- define "tempo.better.addresses" -}}
{{ .at }} to one text, such as "[fd00::1]:6379,redis:6379"
{{- end -}}

{{/* A DNS server: the dict of tempo.types.check. */}}
{{- define "tempo.better.resolver" }}{{ include "tempo.better.hostport" . | replace ":PORT" "" }}{{ end -}}

{{/* A processor of the metrics-generator: the dict of tempo.types.check. */}}
{{- define "tempo.better.processor" -}}
{{- $known := list "service-graphs" "span-metrics" "host-info" -}}
{{- if eq (toString .value) "local-blocks" -}}
nothing (remove it): Tempo 3 has no processor local-blocks, because live-stores answer queries of recent metrics
{{- else -}}
{{ .at }}: {{ include "tempo.nearest" (list .value $known) | default (join " or " $known) }}
{{- end -}}
{{- end -}}

{{/* An address that may have a port: the dict of tempo.types.check. */}}
{{- define "tempo.better.endpoint" }}{{ include "tempo.better.hostport" . | replace ":PORT" "" }}{{ end -}}

{{/* The name of an object: the dict of tempo.types.check. */}}
{{- define "tempo.better.object-name" -}}
{{- $name := regexReplaceAll "[^a-z0-9.]+" (toString .value | lower) "-" -}}
{{ .at }} to a name of this form{{ with trimAll "-." $name }}, such as {{ . }}{{ end }}
{{- end -}}

{{/* The name of a storage class: the dict of tempo.types.check. */}}
{{- define "tempo.better.storage-class" }}{{ include "tempo.better.object-name" . }}{{ end -}}

{{/* A host name, without what stands around it: the dict of tempo.types.check. */}}
{{- define "tempo.better.hostname" -}}
{{- $host := regexReplaceAll "^[a-z]+://|[:/].*$" (toString .value | lower | trim) "" -}}
{{ .at }}: {{ regexReplaceAll "[^-a-z0-9.*]+" $host "-" | trimAll "-." | default "tempo.example.com" }}
{{- end -}}

{{/* The host of an Ingress: the dict of tempo.types.check. */}}
{{- define "tempo.better.ingress-host" }}{{ include "tempo.better.hostname" . }}{{ end -}}

{{/* The host of a registry: the dict of tempo.types.check. */}}
{{- define "tempo.better.registry" -}}
{{ .at }}: {{ regexReplaceAll "^[a-z]+://|/+$" (toString .value | trim | lower) "" | default "docker.io" }}
{{- end -}}

{{/* The name of an image, and its tag or digest where they belong: the dict of tempo.types.check. */}}
{{- define "tempo.better.repository" -}}
{{- $text := regexReplaceAll "^[a-z]+://" (toString .value | trim) "" -}}
{{- $version := regexFind "(@.*|:[^:/@]*)$" $text -}}
{{- $key := "tag" -}}
{{- if hasPrefix "@" $version }}{{ $key = "digest" }}{{ end -}}
{{ .at }}: {{ trimSuffix $version $text | lower | default "grafana/tempo" }}
{{- with trimAll ":@" $version }}, and {{ trimSuffix ".repository" $.at }}.{{ $key }}: {{ . }}{{ end }}
{{- end -}}

{{/* The tag of an image: the dict of tempo.types.check. */}}
{{- define "tempo.better.tag" -}}
{{- $parts := toString .value | trim | trimPrefix ":" | splitList ":" -}}
{{- $tag := regexFind "[A-Za-z0-9_][-A-Za-z0-9_.]*$" (last $parts) -}}
{{- if contains "@" (first $parts) -}}
{{ .at }} to the tag, and {{ trimSuffix ".tag" .at }}.digest to the digest with all its digits
{{- else if and (eq (len $parts) 2) (not (contains "/" (first $parts))) -}}
{{ .at }}: {{ first $parts }}, or {{ .at }}: {{ $tag }}, the one that is the tag
{{- else -}}
{{ .at }}: {{ $tag | default "\"\"" }}
{{- end -}}
{{- end -}}
