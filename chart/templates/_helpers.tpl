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

{{/* Labels of a resource: (list context component labels); what the chart says stands. */}}
{{- define "tempo.labels" -}}
{{- $ctx := index . 0 -}}
{{- $own := dict
  "helm.sh/chart" (printf "%s-%s" $ctx.Chart.Name $ctx.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-")
  "app.kubernetes.io/version" $ctx.Chart.AppVersion "app.kubernetes.io/managed-by" $ctx.Release.Service -}}
{{- merge (include "tempo.selectorLabels" . | fromYaml) $own (index . 2 | default dict) ($ctx.Values.global.commonLabels | default dict) ($ctx.Values.global.labels | default dict) | toYaml -}}
{{- end -}}

{{/* metadata of a resource: dict ctx, name, namespace, component, labels, annotations. */}}
{{- define "tempo.metadata" -}}
name: {{ .name }}
namespace: {{ .namespace | default .ctx.Release.Namespace }}
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

{{/* A list in which one key is unique, as JSON: (list key items); the later item stands. Server-side apply refuses twins. */}}
{{- define "tempo.unique" -}}
{{- $key := index . 0 -}}
{{- $last := dict -}}
{{- range index . 1 }}{{ $_ := set $last (get . $key) . }}{{ end -}}
{{- $out := list -}}
{{- range index . 1 -}}
{{- if hasKey $last (get . $key) -}}
{{- $out = append $out (get $last (get . $key)) -}}
{{- $_ := unset $last (get . $key) -}}
{{- end -}}
{{- end -}}
{{- toJson $out -}}
{{- end -}}

{{/*
Values over values, as JSON: a list of maps, the later over the earlier, key by key. Maps are merged, except those that
say one thing as a whole (a probe, an affinity); lists named extra... add up; null says nothing.
*/}}
{{- define "tempo.resolve" -}}
{{- $whole := list "affinity" "dnsConfig" "lifecycle" "livenessProbe" "nodeSelector" "readinessProbe" "startupProbe" "strategy" -}}
{{- $out := dict -}}
{{- range . -}}
{{- range $key, $value := include "tempo.compact" . | fromJson -}}
{{- $below := get $out $key -}}
{{- if and (hasPrefix "extra" $key) (kindIs "slice" $value) -}}
{{- $value = concat ($below | default list) $value | default list -}}
{{- else if and (kindIs "map" $value) (kindIs "map" $below) (not (has $key $whole)) -}}
{{- $value = mergeOverwrite (deepCopy $below) $value -}}
{{- end -}}
{{- $_ := set $out $key $value -}}
{{- end -}}
{{- end -}}
{{- toJson $out -}}
{{- end -}}

{{/* What all components share, as JSON: defaults over global. .tempo is for Tempo, .other for the cache and the gateway. */}}
{{- define "tempo.shared" -}}
{{- $g := .Values.global -}}
{{- $global := merge (pick $g "priorityClassName" "podLabels" "goSettings" "extraArgs" "extraEnv" "extraEnvFrom") (dict "image" (pick ($g.image | default dict) "registry" "pullSecrets") "persistence" (dict "storageClass" $g.storageClass)) -}}
{{- /* null in defaults takes away what stands there; the templates find nothing, not nil. */ -}}
{{- $none := dict "resources" dict "service" dict "podSecurityContext" dict "containerSecurityContext" dict "affinity" dict
  "autoscaling" (dict "metrics" list "keda" dict) "persistence" (dict "labels" dict "emptyDir" dict) -}}
{{- range list "extraArgs" "extraContainers" "extraEnv" "extraEnvFrom" "extraPorts" "extraVolumes" "extraVolumeMounts" }}{{ $_ := set $none . list }}{{ end -}}
{{- $tempo := include "tempo.resolve" (list $none $global .Values.defaults) | fromJson -}}
{{- $other := omit $tempo "goSettings" "lifecycle" "livenessProbe" "readinessProbe" "startupProbe" -}}
{{- $_ := set $other "image" (omit $tempo.image "repository" "tag" "digest") -}}
{{- $_ := set $other "extraArgs" list -}}
{{- dict "tempo" $tempo "other" $other | toJson -}}
{{- end -}}

{{/*
All that the templates need to know of the release, as JSON:
  family, config (of Tempo, merged), ports (http, grpc, gossip), receivers (name, port, protocol, path, endpoint), scheme,
  exporter (of memcached: runs or not),
  components: key -> its row, name, resource, governing (Service of a StatefulSet), gossip (joins or not), values (resolved)
Ports are read back from the merged configuration, so that an override of config reaches everything that names a port.
*/}}
{{- define "tempo.release" -}}
{{- if not (hasKey .Values "_release") }}{{ $_ := set .Values "_release" (include "tempo.release.read" .) }}{{ end -}}
{{- get .Values "_release" -}}
{{- end -}}

{{/* What tempo.release hands out; read once for all templates, because it takes longer than all of them. */}}
{{- define "tempo.release.read" -}}
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
{{- $shared := include "tempo.shared" . | fromJson -}}
{{- range $key, $row := include "tempo.components" . | fromYaml -}}
{{- $own := index $ctx.Values $key -}}
{{- $enabled := kindIs "invalid" $own.enabled | ternary $shared.tempo.enabled $own.enabled -}}
{{- if and $enabled (has $row.mode (list $ctx.Values.mode "any")) -}}
{{- $base := omit (get $ctx.Values ($row.base | default "") | default dict) "enabled" "roles" -}}
{{- $below := ternary $shared.other $shared.tempo (empty $row.target) -}}
{{- /* A Deployment's strategy has fields that a StatefulSet refuses; the latter takes its own only. */ -}}
{{- if eq $row.kind "StatefulSet" }}{{ $below = omit $below "strategy" }}{{ end -}}
{{- $values := include "tempo.resolve" (list $below $base $own) | fromJson -}}
{{- $suffix := ternary "" $row.name (not (empty $row.bare)) -}}
{{- $governing := ternary $suffix (list $suffix $row.discovery | compact | join "-") (eq $row.service "headless") -}}
{{- $gossip := or (eq $row.gossip "always") (and (eq $row.gossip "ring") (eq (dig "ring" "kvstore" "store" "" ($config.backend_worker | default dict)) "memberlist")) -}}
{{- $_ := set $components $key (mergeOverwrite (deepCopy $row) (dict "values" $values "gossip" $gossip "suffix" $suffix
  "resource" (include "tempo.name" (list $ctx $suffix)) "governing" (include "tempo.name" (list $ctx $governing)))) -}}
{{- end -}}
{{- end -}}
{{- dict "family" (include "tempo.family" . | fromJson) "config" $config "ports" $ports "receivers" $receivers
  "scheme" (or $tls.cert_file $tls.cert | empty | ternary "HTTP" "HTTPS") "exporter" .Values.memcachedExporter.enabled "components" $components | toJson -}}
{{- end -}}
