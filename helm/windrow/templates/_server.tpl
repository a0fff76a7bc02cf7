{{/* The command of the server's container. */}}
{{- define "windrow.args" -}}
- server
- --bind=0.0.0.0
- --port=7480
{{- if .Values.tls.existingSecret }}
- --tls-cert=/etc/windrow/tls/tls.crt
- --tls-key=/etc/windrow/tls/tls.key
{{- with include "windrow.authority" . }}
- --agent-ca-file=/etc/windrow/tls/{{ . }}
{{- end }}
{{- else }}
- --allow-plain-http
{{- end }}
- --public-url={{ default (include "windrow.url" .) .Values.server.publicUrl }}
- --token-file=/etc/windrow/token/{{ .Values.token.key }}
- --computes=/etc/windrow/computes
- --datastores=/etc/windrow/datastores
- --limits=/etc/windrow/limits/limits.yml
- --agent-image={{ include "windrow.agentImage" . }}
{{- with .Values.job.image }}
- --job-image={{ . }}
{{- end }}
{{- with .Values.server }}
- --max-running-jobs={{ int .maxRunningJobs }}
{{- if .keepJobs }}
- --keep-jobs={{ int .keepJobs }}
{{- end }}
- --keep-uploads={{ int .keepUploads }}
- --max-uploads={{ int .maxUploads }}
{{- with .oidc }}
{{- if .issuer }}
- --oidc-issuer={{ .issuer }}
- --oidc-audience={{ required "server.oidc.audience: missing (expected: whom the issuer's tokens are for)" .audience }}
- --oidc-role-claim={{ required "server.oidc.roleClaim: missing (expected: the claim that holds reader, submitter or admin)" .roleClaim }}
{{- with .workspaceClaim }}
- --oidc-workspace-claim={{ . }}
{{- end }}
{{- with .userClaim }}
- --oidc-user-claim={{ . }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- if .Values.metrics.enabled }}
- --management-port=7481
- --management-bind=0.0.0.0
{{- end }}
{{- end -}}

{{/* A look at the server's own port. Takes (dict "root" $ "path" PATH). */}}
{{- define "windrow.get" -}}
{{- $scheme := include "windrow.scheme" .root -}}
{path: {{ .path }}, port: {{ $scheme }}, scheme: {{ upper $scheme }}}
{{- end -}}

{{- define "windrow.serverPod" -}}
serviceAccountName: {{ include "windrow.account" . }}
# By its token the server gets into this cluster.
automountServiceAccountToken: true
enableServiceLinks: false
terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - name: server
    image: {{ include "windrow.image" . }}
    imagePullPolicy: {{ .Values.image.pullPolicy }}
    args:
      {{- include "windrow.args" . | nindent 6 }}
    ports:
      - {name: {{ include "windrow.scheme" . }}, containerPort: 7480}
      {{- if .Values.metrics.enabled }}
      - {name: metrics, containerPort: 7481}
      {{- end }}
    # A ledger of a big job takes its time to be read.
    startupProbe:
      httpGet: {{ include "windrow.get" (dict "root" . "path" "/livez") }}
      periodSeconds: 2
      failureThreshold: 150
    readinessProbe:
      httpGet: {{ include "windrow.get" (dict "root" . "path" "/readyz") }}
      periodSeconds: 5
      timeoutSeconds: 3
    livenessProbe:
      httpGet: {{ include "windrow.get" (dict "root" . "path" "/livez") }}
      periodSeconds: 10
      timeoutSeconds: 5
      failureThreshold: 6
    securityContext:
      {{- include "windrow.containerSecurity" . | nindent 6 }}
    resources:
      {{- toYaml .Values.resources | nindent 6 }}
    volumeMounts:
      - {name: home, mountPath: /var/lib/windrow}
      - {name: tmp, mountPath: /tmp}
      - {name: token, mountPath: /etc/windrow/token, readOnly: true}
      - {name: computes, mountPath: /etc/windrow/computes, readOnly: true}
      - {name: datastores, mountPath: /etc/windrow/datastores, readOnly: true}
      - {name: limits, mountPath: /etc/windrow/limits, readOnly: true}
      {{- if .Values.tls.existingSecret }}
      - {name: tls, mountPath: /etc/windrow/tls, readOnly: true}
      {{- end }}
volumes:
  - name: tmp
    emptyDir: {}
  {{- with .Values.persistence.existingClaim }}
  - name: home
    persistentVolumeClaim: {claimName: {{ . }}}
  {{- end }}
  - name: token
    secret:
      secretName: {{ include "windrow.tokenSecret" . }}
      # Its owner and the pod's group read it.
      defaultMode: 288
      items: [{key: {{ .Values.token.key }}, path: {{ .Values.token.key }}}]
  - name: computes
    configMap: {name: {{ include "windrow.fullname" . }}-computes}
  - name: datastores
    configMap: {name: {{ include "windrow.fullname" . }}-datastores}
  - name: limits
    configMap: {name: {{ include "windrow.fullname" . }}-limits}
  {{- with .Values.tls.existingSecret }}
  # Not by subPath, which would never change.
  - name: tls
    secret: {secretName: {{ . }}, defaultMode: 288}
  {{- end }}
{{- end -}}
