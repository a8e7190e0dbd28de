{{/*
Name of a resource: (list context suffix). Cut to 52 characters with the suffix kept whole: a StatefulSet's name stands
in the label controller-revision-hash together with ten more, and labels end at 63. A cut name carries a hash,
so that two long names that begin alike stay two names.
*/}}
{{- define "tempo.name" -}}
{{- $ctx := index . 0 -}}
{{- $suffix := index . 1 -}}
{{- $name := default $ctx.Chart.Name $ctx.Values.nameOverride -}}
{{- $base := default (contains $name $ctx.Release.Name | ternary $ctx.Release.Name (printf "%s-%s" $ctx.Release.Name $name)) $ctx.Values.fullnameOverride -}}
{{- $max := int (sub (ternary 52 51 (empty $suffix)) (len $suffix)) -}}
{{- if gt (len $base) $max -}}
{{- $base = printf "%s-%s" (trunc (int (sub $max 6)) $base | trimSuffix "-") (sha256sum $base | trunc 5) -}}
{{- end -}}
{{- list $base $suffix | compact | join "-" -}}
{{- end -}}

{{/* Name of a Service as Tempo dials it: (list context suffix). The closing dot spares the search list of the pod. */}}
{{- define "tempo.host" -}}
{{- $ctx := index . 0 -}}
{{- printf "%s.%s.svc.%s." (include "tempo.name" .) $ctx.Release.Namespace $ctx.Values.global.clusterDomain -}}
{{- end -}}

{{/* Labels that select the pods of a component: (list context component). */}}
{{- define "tempo.selectorLabels" -}}
{{- $ctx := index . 0 -}}
app.kubernetes.io/name: {{ default $ctx.Chart.Name $ctx.Values.nameOverride }}
app.kubernetes.io/instance: {{ $ctx.Release.Name }}
{{- with index . 1 }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end -}}

{{/* Labels of a resource: (list context component labels). Pods do not get the chart's version: it would restart them. */}}
{{- define "tempo.labels" -}}
{{- $ctx := index . 0 -}}
helm.sh/chart: {{ printf "%s-%s" $ctx.Chart.Name $ctx.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "tempo.selectorLabels" . }}
app.kubernetes.io/version: {{ $ctx.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $ctx.Release.Service }}
{{- with merge (dict) (last . | default dict) ($ctx.Values.global.commonLabels | default dict) ($ctx.Values.global.labels | default dict) }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* metadata of a resource: dict ctx, name, component, labels, annotations. */}}
{{- define "tempo.metadata" -}}
name: {{ .name }}
namespace: {{ .ctx.Release.Namespace }}
labels:
  {{- include "tempo.labels" (list .ctx .component .labels) | nindent 2 }}
{{- with .annotations }}
annotations:
  {{- include "tempo.text" (list $.ctx .) | nindent 2 }}
{{- end }}
{{- end -}}

{{/* A value as YAML: (list context value). Templates in it are run, so that a value can name what the release is called. */}}
{{- define "tempo.text" -}}
{{- $text := index . 1 -}}
{{- if not (kindIs "string" $text) }}{{ $text = toYaml $text }}{{ end -}}
{{- if contains "{{" $text }}{{ tpl $text (index . 0) }}{{ else }}{{ $text }}{{ end -}}
{{- end -}}

{{/* A map without its null entries, as JSON: null in the values means "not set here". */}}
{{- define "tempo.compact" -}}
{{- $out := dict -}}
{{- range $key, $value := . -}}
{{- if kindIs "map" $value -}}
{{- $_ := set $out $key (include "tempo.compact" $value | fromJson) -}}
{{- else if not (kindIs "invalid" $value) -}}
{{- $_ := set $out $key $value -}}
{{- end -}}
{{- end -}}
{{- toJson $out -}}
{{- end -}}

