{{- define "pantau.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "pantau.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "pantau.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "pantau.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "pantau.selector" -}}
app.kubernetes.io/name: {{ include "pantau.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "pantau.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "pantau.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "pantau.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "pantau.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* What each stage reads: KEDA counts the records that wait there. The consumer group has the stage's name. */}}
{{- define "pantau.reads" -}}
extractor: articles
enricher: articles.full
alerter: articles.enriched
indexer: articles.enriched
notifier: alerts
{{- end -}}

{{/* A service with the defaults it does not replace, as YAML. Takes (list . name). */}}
{{- define "pantau.service" -}}
{{- $root := index . 0 -}}
{{- mergeOverwrite (deepCopy $root.Values.defaults) (default dict (index $root.Values.services (index . 1))) | toYaml -}}
{{- end -}}

{{/* The Secrets in use, as YAML: where each is mounted, its items, and the setting or variable that names the file. */}}
{{- define "pantau.secrets" -}}
{{- $k := .Values.kafka -}}{{- $e := .Values.elasticsearch -}}{{- $s := .Values.smtp -}}
{{- if $k.passwordSecret.name }}
- {folder: kafka-password, name: {{ $k.passwordSecret.name }}, variable: PANTAU_KAFKA__PASSWORD_FILE, items: [{key: {{ $k.passwordSecret.key | quote }}, path: password}], file: password}
{{- end }}
{{- if $k.caSecret.name }}
- {folder: kafka-ca, name: {{ $k.caSecret.name }}, variable: PANTAU_KAFKA__CA_FILE, items: [{key: {{ $k.caSecret.key | quote }}, path: ca.crt}], file: ca.crt}
{{- end }}
{{- if $k.certSecret.name }}
- {folder: kafka-cert, name: {{ $k.certSecret.name }}, variable: PANTAU_KAFKA__CERT_FILE, items: [{key: {{ $k.certSecret.certKey | quote }}, path: user.crt}, {key: {{ $k.certSecret.keyKey | quote }}, path: user.key}], file: user.crt}
{{- end }}
{{- if $e.passwordSecret.name }}
- {folder: elasticsearch-password, name: {{ $e.passwordSecret.name }}, variable: PANTAU_ELASTICSEARCH__PASSWORD_FILE, items: [{key: {{ $e.passwordSecret.key | quote }}, path: password}], file: password}
{{- end }}
{{- if $e.apiKeySecret.name }}
- {folder: elasticsearch-api-key, name: {{ $e.apiKeySecret.name }}, variable: PANTAU_ELASTICSEARCH__API_KEY_FILE, items: [{key: {{ $e.apiKeySecret.key | quote }}, path: api_key}], file: api_key}
{{- end }}
{{- if $e.caSecret.name }}
- {folder: elasticsearch-ca, name: {{ $e.caSecret.name }}, variable: PANTAU_ELASTICSEARCH__CA_FILE, items: [{key: {{ $e.caSecret.key | quote }}, path: ca.crt}], file: ca.crt}
{{- end }}
{{- if $s.passwordSecret.name }}
- {folder: smtp-password, name: {{ $s.passwordSecret.name }}, variable: PANTAU_SMTP__PASSWORD_FILE, items: [{key: {{ $s.passwordSecret.key | quote }}, path: password}], file: password}
{{- end }}
{{- end -}}

{{/* pantau.toml: the settings of values.yaml, then what the chart sets itself. No secret is in it. */}}
{{- define "pantau.toml" -}}
{{- $k := .Values.kafka -}}{{- $e := .Values.elasticsearch -}}{{- $s := .Values.smtp -}}
{{- $kafka := dict "servers" $k.servers "prefix" $k.prefix "replication" $k.replication "security" $k.security "sasl_mechanism" $k.saslMechanism -}}
{{- if $k.partitions }}{{- $_ := set $kafka "partitions" $k.partitions -}}{{- end -}}
{{- if $k.username }}{{- $_ := set $kafka "username" $k.username -}}{{- end -}}
{{- if $k.tokenUrl }}{{- $_ := set $kafka "token_url" $k.tokenUrl -}}{{- end -}}
{{- if $k.tokenScope }}{{- $_ := set $kafka "token_scope" $k.tokenScope -}}{{- end -}}
{{- $elastic := dict "url" (first $e.urls) "more_urls" (rest $e.urls) "prefix" $e.prefix "shards" $e.shards "replicas" $e.replicas -}}
{{- if $e.username }}{{- $_ := set $elastic "username" $e.username -}}{{- end -}}
{{- $smtp := dict "port" $s.port "security" $s.security -}}
{{- if $s.host }}{{- $_ := set $smtp "host" $s.host -}}{{- end -}}
{{- if $s.sender }}{{- $_ := set $smtp "sender" $s.sender -}}{{- end -}}
{{- if $s.username }}{{- $_ := set $smtp "username" $s.username -}}{{- end -}}
{{- $names := list -}}
{{- range $name := keys .Values.services | sortAlpha -}}
{{- $names = append $names (printf "%s-%s" (include "pantau.fullname" $) $name) -}}
{{- end -}}
{{- $observe := dict "host" "0.0.0.0" "port" 9464 "allow_hosts" (append $names (printf "*.%s.svc" .Release.Namespace)) -}}
{{- $own := dict "log_level" .Values.logLevel "log_format" .Values.logFormat "kafka" $kafka "elasticsearch" $elastic "smtp" $smtp "observe" $observe -}}
{{- if .Values.dictionaries -}}
{{- $files := list -}}
{{- range $name := keys .Values.dictionaries | sortAlpha }}{{- $files = append $files (printf "/dictionaries/%s" $name) }}{{- end -}}
{{- $_ := set $own "enrich" (dict "dictionaries" $files) -}}
{{- end -}}
{{- mergeOverwrite (deepCopy .Values.settings) $own | toToml -}}
{{- end -}}
