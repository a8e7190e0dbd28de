{{/*
Name of a resource: (list context suffix). Cut to 52 characters with the suffix kept whole: a StatefulSet's name stands
in the label controller-revision-hash together with ten more, and labels end at 63. A cut name carries a hash,
so that two long names that begin alike stay two names.
*/}}
{{- define "tempo.name" -}}
{{- $ctx := index . 0 -}}
{{- $suffix := index . 1 -}}
{{- $name := default $ctx.Chart.Name $ctx.Values.nameOverride -}}
{{- $base := $ctx.Release.Name -}}
{{- if not (contains $name $base) }}{{ $base = printf "%s-%s" $base $name }}{{ end -}}
{{- $base = default $base $ctx.Values.fullnameOverride -}}
{{- $max := 52 -}}
{{- if $suffix }}{{ $max = sub 51 (len $suffix) | int }}{{ end -}}
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
app.kubernetes.io/name: {{ default $ctx.Chart.Name $ctx.Values.nameOverride | quote }}
app.kubernetes.io/instance: {{ $ctx.Release.Name | quote }}
{{- with index . 1 }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end -}}

{{/* Labels of a resource: (list context component labels); what the chart says stands. */}}
{{- define "tempo.labels" -}}
{{- $ctx := index . 0 -}}
{{- $own := dict
  "app.kubernetes.io/name" (default $ctx.Chart.Name $ctx.Values.nameOverride)
  "app.kubernetes.io/instance" $ctx.Release.Name
  "app.kubernetes.io/version" $ctx.Chart.AppVersion
  "app.kubernetes.io/managed-by" $ctx.Release.Service
  "helm.sh/chart" (printf "%s-%s" $ctx.Chart.Name $ctx.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") -}}
{{- with index . 1 }}{{ $_ := set $own "app.kubernetes.io/component" . }}{{ end -}}
{{- $g := $ctx.Values.global -}}
{{- $labels := dict -}}
{{- include "tempo.overlay" (list $labels
  (merge $own (index . 2 | default dict) ($g.commonLabels | default dict) ($g.labels | default dict))) -}}
{{- include "tempo.text" (list $ctx $labels) -}}
{{- end -}}

{{/*
metadata of a resource: dict ctx, name, namespace, component, labels, annotations.
*/}}
{{- define "tempo.metadata" -}}
name: {{ toYaml .name }}
namespace: {{ include "tempo.single" (list .ctx (.namespace | default .ctx.Release.Namespace)) }}
labels:
  {{- include "tempo.labels" (list .ctx .component .labels) | nindent 2 }}
{{- include "tempo.fields" (list .ctx 0 (list "annotations" .annotations)) }}
{{- end -}}

{{/*
A value as YAML: (list context value); nothing for null, which YAML would have as a word. Templates in it are run, so
that it can contain the name of the release.
*/}}
{{- define "tempo.text" -}}
{{- $text := index . 1 -}}
{{- if kindIs "invalid" $text }}{{ $text = "" }}{{ end -}}
{{- if not (kindIs "string" $text) }}{{ $text = toYaml $text }}{{ end -}}
{{- if contains "{{" $text -}}
{{- include "tempo.text.check" (list (index . 0) $text) -}}
{{- tpl $text (index . 0) -}}
{{- else -}}
{{- $text -}}
{{- end -}}
{{- end -}}

{{/*
Refuses a text whose templates are for another program: (list context text). Helm would stop too, but not say what to
do. It is a variable that the text does not define, as in Prometheus, or a function of Vault, Kyverno, Argo or
Prometheus.
*/}}
{{- define "tempo.text.check" -}}
{{- $values := (first .).Values -}}
{{- $foreign := "^[{][{]-?\\s*((with|range|if)\\s+)?(secret|request|workflow|inputs|humanize[A-Za-z0-9]*)\\b" -}}
{{- $defined := regexFindAll "([$][A-Za-z0-9_]+ *, *)?[$][A-Za-z0-9_]+ *:=" (last .) -1 | join " " -}}
{{- $literal := "\"(\\\\.|[^\"\\\\])*\"|`[^`]*`|/[*](?s:.*?)[*]/" -}}
{{- range regexFindAll (printf "[{][{](%s|[^\"`}])*[}][}]" $literal) (last .) -1 -}}
{{- $action := regexReplaceAll $literal . "" -}}
{{- $words := regexFindAll "[$][A-Za-z_][A-Za-z0-9_]*" $action -1 -}}
{{- with regexFind $foreign $action }}{{ $words = append $words (regexFind "[A-Za-z0-9]+$" .) }}{{ end -}}
{{- range $word := $words -}}
{{- if not (regexMatch (printf "%s\\b" (regexQuoteMeta $word)) $defined) -}}
{{- $inBraces := printf "[{][{]-?(.*[^.\\w])?%s\\b" (regexQuoteMeta $word) -}}
{{- $blocks := list -}}
{{- range $key, $value := $values -}}
{{- if regexMatch $inBraces (toYaml $value) }}{{ $blocks = append $blocks $key }}{{ end -}}
{{- end -}}
{{- include "tempo.refuse" (list
  true
  $word
  (printf "is in {{ }} in %s, and Helm has no such %s" (join " or " $blocks | default "a value")
    (hasPrefix "$" $word | ternary "variable" "function"))
  "the chart runs this value as a template of Helm"
  (printf "{{`{{ %s ... }}`}} in this value, so that the braces reach the other program" $word)
  "docs/values.md") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
A single text as YAML: (list context text). Templates in it are run. toYaml quotes a text only if it would be read as
something else, such as a name of digits.
*/}}
{{- define "tempo.single" }}{{ include "tempo.text" . | toYaml }}{{ end -}}

{{/*
Those entries of a map that are not empty, as YAML on lines of their own: (list context map indentation). 0 and false
are not empty.
*/}}
{{- define "tempo.given" -}}
{{- $given := dict -}}
{{- range $key, $value := index . 1 -}}
{{- $isSet := not (has (kindOf $value) (list "invalid" "string" "slice" "map")) -}}
{{- if or $value $isSet }}{{ $_ := set $given $key $value }}{{ end -}}
{{- end -}}
{{- if $given }}{{ include "tempo.text" (list (first .) $given) | nindent (last .) }}{{ end -}}
{{- end -}}

{{/*
Those of some fields that are not empty, in this order: (list context indentation (list field value)...). null in a map
takes away what an earlier file of values sets.
*/}}
{{- define "tempo.fields" -}}
{{- $ctx := index . 0 -}}
{{- $indentation := index . 1 -}}
{{- range slice . 2 -}}
{{- $field := first . -}}
{{- $value := last . -}}
{{- if kindIs "map" $value }}{{ $value = dict }}{{ include "tempo.overlay" (list $value (last .)) }}{{ end -}}
{{- with $value -}}
{{- include "tempo.text" (list $ctx .) | nindent 2 | printf "%s:%s" $field | nindent $indentation -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Secrets to pull images with: (list context secrets indentation), each a name or a map with name. */}}
{{- define "tempo.pullSecrets" -}}
{{- $ctx := first . -}}
{{- $names := list -}}
{{- range index . 1 -}}
{{- $name := . -}}
{{- if kindIs "map" . }}{{ $name = .name }}{{ end -}}
{{- with $name }}{{ $names = append $names (include "tempo.single" (list $ctx .)) }}{{ end -}}
{{- end -}}
{{- if $names -}}
{{- nindent (last .) "imagePullSecrets:" -}}
{{- range uniq $names }}{{ printf "- name: %s" . | nindent (add 2 (last $) | int) }}{{ end -}}
{{- end -}}
{{- end -}}

{{/*
A list without duplicates of a key, as JSON: (list key items). The last item wins; server-side apply refuses duplicates.
*/}}
{{- define "tempo.unique" -}}
{{- $key := index . 0 -}}
{{- $last := dict -}}
{{- range index . 1 }}{{ $_ := set $last (get . $key) . }}{{ end -}}
{{- $out := list -}}
{{- range index . 1 }}{{ $out = append $out (get $last (get . $key)) }}{{ end -}}
{{- uniq $out | toJson -}}
{{- end -}}