{{/*
The values of one component, as JSON: component over defaults over global, key by key (dict ctx, key, row).
Maps are merged, except those that say one thing as a whole (a probe, an affinity); lists named extra... add up.
*/}}
{{- define "tempo.resolve" -}}
{{- $global := .ctx.Values.global -}}
{{- $levels := list
  (include "tempo.compact" (dict "persistence" (dict "storageClass" $global.storageClass) "image" $global.image
    "priorityClassName" $global.priorityClassName "podLabels" $global.podLabels "goSettings" $global.goSettings
    "extraArgs" $global.extraArgs "extraEnv" $global.extraEnv "extraEnvFrom" $global.extraEnvFrom) | fromJson)
  (include "tempo.compact" .ctx.Values.defaults | fromJson)
  (include "tempo.compact" (index .ctx.Values .key) | fromJson) -}}
{{- $whole := list "affinity" "dnsConfig" "lifecycle" "livenessProbe" "nodeSelector" "readinessProbe" "startupProbe" "strategy" -}}
{{- $out := dict -}}
{{- range $i, $level := $levels -}}
{{- if and (not $.row.target) (lt $i 2) -}}
{{- /* What is meant for Tempo alone does not reach the cache and the gateway. */ -}}
{{- $level = omit $level "extraArgs" "goSettings" "lifecycle" "livenessProbe" "readinessProbe" "startupProbe" -}}
{{- with $level.image }}{{ $_ := set $level "image" (omit . "repository" "tag" "digest") }}{{ end -}}
{{- end -}}
{{- range $key, $value := $level -}}
{{- if and (hasPrefix "extra" $key) (kindIs "slice" $value) -}}
{{- $_ := set $out $key (concat (get $out $key | default list) $value) -}}
{{- else if and (kindIs "map" $value) (kindIs "map" (get $out $key)) (not (has $key $whole)) -}}
{{- $_ := set $out $key (mergeOverwrite (deepCopy (get $out $key)) $value) -}}
{{- else -}}
{{- $_ := set $out $key $value -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $out -}}
{{- end -}}

{{/*
All that the templates need to know of the release, as JSON:
  family, config (of Tempo, merged), ports (http, grpc, gossip), receivers (name, port, protocol, path, endpoint), scheme,
  components: key -> its row, name, resource, governing (Service of a StatefulSet), gossip (joins or not), values (resolved)
Ports are read back from the merged configuration, so that an override of config reaches everything that names a port.
*/}}
{{- define "tempo.release" -}}
{{- $ctx := . -}}
{{- $config := include "tempo.config" . | fromJson -}}
{{- $server := $config.server -}}
{{- $tls := $server.http_tls_config | default dict -}}
{{- $ports := dict "http" (int $server.http_listen_port) "grpc" (int $server.grpc_listen_port) "gossip" (int (dig "bind_port" 7946 ($config.memberlist | default dict))) -}}
{{- $receivers := list -}}
{{- range include "tempo.receivers" . | fromYamlArray -}}
{{- $at := dict "receiver" $config.distributor.receivers -}}
{{- $found := true -}}
{{- range prepend .path "receiver" -}}
{{- $found = hasKey $at . -}}
{{- $at = get $at . | default dict -}}
{{- end -}}
{{- if $found -}}
{{- $endpoint := $at.endpoint | default "" -}}
{{- $receivers = append $receivers (dict "name" .name "protocol" .protocol "path" (join "." .path) "endpoint" $endpoint "port" (regexFind "[0-9]+$" $endpoint | int)) -}}
{{- end -}}
{{- end -}}
{{- $components := dict -}}
{{- range $key, $row := include "tempo.components" . | fromYaml -}}
{{- $values := include "tempo.resolve" (dict "ctx" $ctx "key" $key "row" $row) | fromJson -}}
{{- if and (has $row.mode (list $ctx.Values.mode "any")) $values.enabled -}}
{{- $suffix := ternary "" $row.name (not (empty $row.bare)) -}}
{{- $governing := ternary $suffix (list $suffix $row.discovery | compact | join "-") (eq $row.service "headless") -}}
{{- $gossip := or (eq $row.gossip "always") (and (eq $row.gossip "ring") (eq (dig "ring" "kvstore" "store" "" ($config.backend_worker | default dict)) "memberlist")) -}}
{{- $_ := set $components $key (mergeOverwrite (deepCopy $row) (dict "values" $values "gossip" $gossip "suffix" $suffix
  "resource" (include "tempo.name" (list $ctx $suffix)) "governing" (include "tempo.name" (list $ctx $governing)))) -}}
{{- end -}}
{{- end -}}
{{- dict "family" (include "tempo.family" . | fromJson) "config" $config "ports" $ports "receivers" $receivers
  "scheme" (or $tls.cert_file $tls.cert | empty | ternary "HTTP" "HTTPS") "components" $components | toJson -}}
{{- end -}}
