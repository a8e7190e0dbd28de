{{/*
What the chart itself puts into Tempo's configuration: who listens where, who finds whom, where data lies.
Everything else stays at Tempo's own defaults. Tempo refuses unknown keys: each key here is one that 3.0.3 knows,
and partition_ring has no enable_inet6.
*/}}
{{- define "tempo.config.base" -}}
{{- $ports := .ports -}}
{{- $f := .rel.family -}}
{{- $receivers := include "tempo.config.receivers" . -}}
{{- $caches := include "tempo.caches" . -}}
{{- with .ctx -}}
{{- $micro := eq .Values.mode "microservices" -}}
{{- $ring := dict "enable_inet6" $f.inet6 -}}
{{- /* The one process of mode monolithic talks to itself. */ -}}
{{- $scheduler := $f.loopback -}}
{{- $frontend := $f.loopback -}}
{{- if $micro -}}
{{- $_ := set $ring "kvstore" (dict "store" "memberlist") -}}
{{- $scheduler = include "tempo.host" (list . "backend-scheduler") -}}
{{- $frontend = include "tempo.host" (list . "query-frontend-discovery") -}}
{{- end -}}
{{- /* A chart above may have this one twice, under two names. */ -}}
{{- $cluster := include "tempo.name" (list . "") -}}
{{- if .Chart.IsRoot }}{{ $cluster = .Release.Name }}{{ end -}}
server:
  http_listen_address: {{ $f.listen | quote }}
  http_listen_port: {{ $ports.http }}
  grpc_listen_address: {{ $f.listen | quote }}
  grpc_listen_port: {{ $ports.grpc }}
  log_level: {{ .Values.server.logLevel }}
  log_format: {{ .Values.server.logFormat }}
distributor:
  ring: {{ toJson $ring }}
  receivers: {{ $receivers }}
live_store:
  ring: {{ toJson $ring }}
metrics_generator:
  ring: {{ toJson $ring }}
{{- if .Values.metricsGenerator.enabled }}
  storage:
    path: /var/tempo/generator
{{- end }}
backend_worker:
  ring: {{ toJson $ring }}
  backend_scheduler_addr: {{ printf "%s:%d" $scheduler $ports.grpc | quote }}
querier:
  frontend_worker:
    frontend_address: {{ printf "%s:%d" $frontend $ports.grpc | quote }}
storage:
  {{- $trace := .Values.storage.trace }}
  {{- range without (list "local" "s3" "gcs" "azure") $trace.backend }}{{ $trace = omit $trace . }}{{ end }}
  trace: {{ toJson $trace }}
usage_report:
  reporting_enabled: {{ .Values.reportingEnabled }}
{{- if .Values.multitenancyEnabled }}
multitenancy_enabled: true
{{- end }}
{{- if .Values.streamOverHTTPEnabled }}
stream_over_http_enabled: true
{{- end }}
{{- if $micro }}
cache:
  caches: {{ $caches }}
{{- with .Values.ingest.sasl }}
{{- if .existingSecret }}
ingest:
  kafka:
    sasl_username: ${KAFKA_SASL_USERNAME}
    sasl_password: ${KAFKA_SASL_PASSWORD}
{{- end }}
{{- end }}
memberlist:
  bind_addr: [{{ $f.bind | quote }}]
  cluster_label: {{ printf "%s.%s" $cluster .Release.Namespace | toYaml }}
  join_members:
    - {{ printf "dns+%s:%d" (include "tempo.host" (list . "gossip-ring")) $ports.gossip }}
{{- end }}
{{- end -}}
{{- end -}}

