{{/*
The components, one row each. To add a component, add a row here and a block of the same key to values.yaml.

  name       suffix of the resource names, component label and container name
  bare       the resource names are the release's own, without the suffix
  target     -target of Tempo; none: the component is not Tempo
  parts      what is not Tempo: memcached or gateway
  base       another component whose values stand below its own
  kind       Deployment or StatefulSet; the latter where the pod name must end in -<ordinal> or a disk outlives the pod
  mode       the mode it belongs to, or any
  gossip     always, never, or ring: only if its ring is kept in memberlist (measured on 3.0.3)
  service    client: follows ipFamilyPolicy and the service values; headless: one family, no address of its own
  discovery  suffix of a second, headless Service for clients that balance by themselves or for the pods' own names
  notReady   that second Service lists pods before they are ready: a query-frontend is ready once a querier has found it
  receivers  takes traces
  front      takes requests from outside the release
  optional   enabled: false is possible
*/}}
{{- define "tempo.components" -}}
monolithic:       {name: monolithic, bare: true, target: all, kind: StatefulSet, mode: monolithic, gossip: never, service: client, discovery: headless, receivers: true, front: true}
distributor:      {name: distributor, target: distributor, kind: Deployment, mode: microservices, gossip: always, service: client, discovery: discovery, receivers: true, front: true}
liveStore:        {name: live-store, target: live-store, kind: StatefulSet, mode: microservices, gossip: always, service: headless}
blockBuilder:     {name: block-builder, target: block-builder, kind: StatefulSet, mode: microservices, gossip: always, service: headless}
backendScheduler: {name: backend-scheduler, target: backend-scheduler, kind: StatefulSet, mode: microservices, gossip: never, service: headless}
backendWorker:    {name: backend-worker, target: backend-worker, kind: StatefulSet, mode: microservices, gossip: ring, service: headless}
querier:          {name: querier, target: querier, kind: Deployment, mode: microservices, gossip: always, service: client}
queryFrontend:    {name: query-frontend, target: query-frontend, kind: Deployment, mode: microservices, gossip: never, service: client, discovery: discovery, notReady: true, front: true}
metricsGenerator: {name: metrics-generator, target: metrics-generator, kind: StatefulSet, mode: microservices, gossip: always, service: headless, optional: true}
memcached:               {name: memcached, parts: memcached, kind: StatefulSet, mode: microservices, gossip: never, service: headless, optional: true}
memcachedBloom:          {name: memcached-bloom, parts: memcached, base: memcached, kind: StatefulSet, mode: microservices, gossip: never, service: headless, optional: true}
memcachedParquetFooter:  {name: memcached-parquet-footer, parts: memcached, base: memcached, kind: StatefulSet, mode: microservices, gossip: never, service: headless, optional: true}
memcachedFrontendSearch: {name: memcached-frontend-search, parts: memcached, base: memcached, kind: StatefulSet, mode: microservices, gossip: never, service: headless, optional: true}
gateway:                 {name: gateway, parts: gateway, kind: Deployment, mode: any, gossip: never, service: client, optional: true, front: true}
{{- end -}}

{{/* The receivers of Tempo 3, one row each: port name, place in distributor.receivers, place in .Values.traces. */}}
{{- define "tempo.receivers" -}}
- {name: otlp-grpc, path: [otlp, protocols, grpc], values: [otlp, grpc], protocol: TCP}
- {name: otlp-http, path: [otlp, protocols, http], values: [otlp, http], protocol: TCP}
- {name: jaeger-grpc, path: [jaeger, protocols, grpc], values: [jaeger, grpc], protocol: TCP}
- {name: jaeger-http, path: [jaeger, protocols, thrift_http], values: [jaeger, thriftHttp], protocol: TCP}
- {name: jaeger-compact, path: [jaeger, protocols, thrift_compact], values: [jaeger, thriftCompact], protocol: UDP}
- {name: jaeger-binary, path: [jaeger, protocols, thrift_binary], values: [jaeger, thriftBinary], protocol: UDP}
- {name: zipkin, path: [zipkin], values: [zipkin], protocol: TCP}
{{- end -}}
