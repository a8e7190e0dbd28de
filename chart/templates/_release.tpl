{{/*
Values over values: (list map values); the values are put into the map, key by key. Maps are merged, except those that
say one thing as a whole (a probe, an affinity); lists named extra... add up. null says nothing, but in maps whose keys
Kubernetes or the user chooses it takes the key away: those have a third item in the list, which is not empty.
A map below is copied before anything is put into it, because all components share it.
*/}}
{{- define "tempo.overlay" -}}
{{- $map := index . 0 -}}
{{- $isOpen := slice . 2 -}}
{{- $whole := list "affinity" "dnsConfig" "lifecycle" "livenessProbe" "nodeSelector" "readinessProbe" "startupProbe"
  "strategy" -}}
{{- $open := list "annotations" "appProtocol" "containerSecurityContext" "labels" "podAnnotations" "podLabels"
  "podSecurityContext" "resources" -}}
{{- range $key, $value := index . 1 -}}
{{- $below := get $map $key -}}
{{- if kindIs "map" $value -}}
{{- $copy := dict -}}
{{- if and (kindIs "map" $below) (not (has $key $whole)) }}{{ $copy = omit $below }}{{ end -}}
{{- $arguments := list $copy $value -}}
{{- if or $isOpen (has $key $open) }}{{ $arguments = append $arguments "open" }}{{ end -}}
{{- include "tempo.overlay" $arguments -}}
{{- $_ := set $map $key $copy -}}
{{- else if and (hasPrefix "extra" $key) (kindIs "slice" $value) -}}
{{- $_ := set $map $key (concat ($below | default list) $value | default list) -}}
{{- else if not (kindIs "invalid" $value) -}}
{{- $_ := set $map $key $value -}}
{{- else if $isOpen -}}
{{- $_ := unset $map $key -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What all components share, as JSON: defaults over global. .tempo is for Tempo, .other for what is not Tempo. */}}
{{- define "tempo.shared" -}}
{{- $g := .Values.global -}}
{{- $global := pick $g "priorityClassName" "podLabels" "goSettings" "extraArgs" "extraEnv" "extraEnvFrom" -}}
{{- $_ := set $global "image" (include "tempo.globalImage" $g | fromJson) -}}
{{- $_ := set $global "persistence" (dict "storageClass" $g.storageClass) -}}
{{- /* null in defaults takes away what stands there; the templates find nothing, not nil. */ -}}
{{- $persistence := dict "labels" dict "emptyDir" dict "claimTemplateName" "data" -}}
{{- $tempo := dict "autoscaling" (dict "metrics" list "keda" dict) "persistence" $persistence -}}
{{- range list "resources" "service" "podSecurityContext" "containerSecurityContext" "affinity" -}}
{{- $_ := set $tempo . dict -}}
{{- end -}}
{{- range list "extraArgs" "extraContainers" "extraEnv" "extraEnvFrom" "extraPorts" "extraVolumes"
  "extraVolumeMounts" -}}
{{- $_ := set $tempo . list -}}
{{- end -}}
{{- range list $global .Values.defaults }}{{ include "tempo.overlay" (list $tempo .) }}{{ end -}}
{{- $other := omit $tempo "goSettings" "lifecycle" "livenessProbe" "readinessProbe" "startupProbe" -}}
{{- $_ := set $other "image" (omit $tempo.image "repository" "tag" "digest") -}}
{{- $_ := set $other "extraArgs" list -}}
{{- dict "tempo" $tempo "other" $other | toJson -}}
{{- end -}}

{{/* Registry of all images and Secrets for pulling them, as JSON: .Values.global. */}}
{{- define "tempo.globalImage" -}}
{{- $registry := .imageRegistry | default "docker.io" -}}
{{- if not (kindIs "invalid" .image.registry) }}{{ $registry = .image.registry }}{{ end -}}
{{- $secrets := concat (.image.pullSecrets | default list) (.imagePullSecrets | default list) -}}
{{- dict "registry" $registry "pullSecrets" $secrets | toJson -}}
{{- end -}}