{{/*
distributor.receivers, as JSON. A receiver without an endpoint listens on the IPv4 loopback, so that each has one.
*/}}
{{- define "tempo.config.receivers" -}}
{{- $host := .rel.family.host -}}
{{- $out := dict -}}
{{- range $row := .receivers -}}
{{- $value := $.ctx.Values.traces -}}
{{- range $row.values }}{{ $value = index $value . }}{{ end -}}
{{- if $value.enabled -}}
{{- $endpoint := dict "endpoint" (printf "%s:%d" $host (int $value.port)) -}}
{{- $one := merge (dict) ($value.receiverConfig | default dict | deepCopy) $endpoint -}}
{{- range reverse $row.path }}{{ $one = dict . $one }}{{ end -}}
{{- $out = merge $out $one -}}
{{- end -}}
{{- end -}}
{{- toJson $out -}}
{{- end -}}

{{/*
Tempo's configuration as JSON: the base, over it the section of each component, over it .Values.config.
The ports are known before the base is written, because addresses in it are made of them.
*/}}
{{- define "tempo.config" -}}
{{- $v := .ctx.Values -}}
{{- $user := include "tempo.config.user" .ctx | fromYaml -}}
{{- $ports := dict "http" (dig "server" "http_listen_port" $v.server.httpListenPort $user | int)
  "grpc" (dig "server" "grpc_listen_port" $v.server.grpcListenPort $user | int)
  "gossip" (dig "memberlist" "bind_port" $v.memberlist.bind_port $user | int) -}}
{{- $sections := dict -}}
{{- range $key, $row := .rel.rows -}}
{{- $values := index $v $key -}}
{{- if and $values.config (or (not $row.optional) $values.enabled) -}}
{{- $_ := set $sections ($row.name | replace "-" "_") $values.config -}}
{{- end -}}
{{- end -}}
{{- if eq $v.mode "microservices" -}}
{{- $_ := set $sections "memberlist" $v.memberlist -}}
{{- $tls := include "tempo.config.kafkaTls" $v.ingest.tls | fromJson -}}
{{- $_ := set $sections "ingest" (dict "kafka" (merge (dict) $v.ingest.kafka $tls)) -}}
{{- end -}}
{{- with $v.cache }}{{ $_ := set $sections "cache" . }}{{ end -}}
{{- $_ := set $sections "overrides" $v.overrides -}}
{{- $base := include "tempo.config.base" (merge (dict "ports" $ports) .) | fromYaml -}}
{{- $sections = deepCopy $sections -}}
{{- range list $sections $user -}}
{{- $receivers := list (dig "distributor" "receivers" dict .) (dig "distributor" "receivers" dict $base) -}}
{{- include "tempo.config.keep" $receivers -}}
{{- end -}}
{{- $config := mergeOverwrite $base $sections $user -}}
{{- if .rel.family.inet6 }}{{ include "tempo.config.dualStackS3" $config }}{{ end -}}
{{- $rings := list -}}
{{- range .rel.rows }}{{ $rings = concat $rings (.gossip | default list) }}{{ end -}}
{{- $joins := include "tempo.config.inMemberlist" (list $config $rings) -}}
{{- if and (eq $v.mode "microservices") (empty $joins) }}{{ $_ := unset $config "memberlist" }}{{ end -}}
{{- toJson $config -}}
{{- end -}}

{{/*
.Values.config as YAML: templates in it are run, and keys without a value are left out. Text that is not a YAML map
results in a map with the key Error, which validate.yaml refuses.
*/}}
{{- define "tempo.config.user" -}}
{{- $user := include "tempo.text" (list . .Values.config) | fromYaml -}}
{{- include "tempo.config.withoutEmpty" $user -}}
{{- toYaml $user -}}
{{- end -}}

{{/*
Removes keys without a value from a map, at any depth; a receiver without a value stays, with Tempo's defaults.
*/}}
{{- define "tempo.config.withoutEmpty" -}}
{{- $map := . -}}
{{- range $key, $value := omit $map -}}
{{- if and (kindIs "map" $value) (ne $key "receivers") }}{{ include "tempo.config.withoutEmpty" $value }}{{ end -}}
{{- if kindIs "invalid" $value }}{{ $_ := unset $map $key }}{{ end -}}
{{- end -}}
{{- end -}}

