{{/* What pods of the chart have in common. */}}

{{- define "windrow.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* The command as a client of the server: one container, without its name. Takes (dict "root" $ "args" LIST). */}}
{{- define "windrow.client" -}}
image: {{ include "windrow.image" .root }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
args: {{ toJson .args }}
env:
  - name: WINDROW_SERVER
    value: {{ include "windrow.url" .root }}
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
