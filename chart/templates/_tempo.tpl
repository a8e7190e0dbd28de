{{/* What Tempo adds to the pod of a component, as JSON: dict ctx, rel, c, zone. */}}
{{- define "tempo.pod.tempo" -}}
{{- $c := .c -}}
{{- $v := $c.values -}}
{{- $all := .rel.pods -}}
{{- $args := list (printf "-target=%s" $c.target) "-config.file=/conf/tempo.yaml" -}}
{{- $read := print .rel.text (toYaml .ctx.Values.per_tenant_overrides) -}}
{{- if include "tempo.config.hasVariables" $read }}{{ $args = append $args "-config.expand-env=true" }}{{ end -}}
{{- with .zone.name }}{{ $args = append $args (printf "-live-store.instance-availability-zone=%s" .) }}{{ end -}}
{{- with $v.shutdownDelay }}{{ $args = append $args (printf "-shutdown-delay=%s" .) }}{{ end -}}
{{- $env := list -}}
{{- with $v.goSettings.gogc }}{{ $env = append $env (dict "name" "GOGC" "value" (int . | toString)) }}{{ end -}}
{{- $memory := include "tempo.quantity" (dig "limits" "memory" "" $v.resources) | float64 -}}
{{- with mulf $memory (float64 ($v.goSettings.goMemLimitFactor | default 0)) | int64 -}}
{{- $env = append $env (dict "name" "GOMEMLIMIT" "value" (toString .)) -}}
{{- end -}}
{{- $data := include "tempo.pod.tempo.data" $c | fromJsonArray -}}
{{- $mounts := append $all.configMounts (dict "name" $v.persistence.claimTemplateName "mountPath" "/var/tempo") -}}
{{- dict "args" $args "env" (concat $env $all.env) "volumes" (concat $all.config $data $all.volumes)
  "mounts" (concat $mounts $all.mounts) "annotations" $all.annotations "scheme" .rel.scheme | toJson -}}
{{- end -}}

{{/* The volume of /var/tempo in the pod of a component, as a JSON list; a claim template needs none there. */}}
{{- define "tempo.pod.tempo.data" -}}
{{- $p := .values.persistence -}}
{{- /* Without a disk of its own a pod keeps its data as long as it lives. */ -}}
{{- $volumes := list (dict "name" $p.claimTemplateName "emptyDir" $p.emptyDir) -}}
{{- if and (eq .kind "StatefulSet") $p.enabled -}}
{{- $volumes = list -}}
{{- with $p.existingClaim -}}
{{- $volumes = list (dict "name" $p.claimTemplateName "persistentVolumeClaim" (dict "claimName" .)) -}}
{{- end -}}
{{- end -}}
{{- toJson $volumes -}}
{{- end -}}

{{/* Where a Tempo listens, as JSON for its container, its Services and its NetworkPolicy alike: dict ctx, rel, c. */}}
{{- define "tempo.ports.tempo" -}}
{{- $at := .rel.ports -}}
{{- $ports := list
  (dict "name" "http-metrics" "port" $at.http "protocol" "TCP")
  (dict "name" "grpc" "port" $at.grpc "protocol" "TCP") -}}
{{- if .c.gossip }}{{ $ports = append $ports (dict "name" "gossip" "port" $at.gossip "protocol" "TCP") }}{{ end -}}
{{- if .c.receivers }}{{ $ports = concat $ports .rel.receivers }}{{ end -}}
{{- toJson $ports -}}
{{- end -}}

{{/*
What every Tempo pod has, as JSON: dict ctx, config, text. It is annotations; config and configMounts, the volumes and
mounts of the configuration; and env, volumes and mounts, which are mostly credentials from existing Secrets.
*/}}
{{- define "tempo.pods" -}}
{{- $v := .ctx.Values -}}
{{- $pods := dict "env" list "volumes" list "mounts" list "configMounts" (list
  (dict "name" "config" "mountPath" "/conf")
  (dict "name" "runtime-config" "mountPath" "/runtime-config")) -}}
{{- /* Overrides of tenants are read again at run time; only the configuration itself restarts a pod. */ -}}
{{- $_ := set $pods "annotations" (dict "checksum/config" (sha256sum .text)) -}}
{{- if $v.useExternalConfig -}}
{{- $_ := set $pods "annotations" (dict "tempo/config-version" (toString $v.externalConfigVersion)) -}}
{{- end -}}
{{- $name := include "tempo.object" (list .ctx "config" $v.externalConfigSecretName) -}}
{{- $items := list (dict "key" "tempo.yaml" "path" "tempo.yaml") -}}
{{- $config := dict "name" "config" "configMap" (dict "name" $name "items" $items) -}}
{{- if eq $v.configStorageType "Secret" -}}
{{- $config = dict "name" "config" "secret" (dict "secretName" $name "items" $items) -}}
{{- end -}}
{{- $runtime := dict "name" (include "tempo.object" (list .ctx "runtime" $v.externalRuntimeConfigName))
  "items" (list (dict "key" "overrides.yaml" "path" "overrides.yaml")) -}}
{{- $_ := set $pods "config" (list $config (dict "name" "runtime-config" "configMap" $runtime)) -}}
{{- include "tempo.pods.storage" (dict "ctx" .ctx "config" .config "pods" $pods) -}}
{{- if eq $v.mode "microservices" }}{{ include "tempo.pods.kafka" (dict "ctx" .ctx "pods" $pods) }}{{ end -}}
{{- toJson $pods -}}
{{- end -}}

