{{/*
The entry points for clients outside the cluster, as a JSON list: dict ctx, rel. The first is the components
themselves, the second the gateway if it runs. Each has
  suffix, component of the names of the objects that lead there, and their component label
  at                the block of the values, followed by a dot: gateway. or nothing
  http, grpc        what can be reached: lists of path, serves (traces or queries), service, port and number
  whole             the same for clients that may do everything over HTTP, where one path is enough
  ingresses         tempo.entrypoints.ingresses
  routes            tempo.entrypoints.routes
*/}}
{{- define "tempo.entrypoints" -}}
{{- $v := .ctx.Values -}}
{{- $rel := .rel -}}
{{- $read := include "tempo.clientService" (list $rel "queryFrontend") -}}
{{- $write := include "tempo.clientService" (list $rel "distributor") -}}
{{- $api := printf "%s/api" ($rel.config.http_api_prefix | default "") -}}
{{- $query := dict "serves" "queries" "path" $api "service" $read "port" "http-metrics" "number" $rel.ports.http -}}
{{- $stream := dict "serves" "queries" "path" "tempopb.StreamingQuerier"
  "service" $read "port" "grpc" "number" $rel.ports.grpc -}}
{{- $http := list -}}
{{- $grpc := list -}}
{{- $nginx := list -}}
{{- $paths := dict "otlp-http" "/v1/traces" "zipkin" "/api/v2/spans" -}}
{{- range $rel.receivers -}}
{{- $to := dict "serves" "traces" "service" $write "port" .name "number" .port -}}
{{- with get $paths .name }}{{ $http = append $http (merge (dict "path" .) $to) }}{{ end -}}
{{- if eq .name "otlp-grpc" -}}
{{- $grpc = append $grpc (merge (dict "path" "opentelemetry.proto.collector.trace.v1.TraceService") $to) -}}
{{- end -}}
{{- end -}}
{{- $direct := dict "at" "" "suffix" "" "ingress" $v.ingress "route" $v.route
  "http" (append $http $query) "grpc" (append $grpc $stream) -}}
{{- $entries := list $direct -}}
{{- with $rel.components.gateway -}}
{{- $to := dict "service" .resource "port" "http" "number" .values.service.port -}}
{{- range append $http $query }}{{ $nginx = append $nginx (merge (dict) $to .) }}{{ end -}}
{{- $otlp := list -}}
{{- range $grpc }}{{ $otlp = append $otlp (merge (dict "service" $to.service) .) }}{{ end -}}
{{- $entries = append $entries (dict "at" "gateway." "suffix" .suffix "component" .name
  "ingress" .values.ingress "route" .values.route "http" $nginx "grpc" $otlp
  "whole" (list (merge (dict "path" "/") $to))) -}}
{{- end -}}
{{- range $entries -}}
{{- $_ := set . "ingresses" (include "tempo.entrypoints.ingresses" (list $.ctx .) | fromJsonArray) -}}
{{- $_ := set . "routes" (include "tempo.entrypoints.routes" (list $.ctx .) | fromJsonArray) -}}
{{- end -}}
{{- toJson $entries -}}
{{- end -}}

{{/*
The Ingresses of an entry point, as a JSON list: (list context entry). Each is its values over those of the block, and
at, key (its name in additional), name and backends.
*/}}
{{- define "tempo.entrypoints.ingresses" -}}
{{- $ctx := first . -}}
{{- $entry := last . -}}
{{- $block := omit $entry.ingress "additional" -}}
{{- $at := printf "%singress" $entry.at -}}
{{- $all := list (merge (dict "at" $at "key" "") $block) -}}
{{- range $name, $own := $entry.ingress.additional -}}
{{- $values := dict "at" (printf "%s.additional.%s" $at $name) "key" $name -}}
{{- include "tempo.overlay" (list $values $block) -}}
{{- include "tempo.overlay" (list $values ($own | default dict)) -}}
{{- $all = append $all $values -}}
{{- end -}}
{{- $ingresses := list -}}
{{- range $all -}}
{{- if .enabled -}}
{{- $backends := include "tempo.entrypoints.backends" (list $entry "http" .serves) | fromJsonArray -}}
{{- $resource := include "tempo.name" (list $ctx (list $entry.suffix .key | compact | join "-")) -}}
{{- $ingresses = append $ingresses (merge (dict "name" $resource "backends" $backends) .) -}}
{{- end -}}
{{- end -}}
{{- toJson $ingresses -}}
{{- end -}}

{{/*
The routes of an entry point, as a JSON list: (list context entry). Each is its values, at, key (its name in the
values), name, kind and backends.
*/}}
{{- define "tempo.entrypoints.routes" -}}
{{- $ctx := first . -}}
{{- $entry := last . -}}
{{- $routes := list -}}
{{- range $name, $values := $entry.route -}}
{{- if dig "enabled" false ($values | default dict) -}}
{{- $kind := $values.kind | default "HTTPRoute" -}}
{{- $protocol := trimSuffix "Route" $kind | lower -}}
{{- $backends := include "tempo.entrypoints.backends" (list $entry $protocol $values.serves) | fromJsonArray -}}
{{- $resource := include "tempo.name" (list $ctx (list $entry.suffix $name | compact | join "-")) -}}
{{- $routes = append $routes (merge (dict "at" (printf "%sroute.%s" $entry.at $name) "key" $name "kind" $kind
  "name" $resource "backends" $backends) $values) -}}
{{- end -}}
{{- end -}}
{{- toJson $routes -}}
{{- end -}}

{{/* What an object leads to, as a JSON list: (list entry protocol serves), serves being traces, queries, or both. */}}
{{- define "tempo.entrypoints.backends" -}}
{{- $entry := index . 0 -}}
{{- $protocol := index . 1 -}}
{{- $serves := index . 2 | default (list "traces" "queries") -}}
{{- $backends := list -}}
{{- range get $entry $protocol -}}
{{- if has .serves $serves }}{{ $backends = append $backends . }}{{ end -}}
{{- end -}}
{{- if and $entry.whole (eq $protocol "http") (has "traces" $serves) (has "queries" $serves) -}}
{{- $backends = $entry.whole -}}
{{- end -}}
{{- toJson $backends -}}
{{- end -}}
