{{/*
What is peculiar to a gateway pod, as JSON: dict ctx, rel, c. nginx with the configuration from files/nginx.conf, and users and
a certificate from Secrets where the values ask for them.
*/}}
{{- define "tempo.parts.gateway" -}}
{{- $v := .c.values -}}
{{- $pods := dict
  "volumes" (list (dict "name" "config" "configMap" (dict "name" .c.resource)) (dict "name" "tmp" "emptyDir" dict))
  "mounts" (list (dict "name" "config" "mountPath" "/etc/nginx/gateway") (dict "name" "tmp" "mountPath" "/tmp")) -}}
{{- $annotations := dict "checksum/config" (include "tempo.nginx" . | sha256sum) -}}
{{- if $v.basicAuth.enabled -}}
{{- $users := $v.basicAuth.existingSecret | default (include "tempo.name" (list .ctx "gateway-auth")) -}}
{{- $volume := dict "name" "auth" "secret" (dict "secretName" $users) -}}
{{- include "tempo.pods.volume" (list $pods $volume "/etc/nginx/auth" true) -}}
{{- if not $v.basicAuth.existingSecret -}}
{{- $_ := set $annotations "checksum/auth" (sha256sum (toJson $v.basicAuth)) -}}
{{- end -}}
{{- end -}}
{{- $scheme := "HTTP" -}}
{{- if $v.nginxConfig.ssl -}}
{{- $scheme = "HTTPS" -}}
{{- $volume := dict "name" "tls" "secret" (dict "secretName" $v.nginxConfig.tlsSecretName) -}}
{{- include "tempo.pods.volume" (list $pods $volume "/etc/nginx/tls" true) -}}
{{- end -}}
{{- $args := list "-c" "/etc/nginx/gateway/nginx.conf" "-g" "daemon off;" -}}
{{- merge (dict "command" (list "nginx") "args" $args "annotations" $annotations "scheme" $scheme) $pods | toJson -}}
{{- end -}}

{{/* Where the gateway listens, as JSON: dict ctx, rel, c. The port of its Service is another than that of its container. */}}
{{- define "tempo.ports.gateway" -}}
{{- $ports := list (dict "name" "http" "port" 8080 "service" .c.values.service.port "protocol" "TCP") -}}
{{- range .rel.receivers -}}
{{- if eq .name "otlp-grpc" }}{{ $ports = append $ports . }}{{ end -}}
{{- end -}}
{{- toJson $ports -}}
{{- end -}}

{{/* The Service of a component, or the one Service of mode monolithic: (list rel key). */}}
{{- define "tempo.door" -}}
{{- $components := (first .).components -}}
{{- $c := get $components (last .) | default dict -}}
{{- if hasKey $components "monolithic" }}{{ $c = $components.monolithic }}{{ end -}}
{{- $c.resource -}}
{{- end -}}

{{/* nginx.conf of the gateway: dict ctx, rel, c. */}}
{{- define "tempo.nginx" -}}
{{- with .c.values.nginxConfig.file -}}
{{- tpl . $.ctx -}}
{{- else -}}
{{- tpl (.ctx.Files.Get "files/nginx.conf") . | trim -}}
{{- end -}}
{{- end -}}

{{/*
The ways in from outside the cluster, as a JSON list: one to the gateway, one straight to the components. Each has
name, component, its values (ingress, route) and where what goes: http and grpc, lists of path, service, port, number.
*/}}
{{- define "tempo.doors" -}}
{{- $v := .ctx.Values -}}
{{- $rel := .rel -}}
{{- $read := include "tempo.door" (list $rel "queryFrontend") -}}
{{- $write := include "tempo.door" (list $rel "distributor") -}}
{{- $query := dict "path" (printf "%s/api" ($rel.config.http_api_prefix | default ""))
  "service" $read "port" "http-metrics" "number" $rel.ports.http -}}
{{- $stream := dict "path" "tempopb.StreamingQuerier" "service" $read "port" "grpc" "number" $rel.ports.grpc -}}
{{- $http := list $query -}}
{{- $grpc := list $stream -}}
{{- $otlp := list -}}
{{- range $rel.receivers -}}
{{- if eq .name "otlp-http" -}}
{{- $http = list (dict "path" "/v1/traces" "service" $write "port" .name "number" .port) $query -}}
{{- end -}}
{{- if eq .name "otlp-grpc" -}}
{{- $path := "opentelemetry.proto.collector.trace.v1.TraceService" -}}
{{- $otlp = list (dict "path" $path "service" $write "port" .name "number" .port) -}}
{{- $grpc = concat $otlp (list $stream) -}}
{{- end -}}
{{- end -}}
{{- $doors := list (dict "name" (include "tempo.name" (list .ctx "")) "ingress" $v.ingress "route" $v.route
  "http" $http "grpc" $grpc) -}}
{{- with $rel.components.gateway -}}
{{- $gateway := . -}}
{{- $http = list (dict "path" "/" "service" .resource "port" "http" "number" .values.service.port) -}}
{{- $grpc = list -}}
{{- range $otlp }}{{ $grpc = append $grpc (merge (dict "service" $gateway.resource) .) }}{{ end -}}
{{- $doors = append $doors (dict "name" .resource "component" .name "ingress" .values.ingress "route" .values.route
  "http" $http "grpc" $grpc) -}}
{{- end -}}
{{- toJson $doors -}}
{{- end -}}
