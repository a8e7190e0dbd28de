{{/*
What a gateway adds to its pod, as JSON: dict ctx, rel, c. It is nginx with the configuration of files/nginx.conf, and
with users and a certificate from Secrets if the values ask for them.
*/}}
{{- define "tempo.pod.gateway" -}}
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

{{/* Ports of the gateway, as JSON: dict ctx, rel, c. Its Service has another HTTP port than its container. */}}
{{- define "tempo.ports.gateway" -}}
{{- $ports := list (dict "name" "http" "port" 8080 "service" .c.values.service.port "protocol" "TCP") -}}
{{- range .rel.receivers -}}
{{- if eq .name "otlp-grpc" }}{{ $ports = append $ports . }}{{ end -}}
{{- end -}}
{{- toJson $ports -}}
{{- end -}}

{{/* nginx.conf of the gateway: dict ctx, rel, c. */}}
{{- define "tempo.nginx" -}}
{{- with .c.values.nginxConfig.file -}}
{{- tpl . $.ctx -}}
{{- else -}}
{{- tpl (.ctx.Files.Get "files/nginx.conf") . | trim -}}
{{- end -}}
{{- end -}}