{{/*
The key of the chart's context that holds the release, which is computed once for all templates. It stands beside
.Values, where no value of the user can collide with it, and it is a map, because text would have to be parsed by
every template:
  family       tempo.family
  rows         files/components.yaml
  config       tempo.yaml as a map
  text         tempo.yaml as text
  ports        http, grpc and gossip
  scheme       HTTP or HTTPS, of Tempo's own server
  receivers    list of name, port, protocol, path and endpoint
  gossip       whether any component joins memberlist
  pods         tempo.pods
  other        tempo.shared for components that are not Tempo
  components   by key: tempo.release.component
  entrypoints  tempo.entrypoints
Ports are read from the merged configuration, so that an override in config reaches everything that names a port.
*/}}
{{- define "tempo.release" -}}
{{- if not (hasKey . "TempoRelease") }}{{ include "tempo.release.read" . }}{{ end -}}
TempoRelease
{{- end -}}

{{- define "tempo.release.read" -}}
{{- $ctx := . -}}
{{- $rel := dict "family" (include "tempo.family" . | fromJson)
  "rows" (.Files.Get "files/components.yaml" | fromYaml) -}}
{{- $known := .Files.Get "files/receivers.yaml" | fromYamlArray -}}
{{- $config := include "tempo.config" (dict "ctx" . "rel" $rel "receivers" $known) | fromJson -}}
{{- $_ := set $rel "config" $config -}}
{{- /* A variable is quoted, because its value is put in before the YAML is read. */ -}}
{{- $_ := set $rel "text" (toYaml $config | replace "${KAFKA_SASL_USERNAME}" "'${KAFKA_SASL_USERNAME}'"
  | replace "${KAFKA_SASL_PASSWORD}" "'${KAFKA_SASL_PASSWORD}'") -}}
{{- $gossip := dig "memberlist" "bind_port" 7946 $config -}}
{{- $_ := set $rel "ports" (dict "http" (int $config.server.http_listen_port)
  "grpc" (int $config.server.grpc_listen_port) "gossip" (int $gossip)) -}}
{{- $tls := $config.server.http_tls_config | default dict -}}
{{- $_ := set $rel "scheme" "HTTP" -}}
{{- if or $tls.cert_file $tls.cert }}{{ $_ := set $rel "scheme" "HTTPS" }}{{ end -}}
{{- $_ := set $rel "gossip" (and (eq .Values.mode "microservices") (hasKey $config "memberlist")) -}}
{{- $_ := set $rel "receivers" (include "tempo.release.receivers" (list $known $config) | fromJsonArray) -}}
{{- $_ := set $rel "pods" (include "tempo.pods" (dict "ctx" . "config" $config "text" $rel.text) | fromJson) -}}
{{- $shared := include "tempo.shared" . | fromJson -}}
{{- $_ := set $rel "other" $shared.other -}}
{{- $_ := set $rel "components" dict -}}
{{- range $key, $row := $rel.rows -}}
{{- $enabled := (get $ctx.Values $key).enabled -}}
{{- if kindIs "invalid" $enabled }}{{ $enabled = $shared.tempo.enabled }}{{ end -}}
{{- if and $enabled (has $row.mode (list $ctx.Values.mode "any")) -}}
{{- include "tempo.release.component" (dict "ctx" $ctx "rel" $rel "shared" $shared "key" $key "row" $row) -}}
{{- end -}}
{{- end -}}
{{- $_ := set $rel "entrypoints" (include "tempo.entrypoints" (dict "ctx" . "rel" $rel) | fromJsonArray) -}}
{{- $_ := set . "TempoRelease" $rel -}}
{{- end -}}

