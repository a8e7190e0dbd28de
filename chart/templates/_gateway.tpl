{{/* What is peculiar to a gateway pod, as JSON: dict ctx, rel, c. */}}
{{- define "tempo.parts.gateway" -}}
{{- $v := .c.values -}}
{{- $volumes := list (dict "name" "config" "configMap" (dict "name" .c.resource)) (dict "name" "tmp" "emptyDir" dict) -}}
{{- $mounts := list (dict "name" "config" "mountPath" "/etc/nginx/gateway") (dict "name" "tmp" "mountPath" "/tmp") -}}
{{- $annotations := dict "checksum/config" (include "tempo.nginx" . | sha256sum) -}}
{{- with $v.basicAuth -}}
{{- if .enabled -}}
{{- $volumes = append $volumes (dict "name" "auth" "secret" (dict "secretName" (.existingSecret | default (include "tempo.name" (list $.ctx "gateway-auth"))))) -}}
{{- $mounts = append $mounts (dict "name" "auth" "mountPath" "/etc/nginx/auth" "readOnly" true) -}}
{{- if not .existingSecret }}{{ $_ := set $annotations "checksum/auth" (sha256sum (toJson .)) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- if $v.nginxConfig.ssl -}}
{{- $volumes = append $volumes (dict "name" "tls" "secret" (dict "secretName" $v.nginxConfig.tlsSecretName)) -}}
{{- $mounts = append $mounts (dict "name" "tls" "mountPath" "/etc/nginx/tls" "readOnly" true) -}}
{{- end -}}
{{- dict "command" (list "nginx") "args" (list "-c" "/etc/nginx/gateway/nginx.conf" "-g" "daemon off;") "volumes" $volumes "mounts" $mounts
  "annotations" $annotations "scheme" (ternary "HTTPS" "HTTP" $v.nginxConfig.ssl) | toJson -}}
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
{{- $components := (index . 0).components -}}
{{- $c := hasKey $components "monolithic" | ternary $components.monolithic (get $components (index . 1)) | default dict -}}
{{- $c.resource -}}
{{- end -}}

{{/* nginx.conf of the gateway: dict ctx, rel, c. */}}
{{- define "tempo.nginx" -}}
{{- $file := .c.values.nginxConfig.file -}}
{{- if $file }}{{ tpl $file .ctx }}{{ else }}{{ tpl (.ctx.Files.Get "files/nginx.conf") . | trim }}{{ end -}}
{{- end -}}

{{/*
The ways in from outside the cluster, as a JSON list: one to the gateway, one straight to the components. Each has
name, component, its values (ingress, route) and where what goes: http and grpc, lists of path, service, port, number.
*/}}
{{- define "tempo.doors" -}}
{{- $ctx := .ctx -}}
{{- $rel := .rel -}}
{{- $read := dict "service" (include "tempo.door" (list $rel "queryFrontend")) "port" "http-metrics" "number" $rel.ports.http -}}
{{- $write := include "tempo.door" (list $rel "distributor") -}}
{{- $http := list -}}
{{- $grpc := list (mergeOverwrite (deepCopy $read) (dict "path" "tempopb.StreamingQuerier" "port" "grpc" "number" $rel.ports.grpc)) -}}
{{- range $rel.receivers -}}
{{- if eq .name "otlp-http" }}{{ $http = append $http (dict "path" "/v1/traces" "service" $write "port" .name "number" .port) }}{{ end -}}
{{- if eq .name "otlp-grpc" }}{{ $grpc = prepend $grpc (dict "path" "opentelemetry.proto.collector.trace.v1.TraceService" "service" $write "port" .name "number" .port) }}{{ end -}}
{{- end -}}
{{- $http = append $http (mergeOverwrite (deepCopy $read) (dict "path" (printf "%s/api" ($rel.config.http_api_prefix | default "")))) -}}
{{- $doors := list (dict "name" (include "tempo.name" (list $ctx "")) "ingress" $ctx.Values.ingress "route" $ctx.Values.route "http" $http "grpc" $grpc) -}}
{{- with $rel.components.gateway -}}
{{- $toHttp := dict "path" "/" "service" .resource "port" "http" "number" .values.service.port -}}
{{- $toGrpc := list -}}
{{- range $grpc }}{{ if eq .port "otlp-grpc" }}{{ $toGrpc = append $toGrpc (mergeOverwrite (deepCopy .) (dict "service" $rel.components.gateway.resource)) }}{{ end }}{{ end -}}
{{- $doors = append $doors (dict "name" .resource "component" .name "ingress" .values.ingress "route" .values.route "http" (list $toHttp) "grpc" $toGrpc) -}}
{{- end -}}
{{- toJson $doors -}}
{{- end -}}
