{{/* What memcached adds to its pod, as JSON: dict ctx, rel, c. memcached listens on both families by default. */}}
{{- define "tempo.pod.memcached" -}}
{{- $v := .c.values -}}
{{- $e := .ctx.Values.memcachedExporter -}}
{{- $sidecars := list -}}
{{- if $e.enabled -}}
{{- $image := omit $v.image -}}
{{- include "tempo.overlay" (list $image $e.image) -}}
{{- $args := list
  (printf "--memcached.address=%s:%d" .rel.family.loopback (int $v.port))
  (printf "--web.listen-address=%s:9150" .rel.family.host) -}}
{{- $port := dict "name" "http-metrics" "containerPort" 9150 "protocol" "TCP" -}}
{{- $exporter := dict "name" "exporter" "image" (include "tempo.image" (list .ctx $image))
  "args" (concat $args ($e.extraArgs | default list)) "ports" (list $port)
  "readinessProbe" (dict "tcpSocket" (dict "port" "http-metrics")) "securityContext" $v.containerSecurityContext -}}
{{- with $image.pullPolicy }}{{ $_ := set $exporter "imagePullPolicy" . }}{{ end -}}
{{- with $e.resources }}{{ $_ := set $exporter "resources" . }}{{ end -}}
{{- $sidecars = append $sidecars $exporter -}}
{{- end -}}
{{- $args := list
  "-p" (int $v.port | toString)
  "-m" (int $v.allocatedMemory | toString)
  "-I" (printf "%dm" (int $v.maxItemMemory))
  "-c" (int $v.connectionLimit | toString) -}}
{{- dict "sidecars" $sidecars "args" $args | toJson -}}
{{- end -}}

{{/* Where a cache listens, and its exporter beside it, as JSON: dict ctx, rel, c. */}}
{{- define "tempo.ports.memcached" -}}
{{- $ports := list (dict "name" "client" "port" .c.values.port "protocol" "TCP") -}}
{{- if .ctx.Values.memcachedExporter.enabled -}}
{{- $ports = append $ports (dict "name" "http-metrics" "port" 9150 "protocol" "TCP" "sidecar" true) -}}
{{- end -}}
{{- toJson $ports -}}
{{- end -}}

{{/*
cache.caches of tempo.yaml, as JSON: dict ctx, rel. The shared cache has those of its roles that no other cache has.
*/}}
{{- define "tempo.caches" -}}
{{- $ctx := .ctx -}}
{{- $caches := list -}}
{{- $claimed := list -}}
{{- range $key, $row := .rel.rows -}}
{{- if and (eq ($row.template | default "") "memcached") (index $ctx.Values $key).enabled -}}
{{- $v := omit $ctx.Values.memcached -}}
{{- include "tempo.overlay" (list $v (pick (index $ctx.Values $key) "roles" "timeout" "consistentHash")) -}}
{{- if $row.base }}{{ $claimed = concat $claimed ($v.roles | default list) }}{{ end -}}
{{- $client := dict "host" (include "tempo.host" (list $ctx $row.name)) "service" "client"
  "timeout" $v.timeout "consistent_hash" $v.consistentHash -}}
{{- $caches = append $caches (dict "shared" (empty $row.base) "roles" ($v.roles | default list) "memcached" $client) -}}
{{- end -}}
{{- end -}}
{{- $out := list -}}
{{- range $cache := $caches -}}
{{- $roles := .roles -}}
{{- if .shared }}{{ range $claimed }}{{ $roles = without $roles . }}{{ end }}{{ end -}}
{{- with $roles }}{{ $out = append $out (dict "roles" . "memcached" $cache.memcached) }}{{ end -}}
{{- end -}}
{{- toJson $out -}}
{{- end -}}
