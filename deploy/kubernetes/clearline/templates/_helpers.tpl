{{/* Name of the FlinkDeployment. "clearline.checkName" refuses what the operator would refuse. */}}
{{- define "clearline.name" -}}
{{- .Release.Name -}}
{{- end -}}

{{- define "clearline.labels" -}}
app.kubernetes.io/name: clearline
app.kubernetes.io/instance: {{ .Release.Name | toYaml }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{/* The labels that the operator puts on every pod of the deployment. */}}
{{- define "clearline.podLabels" -}}
app: {{ include "clearline.name" . | toYaml }}
type: flink-native-kubernetes
{{- end -}}

{{- define "clearline.serviceAccount" -}}
{{- if .Values.serviceAccount.name -}}
{{- .Values.serviceAccount.name -}}
{{- else if .Values.serviceAccount.create -}}
{{- include "clearline.name" . -}}
{{- else -}}
flink
{{- end -}}
{{- end -}}

{{- define "clearline.image" -}}
{{- $repository := required "image.repository is required: the job's image, as deploy/docker/build makes it" .Values.image.repository -}}
{{- printf "%s:%s" $repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}

{{- define "clearline.stateDirectory" -}}
{{- required "state.directory is required: where checkpoints and savepoints go, s3://BUCKET/PATH or file:///clearline/state with a claim" .Values.state.directory | trimSuffix "/" -}}
{{- end -}}

{{- define "clearline.stateClaim" -}}
{{- if .Values.state.existingClaim -}}
{{- .Values.state.existingClaim -}}
{{- else if .Values.state.claimSize -}}
{{- printf "%s-state" (include "clearline.name" .) -}}
{{- end -}}
{{- end -}}

{{- define "clearline.strimziCluster" -}}
{{- required "kafka.strimzi.cluster is required with kafka.strimzi.topics or .users: the name of the Kafka cluster" .Values.kafka.strimzi.cluster -}}
{{- end -}}

{{/* As many as were asked for, else two, or the only one. With more than there are replicas, no write with acks=all succeeds. */}}
{{- define "clearline.minInsyncReplicas" -}}
{{- $replicas := int64 .Values.kafka.strimzi.replicas -}}
{{- $asked := int64 .Values.kafka.strimzi.minInsyncReplicas -}}
{{- if gt $asked $replicas -}}
{{- fail (printf "kafka.strimzi.minInsyncReplicas is %d and kafka.strimzi.replicas %d: no write of the job would succeed. Raise the replicas, or set minInsyncReplicas to 0 to derive it." $asked $replicas) -}}
{{- end -}}
{{- $asked | default (min 2 $replicas) -}}
{{- end -}}

{{/*
Name of the object of a topic: (list PREFIX NAME). A topic may have capitals and underscores, an object may not; then the object's name ends
in a part of the prefix's hash, because several prefixes may give the same letters.
*/}}
{{- define "clearline.topicObject" -}}
{{- $prefix := index . 0 -}}
{{- if not (regexMatch "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$" $prefix) -}}
{{- $letters := $prefix | lower | replace "_" "-" | trunc 200 -}}
{{- $letters = regexReplaceAll "[-.]*\\.[-.]*" $letters "." | trimAll "-." -}}
{{- $prefix = printf "%s-%s" ($letters | default "topics") (sha256sum $prefix | trunc 8) -}}
{{- end -}}
{{- printf "%s.%s" $prefix (index . 1) -}}
{{- end -}}

{{/*
Flink's configuration: the file of every deployment, what Kubernetes adds, and what the values say, with flat names. Of a name that is there
twice the later one counts, as in Flink; a null removes the name, so that Flink's default counts.
*/}}
{{- define "clearline.configuration" -}}
{{- $flat := dict -}}
{{- include "clearline.flatten" (list $flat "" (.Files.Get "files/config.yaml" | fromYaml)) -}}
{{- $state := include "clearline.stateDirectory" . -}}
{{- $_ := set $flat "execution.checkpointing.dir" (printf "%s/checkpoints" $state) -}}
{{- $_ := set $flat "execution.checkpointing.savepoint-dir" (printf "%s/savepoints" $state) -}}
{{- $_ := set $flat "execution.checkpointing.interval" .Values.state.checkpointInterval -}}
{{- $_ := set $flat "high-availability.type" "kubernetes" -}}
{{- $_ := set $flat "high-availability.storageDir" (printf "%s/high-availability" $state) -}}
{{- $_ := set $flat "state.backend.type" .Values.state.backend -}}
{{- if eq .Values.state.backend "hashmap" -}}
{{- $_ := set $flat "taskmanager.memory.managed.size" "0" -}}
{{- else -}}
{{- $_ := set $flat "execution.checkpointing.incremental" "true" -}}
{{- end -}}
{{- $_ := set $flat "taskmanager.numberOfTaskSlots" (include "clearline.text" (list "taskManager.slots" .Values.taskManager.slots)) -}}
{{- if .Values.job.minSlots -}}
{{- $_ := set $flat "slotmanager.number-of-slots.min" (include "clearline.text" (list "job.minSlots" .Values.job.minSlots)) -}}
{{- end -}}
{{- if .Values.job.maxSlots -}}
{{- $_ := set $flat "slotmanager.number-of-slots.max" (include "clearline.text" (list "job.maxSlots" .Values.job.maxSlots)) -}}
{{- end -}}
{{- $_ := set $flat "metrics.reporter.prom.factory.class" "org.apache.flink.metrics.prometheus.PrometheusReporterFactory" -}}
{{- $_ := set $flat "metrics.reporter.prom.port" (include "clearline.text" (list "metrics.port" .Values.metrics.port)) -}}
{{- if .Values.metrics.openTelemetry -}}
{{- $_ := set $flat "metrics.reporters" "prom,otel" -}}
{{- $_ := set $flat "metrics.reporter.otel.factory.class" "org.apache.flink.metrics.otel.OpenTelemetryMetricReporterFactory" -}}
{{- $_ := set $flat "metrics.reporter.otel.exporter.endpoint" .Values.metrics.openTelemetry -}}
{{- $_ := set $flat "metrics.reporter.otel.service.name" (include "clearline.name" .) -}}
{{- else -}}
{{- $_ := set $flat "metrics.reporters" "prom" -}}
{{- end -}}
{{- $_ := set $flat "clearline.bootstrap-servers" (required "kafka.bootstrapServers is required: host:port of the brokers" .Values.kafka.bootstrapServers) -}}
{{- $_ := set $flat "clearline.topic-prefix" .Values.kafka.topicPrefix -}}
{{- $_ := set $flat "clearline.group-id" .Values.kafka.groupId -}}
{{- $_ := set $flat "clearline.model-repository" "/opt/clearline/models" -}}
{{- $_ := set $flat "clearline.models" (join ";" .Values.models.names) -}}
{{- if .Values.kafka.configSecret -}}
{{- $_ := set $flat "clearline.kafka-config" (printf "/etc/clearline/kafka/%s" .Values.kafka.configKey) -}}
{{- end -}}
{{- if .Values.models.publicKeySecret -}}
{{- $_ := set $flat "clearline.models.public-key" "/etc/clearline/models/key.pem" -}}
{{- end -}}
{{- include "clearline.flatten" (list $flat "" .Values.job.options) -}}
{{- include "clearline.flatten" (list $flat "" .Values.flinkConfiguration) -}}
{{- toYaml $flat -}}
{{- end -}}
