{{/* What pods of the chart have in common. */}}

{{- define "windrow.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* The command as a client of the server: one container, without its name. Takes (dict "root" $ "args" LIST), and "mounts" LIST where it sees more. */}}
{{- define "windrow.client" -}}
image: {{ include "windrow.image" .root }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
args: {{ toJson .args }}
env:
  - name: WINDROW_SERVER
    value: {{ include "windrow.url" .root }}
  {{- if include "windrow.authority" .root }}
  - name: WINDROW_CA_FILE
    value: /etc/windrow/authority/ca.crt
  {{- end }}
  - name: WINDROW_HOME
    value: /tmp
  - name: WINDROW_TOKEN
    valueFrom:
      secretKeyRef:
        name: {{ include "windrow.tokenSecret" .root }}
        key: {{ .root.Values.token.key }}
securityContext:
  {{- include "windrow.containerSecurity" . | nindent 2 }}
resources:
  requests: {cpu: 100m, memory: 128Mi}
  limits: {memory: 256Mi}
volumeMounts:
  - {name: tmp, mountPath: /tmp}
  {{- if include "windrow.authority" .root }}
  - {name: authority, mountPath: /etc/windrow/authority, readOnly: true}
  {{- end }}
  {{- with .mounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{/* What such containers see; at the end of a list of volumes. Takes the root. */}}
{{- define "windrow.clientVolumes" -}}
- name: tmp
  emptyDir: {}
{{- if include "windrow.authority" . }}
# Not the key.
- name: authority
  secret:
    secretName: {{ .Values.tls.existingSecret }}
    items: [{key: {{ .Values.tls.authorityKey }}, path: ca.crt}]
{{- end }}
{{- end -}}

{{/* Around such containers. Takes the root. */}}
{{- define "windrow.clientPod" -}}
restartPolicy: Never
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