{{/* Puts into pods what opens the storage: dict ctx, config, pods. */}}
{{- define "tempo.pods.storage" -}}
{{- $v := .ctx.Values -}}
{{- $pods := .pods -}}
{{- $secret := $v.storage.secret -}}
{{- $backend := .config.storage.trace.backend -}}
{{- $variables := dict
  "s3" (list
    (list "AWS_ACCESS_KEY_ID" $secret.keys.s3AccessKey)
    (list "AWS_SECRET_ACCESS_KEY" $secret.keys.s3SecretKey)
    (list "AWS_SESSION_TOKEN" $secret.keys.s3SessionToken))
  "azure" (list (list "AZURE_STORAGE_KEY" $secret.keys.azureAccountKey)) -}}
{{- if $secret.name -}}
{{- range get $variables $backend | default list -}}
{{- if last . }}{{ include "tempo.pods.variable" (list $pods (first .) $secret.name (last .)) }}{{ end -}}
{{- end -}}
{{- if eq $backend "gcs" -}}
{{- $folder := "/var/run/secrets/tempo/storage" -}}
{{- $file := dict "name" "GOOGLE_APPLICATION_CREDENTIALS" "value" (printf "%s/account.json" $folder) -}}
{{- $_ := set $pods "env" (append $pods.env $file) -}}
{{- $items := list (dict "key" $secret.keys.gcsAccount "path" "account.json") -}}
{{- $volume := dict "name" "storage-secret" "secret" (dict "secretName" $secret.name "items" $items) -}}
{{- include "tempo.pods.volume" (list $pods $volume $folder true) -}}
{{- end -}}
{{- end -}}
{{- if and $v.storage.sharedClaim (eq $backend "local") -}}
{{- $volume := dict "name" "storage" "persistentVolumeClaim" (dict "claimName" $v.storage.sharedClaim) -}}
{{- include "tempo.pods.volume" (list $pods $volume .config.storage.trace.local.path false) -}}
{{- end -}}
{{- end -}}

{{/* Puts into pods what opens Kafka: dict ctx, pods. */}}
{{- define "tempo.pods.kafka" -}}
{{- $pods := .pods -}}
{{- with .ctx.Values.ingest.sasl -}}
{{- if .existingSecret -}}
{{- include "tempo.pods.variable" (list $pods "KAFKA_SASL_USERNAME" .existingSecret .usernameKey) -}}
{{- include "tempo.pods.variable" (list $pods "KAFKA_SASL_PASSWORD" .existingSecret .passwordKey) -}}
{{- end -}}
{{- end -}}
{{- with .ctx.Values.ingest.tls -}}
{{- if and .enabled .existingSecret -}}
{{- $volume := dict "name" "kafka-tls" "secret" (dict "secretName" .existingSecret) -}}
{{- include "tempo.pods.volume" (list $pods $volume "/var/run/secrets/tempo/kafka" true) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Puts a variable from a Secret into pods: (list pods variable secret key). */}}
{{- define "tempo.pods.variable" -}}
{{- $pods := first . -}}
{{- $from := dict "secretKeyRef" (dict "name" (index . 2) "key" (index . 3)) -}}
{{- $_ := set $pods "env" (append $pods.env (dict "name" (index . 1) "valueFrom" $from)) -}}
{{- end -}}

{{/* Puts a volume into pods, and where it is mounted: (list pods volume path readOnly). */}}
{{- define "tempo.pods.volume" -}}
{{- $pods := first . -}}
{{- $volume := index . 1 -}}
{{- $mount := dict "name" $volume.name "mountPath" (index . 2) -}}
{{- if last . }}{{ $_ := set $mount "readOnly" true }}{{ end -}}
{{- $_ := set $pods "volumes" (append $pods.volumes $volume) -}}
{{- $_ := set $pods "mounts" (append $pods.mounts $mount) -}}
{{- end -}}

{{/* A duration of Go in seconds, such as 1m30s; nothing and what is no duration are 0. */}}
{{- define "tempo.seconds" -}}
{{- $units := dict "h" 3600 "m" 60 "s" 1 "ms" 0.001 -}}
{{- $seconds := 0.0 -}}
{{- range regexFindAll "[0-9.]+(ms|s|m|h)" (toString .) -1 -}}
{{- $unit := regexFind "[a-z]+$" . -}}
{{- $seconds = addf $seconds (mulf (trimSuffix $unit . | float64) (get $units $unit | float64)) -}}
{{- end -}}
{{- $seconds -}}
{{- end -}}

{{/* Name of an object with a part of the configuration: (list context suffix external). */}}
{{- define "tempo.object" -}}
{{- $ctx := first . -}}
{{- $external := "" -}}
{{- if $ctx.Values.useExternalConfig }}{{ $external = include "tempo.text" (list $ctx (last .)) }}{{ end -}}
{{- $external | default (include "tempo.name" .) -}}
{{- end -}}