{{/* The receivers that the configuration has, as JSON: (list rows config), rows of files/receivers.yaml. */}}
{{- define "tempo.release.receivers" -}}
{{- $config := last . -}}
{{- $receivers := list -}}
{{- range $row := first . -}}
{{- $at := $config.distributor.receivers -}}
{{- $found := true -}}
{{- range $row.path -}}
{{- $found = and $found (hasKey $at .) -}}
{{- $at = get $at . | default dict -}}
{{- end -}}
{{- if $found -}}
{{- $endpoint := $at.endpoint | default "" -}}
{{- $receivers = append $receivers (dict "name" $row.name "protocol" $row.protocol "path" (join "." $row.path)
  "endpoint" $endpoint "port" (regexFind "[0-9]+$" $endpoint | int)) -}}
{{- end -}}
{{- end -}}
{{- toJson $receivers -}}
{{- end -}}

{{/*
Puts a component into the release: dict ctx, rel, shared, key, row. It is its row and
  key        its name in the values
  values     of the component, over those of its base, over what all components share
  suffix     suffix of the names of its objects
  resource   name of its workload and its Service
  governing  name of the Service of a StatefulSet
  gossip     whether its pods join memberlist
  ports      tempo.ports.NAME
*/}}
{{- define "tempo.release.component" -}}
{{- $own := get .ctx.Values .key -}}
{{- $row := omit .row -}}
{{- with $own.kind }}{{ $_ := set $row "kind" . }}{{ end -}}
{{- $shared := .shared.other -}}
{{- if $row.target }}{{ $shared = .shared.tempo }}{{ end -}}
{{- $values := omit $shared -}}
{{- /* A Deployment's strategy has fields that a StatefulSet refuses; the latter takes its own only. */ -}}
{{- if eq $row.kind "StatefulSet" }}{{ $values = omit $shared "strategy" }}{{ end -}}
{{- $base := omit (get .ctx.Values ($row.base | default "") | default dict) "enabled" "roles" -}}
{{- range list $base (omit $own "kind") }}{{ include "tempo.overlay" (list $values .) }}{{ end -}}
{{- $_ := set $values "service" (merge (dict) $values.service (dict "type" "ClusterIP")) -}}
{{- $suffix := $row.name -}}
{{- if hasKey $row "suffix" }}{{ $suffix = $row.suffix }}{{ end -}}
{{- $governing := list $suffix $row.discovery | compact | join "-" -}}
{{- if eq $row.service "headless" }}{{ $governing = $suffix }}{{ end -}}
{{- $gossip := include "tempo.config.inMemberlist" (list .rel.config $row.gossip) | empty | not -}}
{{- $c := mergeOverwrite (omit $row) (dict "key" .key "values" $values "gossip" $gossip "suffix" $suffix
  "resource" (include "tempo.name" (list .ctx $suffix)) "governing" (include "tempo.name" (list .ctx $governing))) -}}
{{- $_ := set $c "ports"
  (include (printf "tempo.ports.%s" $row.template) (dict "ctx" .ctx "rel" .rel "c" $c) | fromJsonArray) -}}
{{- $_ := set .rel.components .key $c -}}
{{- end -}}

{{/*
Where a value of a component is set, for messages: (list context key path). It is the block of the component, or of its
base, or defaults, or global; the block of the component if none of them has it. Of a list that adds up, it is where a
fourth item of the arguments is.
*/}}
{{- define "tempo.origin" -}}
{{- $ctx := index . 0 -}}
{{- $key := index . 1 -}}
{{- $path := index . 2 -}}
{{- $item := slice . 3 -}}
{{- $base := (get (get $ctx (include "tempo.release" $ctx)).rows $key).base -}}
{{- $origin := "" -}}
{{- range $block := list $key $base "defaults" "global" | compact -}}
{{- $value := get $ctx.Values $block -}}
{{- range splitList "." $path -}}
{{- if kindIs "map" $value }}{{ $value = get $value . }}{{ else }}{{ $value = "" }}{{ end -}}
{{- end -}}
{{- $isSet := not (or (kindIs "invalid" $value) (has (toString $value) (list "" "[]" "map[]"))) -}}
{{- if $item }}{{ $isSet = and (kindIs "slice" $value) (has (first $item) ($value | default list)) }}{{ end -}}
{{- if and $isSet (not $origin) }}{{ $origin = $block }}{{ end -}}
{{- end -}}
{{- printf "%s.%s" ($origin | default $key) $path -}}
{{- end -}}
