{{/* What the pods of services and of the setup have in common. Takes (dict "root" . "config" NAME-OF-CONFIGMAP). */}}
{{- define "pantau.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "pantau.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{- define "pantau.image" -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}

{{- define "pantau.env" -}}
{{- $root := .root -}}
- {name: PANTAU_DATA, value: /data}
- {name: PANTAU_CONFIG, value: /config/pantau.toml}
# The image has both as variables, which win over the file.
- {name: PANTAU_OBSERVE__HOST, value: 0.0.0.0}
- {name: PANTAU_OBSERVE__PORT, value: "9464"}
{{- range include "pantau.secrets" $root | fromYamlArray }}
- {name: {{ .variable }}, value: /secrets/{{ .folder }}/{{ .file }}}
{{- end }}
{{- if $root.Values.kafka.certSecret.name }}
- {name: PANTAU_KAFKA__KEY_FILE, value: /secrets/kafka-cert/user.key}
{{- end }}
{{- if $root.Values.kafka.serviceAccountToken.enabled }}
- {name: PANTAU_KAFKA__TOKEN_FILE, value: /secrets/kafka-token/token}
{{- end }}
{{- end -}}

{{- define "pantau.mounts" -}}
{{- $root := .root -}}
- {name: data, mountPath: /data}
- {name: tmp, mountPath: /tmp}
- {name: config, mountPath: /config, readOnly: true}
{{- if $root.Values.dictionaries }}
- {name: dictionaries, mountPath: /dictionaries, readOnly: true}
{{- end }}
{{- range include "pantau.secrets" $root | fromYamlArray }}
- {name: {{ .folder }}, mountPath: /secrets/{{ .folder }}, readOnly: true}
{{- end }}
{{- if $root.Values.kafka.serviceAccountToken.enabled }}
- {name: kafka-token, mountPath: /secrets/kafka-token, readOnly: true}
{{- end }}
{{- end -}}

{{- define "pantau.volumes" -}}
{{- $root := .root -}}
- name: tmp
  emptyDir: {sizeLimit: 64Mi}
- name: config
  configMap: {name: {{ .config }}}
{{- if $root.Values.dictionaries }}
- name: dictionaries
  configMap: {name: {{ .dictionaries }}}
{{- end }}
{{- range include "pantau.secrets" $root | fromYamlArray }}
- name: {{ .folder }}
  secret:
    secretName: {{ .name }}
    defaultMode: 0440
    items: {{ .items | toJson }}
{{- end }}
{{- with $root.Values.kafka.serviceAccountToken }}
{{- if .enabled }}
- name: kafka-token
  projected:
    defaultMode: 0440
    sources:
      - serviceAccountToken: {path: token, audience: {{ .audience | quote }}, expirationSeconds: {{ int .expirationSeconds }}}
{{- end }}
{{- end }}
{{- end -}}
