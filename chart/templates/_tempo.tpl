{{/* What is peculiar to a Tempo pod, as JSON: dict ctx, rel, c, zone. */}}
{{- define "tempo.parts.tempo" -}}
{{- $c := .c -}}
{{- $v := $c.values -}}
{{- $all := .rel.pods -}}
{{- $args := list (printf "-target=%s" $c.target) "-config.file=/conf/tempo.yaml" -}}
{{- if contains "${" .rel.text }}{{ $args = append $args "-config.expand-env=true" }}{{ end -}}
{{- with .zone.name }}{{ $args = append $args (printf "-live-store.instance-availability-zone=%s" .) }}{{ end -}}
{{- $env := list -}}
{{- with $v.goSettings.gogc }}{{ $env = append $env (dict "name" "GOGC" "value" (int . | toString)) }}{{ end -}}
{{- $memory := include "tempo.bytes" (dig "limits" "memory" "" $v.resources) | float64 -}}
{{- with mulf $memory (float64 ($v.goSettings.goMemLimitFactor | default 0)) | int64 }}{{ $env = append $env (dict "name" "GOMEMLIMIT" "value" (toString .)) }}{{ end -}}
{{- $data := list -}}
{{- if not (and (eq $c.kind "StatefulSet") $v.persistence.enabled) }}{{ $data = list (dict "name" "data" "emptyDir" $v.persistence.emptyDir) }}{{ end -}}
{{- dict "args" $args "env" (concat $env $all.env) "volumes" (concat $all.config $data $all.volumes) "mounts" $all.mounts
  "annotations" $all.annotations "scheme" .rel.scheme | toJson -}}
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
What is the same in every Tempo pod, as JSON: dict ctx, config, text. env, volumes and mounts, and the volumes of the
configuration by themselves, because they come first; most of it are credentials from existing Secrets.
*/}}
{{- define "tempo.pods" -}}
{{- $v := .ctx.Values -}}
{{- /* Overrides of tenants are read again at run time; only the configuration itself restarts a pod. */ -}}
{{- $annotations := dict "checksum/config" (sha256sum .text) -}}
{{- if $v.useExternalConfig }}{{ $annotations = dict "tempo/config-version" (toString $v.externalConfigVersion) }}{{ end -}}
{{- $secret := eq $v.configStorageType "Secret" -}}
{{- $config := dict (ternary "secretName" "name" $secret) (include "tempo.object" (list .ctx "config" $v.externalConfigSecretName))
  "items" (list (dict "key" "tempo.yaml" "path" "tempo.yaml")) -}}
{{- $runtime := dict "name" (include "tempo.object" (list .ctx "runtime" $v.externalRuntimeConfigName))
  "items" (list (dict "key" "overrides.yaml" "path" "overrides.yaml")) -}}
{{- $env := list -}}
{{- $volumes := list -}}
{{- $mounts := list (dict "name" "config" "mountPath" "/conf") (dict "name" "runtime-config" "mountPath" "/runtime-config") (dict "name" "data" "mountPath" "/var/tempo") -}}
{{- $store := $v.storage.secret -}}
{{- $backend := .config.storage.trace.backend -}}
{{- $variables := dict
  "s3" (list (list "AWS_ACCESS_KEY_ID" $store.keys.s3AccessKey) (list "AWS_SECRET_ACCESS_KEY" $store.keys.s3SecretKey) (list "AWS_SESSION_TOKEN" $store.keys.s3SessionToken))
  "azure" (list (list "AZURE_STORAGE_KEY" $store.keys.azureAccountKey)) -}}
{{- if $store.name -}}
{{- range get $variables $backend | default list -}}
{{- if last . }}{{ $env = append $env (dict "name" (first .) "valueFrom" (dict "secretKeyRef" (dict "name" $store.name "key" (last .)))) }}{{ end -}}
{{- end -}}
{{- if eq $backend "gcs" -}}
{{- $env = append $env (dict "name" "GOOGLE_APPLICATION_CREDENTIALS" "value" "/var/run/secrets/tempo/storage/account.json") -}}
{{- $volumes = append $volumes (dict "name" "storage-secret" "secret" (dict "secretName" $store.name "items" (list (dict "key" $store.keys.gcsAccount "path" "account.json")))) -}}
{{- $mounts = append $mounts (dict "name" "storage-secret" "mountPath" "/var/run/secrets/tempo/storage" "readOnly" true) -}}
{{- end -}}
{{- end -}}
{{- if and $v.storage.sharedClaim (eq $backend "local") -}}
{{- $volumes = append $volumes (dict "name" "storage" "persistentVolumeClaim" (dict "claimName" $v.storage.sharedClaim)) -}}
{{- $mounts = append $mounts (dict "name" "storage" "mountPath" .config.storage.trace.local.path) -}}
{{- end -}}
{{- if eq $v.mode "microservices" -}}
{{- with $v.ingest.sasl -}}
{{- if .existingSecret -}}
{{- $env = append $env (dict "name" "KAFKA_SASL_USERNAME" "valueFrom" (dict "secretKeyRef" (dict "name" .existingSecret "key" .usernameKey))) -}}
{{- $env = append $env (dict "name" "KAFKA_SASL_PASSWORD" "valueFrom" (dict "secretKeyRef" (dict "name" .existingSecret "key" .passwordKey))) -}}
{{- end -}}
{{- end -}}
{{- with $v.ingest.tls -}}
{{- if and .enabled .existingSecret -}}
{{- $volumes = append $volumes (dict "name" "kafka-tls" "secret" (dict "secretName" .existingSecret)) -}}
{{- $mounts = append $mounts (dict "name" "kafka-tls" "mountPath" "/var/run/secrets/tempo/kafka" "readOnly" true) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- dict "annotations" $annotations "env" $env "volumes" $volumes "mounts" $mounts
  "config" (list (dict "name" "config" (ternary "secret" "configMap" $secret) $config)
    (dict "name" "runtime-config" "configMap" $runtime)) | toJson -}}
{{- end -}}

{{/* A Kubernetes quantity in bytes; nothing is 0. */}}
{{- define "tempo.bytes" -}}
{{- $text := toString . -}}
{{- $unit := regexFind "[a-zA-Z]+$" $text -}}
{{- $units := dict "" 1 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 -}}
{{- mulf (trimSuffix $unit $text | default "0" | float64) (get $units $unit | default 0 | float64) -}}
{{- end -}}

{{/* Name of an object with a part of the configuration: (list context suffix external). */}}
{{- define "tempo.object" -}}
{{- $ctx := index . 0 -}}
{{- $external := $ctx.Values.useExternalConfig | ternary (include "tempo.text" (list $ctx (index . 2))) "" -}}
{{- $external | default (include "tempo.name" .) -}}
{{- end -}}
