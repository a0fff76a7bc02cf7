{{/* Names, labels and addresses. */}}

{{- define "windrow.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "windrow.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "windrow.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "windrow.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "windrow.instance" -}}
app.kubernetes.io/name: {{ include "windrow.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "windrow.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "windrow.instance" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: windrow
{{- end -}}

{{/* What tells the server's pod from those of the test and the drain. */}}
{{- define "windrow.selector" -}}
{{ include "windrow.instance" . }}
app.kubernetes.io/component: server
{{- end -}}

{{- define "windrow.account" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "windrow.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- required "serviceAccount.name: missing (expected: the account of the server, because serviceAccount.create is false)" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "windrow.image" -}}
{{- $repository := .Values.image.repository -}}
{{- if not $repository -}}
{{- fail "image.repository: missing (expected: where your cluster finds the server's image, such as registry.example/windrow/server; ./dev images makes it)" -}}
{{- end -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" $repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "windrow.agentImage" -}}
{{- if .Values.agent.image -}}
{{- .Values.agent.image -}}
{{- else if and (regexMatch "(^|[/-])server$" .Values.image.repository) (not .Values.image.digest) -}}
{{- printf "%sagent:%s" (trimSuffix "server" .Values.image.repository) (default .Chart.AppVersion .Values.image.tag) -}}
{{- else if .Values.image.repository -}}
{{- fail (printf "agent.image: missing (expected: the agent's image, which the name %s does not tell)" (include "windrow.image" .)) -}}
{{- end -}}
{{- end -}}

{{- define "windrow.scheme" -}}
{{- ternary "https" "http" (ne .Values.tls.existingSecret "") -}}
{{- end -}}

{{/* The server as pods of this cluster see it. */}}
{{- define "windrow.url" -}}
{{- if and .Values.tls.existingSecret (not .Values.tls.authorityKey) -}}
{{- required "server.publicUrl: missing (expected: an address that the certificate is for, because tls.authorityKey is empty and nobody vouches for names of the cluster)" .Values.server.publicUrl -}}
{{- else -}}
{{- printf "%s://%s.%s.svc:%d" (include "windrow.scheme" .) (include "windrow.fullname" .) .Release.Namespace (int .Values.service.port) -}}
{{- end -}}
{{- end -}}

{{/* Not empty when pods are told whom to trust. */}}
{{- define "windrow.authority" -}}
{{- if .Values.tls.existingSecret -}}
{{- .Values.tls.authorityKey -}}
{{- end -}}
{{- end -}}

{{- define "windrow.tokenSecret" -}}
{{- default (printf "%s-admin-token" (include "windrow.fullname" .)) .Values.token.existingSecret -}}
{{- end -}}


{{/* The namespaces that jobs run in, each once, as a JSON list. */}}
{{- define "windrow.namespaces" -}}
{{- $namespaces := list -}}
{{- range .Values.computes -}}
{{- $namespaces = append $namespaces (default $.Release.Namespace .namespace) -}}
{{- end -}}
{{- uniq $namespaces | toJson -}}
{{- end -}}
