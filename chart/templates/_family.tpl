{{/*
Everything that depends on the address family, and nothing else, stands in this file.
All the templates ask here; a literal address anywhere else in the chart is a mistake.

  name      the family F                       families  ipFamilies of a client-facing Service
  inet6     enable_inet6 of every ring         policy    ipFamilyPolicy of a client-facing Service
  bind      wildcard of memberlist.bind_addr   host      wildcard as it stands in host:port
  listen    wildcard of the server listeners   loopback  this pod, as it stands in host:port
  any       CIDRs of everybody who may come    nginx     what stands before the port in each listen of the gateway
  curl      option that makes curl take F      resolve   option that makes nginx ask for F alone
*/}}
{{- define "tempo.family" -}}
{{- $v6 := ne .Values.addressFamily "IPv4" -}}
{{- $dual := ne .Values.ipFamilyPolicy "SingleStack" -}}
{{- /* kubelet probes the primary family of the cluster, which may be the other one, so the gateway listens on both.
Every kernel has IPv4; where it has no IPv6, nginx stops on "listen [::]". */ -}}
{{- $hasIPv6 := or .Values.clusterHasIPv6 (eq .Values.ipFamilyPolicy "RequireDualStack") -}}
{{- $name := ternary "IPv6" "IPv4" $v6 -}}
{{- $other := ternary "IPv4" "IPv6" $v6 -}}
{{- /* Both families are written out for Prefer- and RequireDualStack: an API server that added the second one by
itself refuses the next upgrade ("must be 'SingleStack' to release the secondary IP family"). */ -}}
{{- dict
  "name"      $name
  "other"     $other
  "inet6"     $v6
  "families"  (ternary (list $name $other) (list $name) $dual)
  "policy"    .Values.ipFamilyPolicy
  "bind"      (ternary "::" "0.0.0.0" $v6)
  "listen"    (ternary "::0" "0.0.0.0" $v6)
  "host"      (ternary "[::]" "0.0.0.0" $v6)
  "loopback"  (ternary "[::1]" "127.0.0.1" $v6)
  "any"       (ternary (ternary (list "::/0" "0.0.0.0/0") (list "0.0.0.0/0" "::/0") $v6) (list (ternary "::/0" "0.0.0.0/0" $v6)) $dual)
  "nginx"     (ternary (list "" "[::]:") (list "") (or $v6 $hasIPv6))
  "resolve"   (ternary "ipv4=off" "ipv6=off" $v6)
  "curl"      (ternary "-6" "-4" $v6)
  | toJson -}}
{{- end -}}

{{/* Family of an address that may stand in brackets and with a port: IPv4, IPv6, or nothing for a name. */}}
{{- define "tempo.family.of" -}}
{{- $host := regexReplaceAll "^(dns|dnssrv|dnssrvnoa)[+]|^https?://|/.*$" (toString .) "" -}}
{{- if regexMatch "^[0-9]+([.][0-9]+){3}(:[0-9]+)?$" $host -}}IPv4{{- else if regexMatch "^\\[?[0-9a-fA-F.]*:[0-9a-fA-F.:]*:" $host -}}IPv6{{- end -}}
{{- end -}}
