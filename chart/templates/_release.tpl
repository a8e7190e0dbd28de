{{/*
Values over values: (list map values); the values are put into the map, key by key. Maps are merged, except those that
say one thing as a whole (a probe, an affinity); lists named extra... add up; null says nothing.
A map below is copied before anything is put into it, because all components share it.
*/}}
{{- define "tempo.overlay" -}}
{{- $map := index . 0 -}}
{{- $whole := list "affinity" "dnsConfig" "lifecycle" "livenessProbe" "nodeSelector" "readinessProbe" "startupProbe" "strategy" -}}
{{- range $key, $value := index . 1 -}}
{{- $below := get $map $key -}}
{{- if kindIs "map" $value -}}
{{- $copy := and (kindIs "map" $below) (not (has $key $whole)) | ternary $below dict | omit -}}
{{- include "tempo.overlay" (list $copy $value) -}}
{{- $_ := set $map $key $copy -}}
{{- else if and (hasPrefix "extra" $key) (kindIs "slice" $value) -}}
{{- $_ := set $map $key (concat ($below | default list) $value | default list) -}}
{{- else if not (kindIs "invalid" $value) -}}
{{- $_ := set $map $key $value -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What all components share, as JSON: defaults over global. .tempo is for Tempo, .other for the cache and the gateway. */}}
{{- define "tempo.shared" -}}
{{- $g := .Values.global -}}
{{- $global := merge (pick $g "priorityClassName" "podLabels" "goSettings" "extraArgs" "extraEnv" "extraEnvFrom") (dict "image" (pick ($g.image | default dict) "registry" "pullSecrets") "persistence" (dict "storageClass" $g.storageClass)) -}}
{{- /* null in defaults takes away what stands there; the templates find nothing, not nil. */ -}}
{{- $tempo := dict "resources" dict "service" dict "podSecurityContext" dict "containerSecurityContext" dict "affinity" dict
  "autoscaling" (dict "metrics" list "keda" dict) "persistence" (dict "labels" dict "emptyDir" dict) -}}
{{- range list "extraArgs" "extraContainers" "extraEnv" "extraEnvFrom" "extraPorts" "extraVolumes" "extraVolumeMounts" }}{{ $_ := set $tempo . list }}{{ end -}}
{{- range list $global .Values.defaults }}{{ include "tempo.overlay" (list $tempo .) }}{{ end -}}
{{- $other := omit $tempo "goSettings" "lifecycle" "livenessProbe" "readinessProbe" "startupProbe" -}}
{{- $_ := set $other "image" (omit $tempo.image "repository" "tag" "digest") -}}
{{- $_ := set $other "extraArgs" list -}}
{{- dict "tempo" $tempo "other" $other | toJson -}}
{{- end -}}

{{/*
Reads the release, once for all templates, and tells under which name the chart's context holds it: beside .Values, where no
value can stand. Handed over as text, it would be read again by each template, which takes longer than all the rest. A map of:
  family, rows (files/components.yaml), config and text (of tempo.yaml), ports (http, grpc, gossip), scheme,
  gossip (whether anybody joins memberlist), receivers (name, port, protocol, path, endpoint), pods (tempo.pods), other (tempo.shared), doors,
  components: key -> its row, name, resource, governing (Service of a StatefulSet), gossip (joins or not), values, ports
Ports are read back from the merged configuration, so that an override of config reaches everything that names a port.
*/}}
{{- define "tempo.release" -}}
{{- if not (hasKey . "TempoRelease") }}{{ include "tempo.release.read" . }}{{ end -}}
TempoRelease
{{- end -}}

{{- define "tempo.release.read" -}}
{{- $ctx := . -}}
{{- $rel := dict "family" (include "tempo.family" . | fromJson) "rows" (.Files.Get "files/components.yaml" | fromYaml) -}}
{{- $known := .Files.Get "files/receivers.yaml" | fromYamlArray -}}
{{- $config := include "tempo.config" (dict "ctx" . "rel" $rel "receivers" $known) | fromJson -}}
{{- $server := $config.server -}}
{{- $tls := $server.http_tls_config | default dict -}}
{{- $receivers := list -}}
{{- range $known -}}
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
{{- $shared := include "tempo.shared" . | fromJson -}}
{{- $components := dict -}}
{{- $rel = merge $rel (dict "config" $config "receivers" $receivers "gossip" (and (eq $ctx.Values.mode "microservices") (hasKey $config "memberlist")) "other" $shared.other "components" $components
  "ports" (dict "http" (int $server.http_listen_port) "grpc" (int $server.grpc_listen_port) "gossip" (int (dig "bind_port" 7946 ($config.memberlist | default dict))))
  "scheme" (or $tls.cert_file $tls.cert | empty | ternary "HTTP" "HTTPS")) -}}
{{- /* A variable is quoted, because its value is put in before the YAML is read. */ -}}
{{- $_ := set $rel "text" (toYaml $config | replace "${KAFKA_SASL_USERNAME}" "'${KAFKA_SASL_USERNAME}'" | replace "${KAFKA_SASL_PASSWORD}" "'${KAFKA_SASL_PASSWORD}'") -}}
{{- $_ := set $rel "pods" (include "tempo.pods" (dict "ctx" . "config" $config "text" $rel.text) | fromJson) -}}
{{- range $key, $row := $rel.rows -}}
{{- $own := index $ctx.Values $key -}}
{{- $enabled := kindIs "invalid" $own.enabled | ternary $shared.tempo.enabled $own.enabled -}}
{{- if and $enabled (has $row.mode (list $ctx.Values.mode "any")) -}}
{{- /* A Deployment's strategy has fields that a StatefulSet refuses; the latter takes its own only. */ -}}
{{- $values := omit (ternary $shared.other $shared.tempo (empty $row.target)) (eq $row.kind "StatefulSet" | ternary "strategy" "") -}}
{{- $base := omit (get $ctx.Values ($row.base | default "") | default dict) "enabled" "roles" -}}
{{- range list $base $own }}{{ include "tempo.overlay" (list $values .) }}{{ end -}}
{{- $suffix := ternary "" $row.name (not (empty $row.bare)) -}}
{{- $governing := ternary $suffix (list $suffix $row.discovery | compact | join "-") (eq $row.service "headless") -}}
{{- $gossip := include "tempo.config.inMemberlist" (list $config $row.gossip) | empty | not -}}
{{- $c := mergeOverwrite (omit $row) (dict "values" $values "gossip" $gossip "suffix" $suffix
  "resource" (include "tempo.name" (list $ctx $suffix)) "governing" (include "tempo.name" (list $ctx $governing))) -}}
{{- $_ := set $c "ports" (include (printf "tempo.ports.%s" $row.parts) (dict "ctx" $ctx "rel" $rel "c" $c) | fromJsonArray) -}}
{{- $_ := set $components $key $c -}}
{{- end -}}
{{- end -}}
{{- $_ := set $rel "doors" (include "tempo.doors" (dict "ctx" . "rel" $rel) | fromJsonArray) -}}
{{- $_ := set . "TempoRelease" $rel -}}
{{- end -}}