{{/*
Removes keys without a value from a map where another map has one: (list map other). A receiver without settings, as
in grpc: of many examples, has those of the chart.
*/}}
{{- define "tempo.config.keep" -}}
{{- $map := first . -}}
{{- $other := last . -}}
{{- if and (kindIs "map" $map) (kindIs "map" $other) -}}
{{- range $key, $value := omit $map -}}
{{- if and (kindIs "invalid" $value) (hasKey $other $key) }}{{ $_ := unset $map $key }}{{ end -}}
{{- include "tempo.config.keep" (list $value (get $other $key)) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
Whether a text has variables of the environment, or $$ in place of $, which Tempo replaces if it is told to. ${1} is
a group of a regular expression.
*/}}
{{- define "tempo.config.hasVariables" -}}
{{- if regexMatch "[$][{][^0-9]|[$][$][{]" . }}true{{ end -}}
{{- end -}}

{{/* The rings of a list that are kept in memberlist, which is their default: (list config rings). */}}
{{- define "tempo.config.inMemberlist" -}}
{{- $config := first . -}}
{{- range $ring := last . -}}
{{- $at := $config -}}
{{- range splitList "." $ring }}{{ $at = get $at . | default dict }}{{ end -}}
{{- if eq (dig "kvstore" "store" "memberlist" $at) "memberlist" }}{{ $ring }} {{ end -}}
{{- end -}}
{{- end -}}

{{/*
Sets enable_dual_stack where the configuration uses Amazon S3 and does not set it. With it, the client dials
s3.dualstack.REGION.amazonaws.com, and without it s3.REGION.amazonaws.com, which has IPv4 addresses only.
*/}}
{{- define "tempo.config.dualStackS3" -}}
{{- $found := dict -}}
{{- include "tempo.config.amazonS3" (list . $found) -}}
{{- range $found -}}
{{- if not (hasKey . "enable_dual_stack") }}{{ $_ := set . "enable_dual_stack" true }}{{ end -}}
{{- end -}}
{{- end -}}

{{/*
Puts the sections of Amazon S3 into a map, by their keys: (list config map). The client leaves the hosts of other object
stores, of FIPS endpoints and of interface endpoints (vpce) as they are.
*/}}
{{- define "tempo.config.amazonS3" -}}
{{- $trace := dig "storage" "trace" dict (first .) -}}
{{- $client := dig "overrides" "user_configurable_overrides" "client" dict (first .) -}}
{{- $found := last . -}}
{{- range $key, $store := dict "storage.trace" $trace "overrides.user_configurable_overrides.client" $client -}}
{{- $endpoint := dig "s3" "endpoint" "" $store | toString -}}
{{- $amazon := or (empty $endpoint) (regexMatch "(^|[./])amazonaws[.]com([.]cn)?(:[0-9]+)?/?$" $endpoint) -}}
{{- if and (eq (toString $store.backend) "s3") $store.s3 $amazon (not (regexMatch "[.]vpce[.]|fips" $endpoint)) -}}
{{- $_ := set $found (printf "%s.s3" $key) $store.s3 -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* TLS of Kafka as JSON. Tempo 3.0 does not know these keys; validate.yaml refuses them there. */}}
{{- define "tempo.config.kafkaTls" -}}
{{- $dir := "/var/run/secrets/tempo/kafka" -}}
{{- $out := dict -}}
{{- if .enabled -}}
{{- $out = dict "tls_enabled" true "tls_insecure_skip_verify" .insecureSkipVerify -}}
{{- with .serverName }}{{ $_ := set $out "tls_server_name" . }}{{ end -}}
{{- if .existingSecret -}}
{{- range $key, $file := dict "tls_ca_path" .caKey "tls_cert_path" .certKey "tls_key_path" .keyKey -}}
{{- with $file }}{{ $_ := set $out $key (printf "%s/%s" $dir .) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $out -}}
{{- end -}}
