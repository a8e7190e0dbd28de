{{/*
What a vulture adds to its pod, as JSON: dict ctx, rel, c. It writes traces over OTLP/gRPC, reads them back from the
query API, and counts those that are missing. It listens on both families, because its address has no host.
*/}}
{{- define "tempo.pod.vulture" -}}
{{- $v := .c.values -}}
{{- $domain := printf "%s.svc.%s" .ctx.Release.Namespace .ctx.Values.global.clusterDomain -}}
{{- $write := printf "%s.%s" (include "tempo.clientService" (list .rel "distributor")) $domain -}}
{{- $read := printf "%s.%s" (include "tempo.clientService" (list .rel "queryFrontend")) $domain -}}
{{- $push := 0 -}}
{{- range .rel.receivers }}{{ if eq .name "otlp-grpc" }}{{ $push = int .port }}{{ end }}{{ end -}}
{{- $args := list
  "-prometheus-listen-address=:8080"
  (printf "-tempo-push-url=http://%s:%d" $write $push)
  (printf "-tempo-query-url=%s://%s:%d%s" (lower .rel.scheme) $read (int .rel.ports.http)
    (.rel.config.http_api_prefix | default "")) -}}
{{- range $flag, $name := dict "tempo-org-id" "tenant" "tempo-write-backoff-duration" "writeInterval"
  "tempo-read-backoff-duration" "readInterval" "tempo-search-backoff-duration" "searchInterval"
  "tempo-metrics-backoff-duration" "metricsInterval" "tempo-retention-duration" "retention" -}}
{{- $value := get $v $name -}}
{{- if not (has $value (list nil "")) }}{{ $args = append $args (printf "-%s=%v" $flag $value) }}{{ end -}}
{{- end -}}
{{- dict "args" $args | toJson -}}
{{- end -}}

{{/* Where the vulture listens, as JSON: dict ctx, rel, c. */}}
{{- define "tempo.ports.vulture" -}}
{{- list (dict "name" "http-metrics" "port" 8080 "protocol" "TCP") | toJson -}}
{{- end -}}
