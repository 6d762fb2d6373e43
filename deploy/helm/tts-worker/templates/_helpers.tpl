{{- define "tts-worker.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Of the Deployment's pods; a selector cannot change later. Argument: (list . "worker"). */}}
{{- define "tts-worker.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ default $root.Chart.Name $root.Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{- define "tts-worker.labels" -}}
{{ include "tts-worker.selector" . }}
{{- with index . 0 }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}
{{- end -}}

{{- define "tts-worker.redis" -}}
{{- if or .Values.redis.url .Values.redis.existingSecret -}}on{{- end -}}
{{- end -}}

{{/* What values.schema.json cannot say. */}}
{{- define "tts-worker.validate" -}}
{{- $v := .Values -}}
{{- if and $v.autoscaling.cpu.enabled $v.autoscaling.keda.enabled -}}
{{- fail "autoscaling.cpu.enabled and autoscaling.keda.enabled are both true; allowed: one of the two, since each sets the number of replicas" -}}
{{- end -}}
{{- if gt (int $v.autoscaling.minReplicas) (int $v.autoscaling.maxReplicas) -}}
{{- fail (printf "autoscaling.minReplicas is %d; allowed: at most autoscaling.maxReplicas, %d" (int $v.autoscaling.minReplicas) (int $v.autoscaling.maxReplicas)) -}}
{{- end -}}
{{- if and $v.redis.url $v.redis.existingSecret -}}
{{- fail "redis.url and redis.existingSecret are both set; allowed: one of the two" -}}
{{- end -}}
{{- if and $v.voices.existingClaim $v.voices.image -}}
{{- fail "voices.existingClaim and voices.image are both set; allowed: one of the two" -}}
{{- end -}}
{{- if and $v.tls.clientCertificates (not $v.tls.existingSecret) -}}
{{- fail "tls.clientCertificates is true without tls.existingSecret, whose ca.crt names the authority of the clients" -}}
{{- end -}}
{{- if and $v.envoy.enabled $v.tls.existingSecret -}}
{{- fail "envoy.enabled with tls.existingSecret: the chart's Envoy speaks with workers in clear text; end TLS in front of Envoy, or use an Envoy of your own" -}}
{{- end -}}
{{- range list "worker" "metrics" "tls" "auth" "redis" -}}
{{- if hasKey $v.config . -}}
{{- range $key := keys (index $v.config .) -}}
{{- if has $key (list "grpc_port" "prometheus_port" "drain_ms" "drain_grace_ms" "advertise_addr" "name" "cert_file" "key_file" "client_ca_file" "tokens_file" "url") -}}
{{- fail (printf "config: %s is set by the chart; use drain, ports, tls, tokens or redis of the values instead" $key) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* worker.yaml: what the chart decides, under .Values.config. POD_IP stands for the pod's address. */}}
{{- define "tts-worker.config" -}}
{{- $v := .Values -}}
{{- $worker := dict "grpc_port" (int $v.ports.grpc) "drain_grace_ms" (int $v.drain.graceMs) "drain_ms" (int $v.drain.drainMs) -}}
{{- if include "tts-worker.redis" . -}}
{{- $_ := set $worker "advertise_addr" (printf "grpc://POD_IP:%d" (int $v.ports.grpc)) -}}
{{- end -}}
{{- $config := dict "worker" $worker
    "voicepacks" (dict "auto_install" false)
    "metrics" (dict "prometheus_port" (int $v.ports.http)) -}}
{{- if $v.tls.existingSecret -}}
{{- $tls := dict "cert_file" "/etc/tts-worker/tls/tls.crt" "key_file" "/etc/tts-worker/tls/tls.key" -}}
{{- if $v.tls.clientCertificates -}}
{{- $_ := set $tls "client_ca_file" "/etc/tts-worker/tls/ca.crt" -}}
{{- end -}}
{{- $_ := set $config "tls" $tls -}}
{{- end -}}
{{- if $v.tokens.existingSecret -}}
{{- $_ := set $config "auth" (dict "tokens_file" "/etc/tts-worker/tokens/tokens") -}}
{{- end -}}
{{- if $v.envoy.enabled -}}
{{- /* Its connections carry the calls of all clients, whose interruptions together are no flood. */ -}}
{{- $_ := set $config "limits" (dict "max_resets" 100000) -}}
{{- end -}}
{{- toYaml (mustMergeOverwrite $config (deepCopy $v.config)) -}}
{{- end -}}

{{/* deploy/envoy/envoy.yaml with the headless Service in place of the two workers, for both clusters. */}}
{{- define "tts-worker.envoy" -}}
{{- $config := .Files.Get "files/envoy.yaml" | fromYaml -}}
{{- $service := dict "address" (printf "%s-headless.%s.svc" (include "tts-worker.fullname" .) .Release.Namespace) "port_value" (int .Values.ports.grpc) -}}
{{- $endpoints := list (dict "endpoint" (dict "address" (dict "socket_address" $service))) -}}
{{- range $config.static_resources.clusters -}}
{{- if hasPrefix "workers" .name -}}
{{- $_ := set (index .load_assignment.endpoints 0) "lb_endpoints" $endpoints -}}
{{- end -}}
{{- end -}}
{{- toYaml $config -}}
{{- end -}}
