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
{{- $f := dict -}}
{{- if eq .Values.addressFamily "IPv4" -}}
{{- $f = dict "name" "IPv4" "other" "IPv6" "inet6" false "bind" "0.0.0.0" "listen" "0.0.0.0" "host" "0.0.0.0"
  "loopback" "127.0.0.1" "any" (list "0.0.0.0/0" "::/0") "resolve" "ipv6=off" "curl" "-4" -}}
{{- else -}}
{{- $f = dict "name" "IPv6" "other" "IPv4" "inet6" true "bind" "::" "listen" "::0" "host" "[::]"
  "loopback" "[::1]" "any" (list "::/0" "0.0.0.0/0") "resolve" "ipv4=off" "curl" "-6" -}}
{{- end -}}
{{- $_ := set $f "policy" .Values.ipFamilyPolicy -}}
{{- /* Both families are written out for Prefer- and RequireDualStack: an API server that added the second one by
itself refuses the next upgrade ("must be 'SingleStack' to release the secondary IP family"). */ -}}
{{- $_ := set $f "families" (list $f.name $f.other) -}}
{{- if eq .Values.ipFamilyPolicy "SingleStack" -}}
{{- $_ := set $f "families" (list $f.name) -}}
{{- $_ := set $f "any" (list (first $f.any)) -}}
{{- end -}}
{{- /* kubelet probes the primary family of the cluster, which may be the other one, so the gateway listens on both.
Every kernel has IPv4; where it has no IPv6, nginx stops on "listen [::]". */ -}}
{{- $_ := set $f "nginx" (list "") -}}
{{- if or $f.inet6 .Values.clusterHasIPv6 (eq .Values.ipFamilyPolicy "RequireDualStack") -}}
{{- $_ := set $f "nginx" (list "" "[::]:") -}}
{{- end -}}
{{- toJson $f -}}
{{- end -}}

{{/* Family of an address that may stand in brackets and with a port: IPv4, IPv6, or nothing for a name. */}}
{{- define "tempo.family.of" -}}
{{- $host := regexReplaceAll "^(dns|dnssrv|dnssrvnoa)[+]|^(dns|passthrough):///|^https?://|/.*$" (toString .) "" -}}
{{- if regexMatch "^[0-9]+([.][0-9]+){3}(:[0-9]+)?$" $host -}}
IPv4
{{- else if regexMatch "(?i)^\\[?(::|(0+:){1,5}:?)ffff:[0-9a-f:]*[0-9.]*" $host -}}
{{- /* Go and Linux connect to an IPv4 address that is mapped into IPv6 over IPv4. */ -}}
IPv4
{{- else if regexMatch "^\\[?[0-9a-fA-F.]*:[0-9a-fA-F.:]*:" $host -}}
IPv6
{{- end -}}
{{- end -}}

{{/*
Refuses an address of the other family that pods connect to: (list ask address), ask being the dict of tempo.types.check
for the value that is the address, or contains it.
*/}}
{{- define "tempo.family.dialled" -}}
{{- $ask := first . -}}
{{- $address := last . -}}
{{- $f := include "tempo.family" $ask.ctx | fromJson -}}
{{- $verb := "has" -}}
{{- if eq $address (toString $ask.value) }}{{ $verb = "is" }}{{ end -}}
{{- $shown := regexReplaceAll "^([a-z]+://)[^/@]*@" $address "${1}***@" -}}
{{- include "tempo.refuse" (list
  (eq (include "tempo.family.of" $address) $f.other)
  $ask.at
  (printf "%s %q, an %s address" $verb $shown $f.other)
  (printf "addressFamily is %s, and the pods connect to this address" $f.name)
  (printf "%s to a name, or to an %s address" $ask.at $f.name)) -}}
{{- end -}}

{{/* The fixed bits of a network such as fd00::/8, behind the number of its family: 4 or 6. */}}
{{- define "tempo.family.prefix" -}}
{{- $address := splitList "/" . | first -}}
{{- $length := splitList "/" . | last | int -}}
{{- $family := "4" -}}
{{- $bits := "" -}}
{{- if contains ":" $address -}}
{{- $family = "6" -}}
{{- range include "tempo.family.parts" $address | splitList ":" -}}
{{- $bits = printf "%s%016b" $bits (int64 (print "0x" .)) -}}
{{- end -}}
{{- else -}}
{{- range splitList "." $address }}{{ $bits = printf "%s%08b" $bits (int64 .) }}{{ end -}}
{{- end -}}
{{- print $family (trunc $length $bits) -}}
{{- end -}}

{{/* An IPv6 address with all its eight parts, hexadecimal, for one in any notation. */}}
{{- define "tempo.family.parts" -}}
{{- $address := . -}}
{{- with regexFind "[0-9]+([.][0-9]+){3}$" $address -}}
{{- $bytes := list -}}
{{- range splitList "." . }}{{ $bytes = append $bytes (int64 .) }}{{ end -}}
{{- $last := printf "%02x%02x:%02x%02x" (index $bytes 0) (index $bytes 1) (index $bytes 2) (index $bytes 3) -}}
{{- $address = print (trimSuffix . $address) $last -}}
{{- end -}}
{{- $around := splitList "::" $address -}}
{{- $parts := splitList ":" (first $around) | compact -}}
{{- $end := list -}}
{{- if gt (len $around) 1 }}{{ $end = splitList ":" (last $around) | compact }}{{ end -}}
{{- range until (sub 8 (add (len $parts) (len $end)) | int) }}{{ $parts = append $parts "0" }}{{ end -}}
{{- concat $parts $end | join ":" -}}
{{- end -}}
