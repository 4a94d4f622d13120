{{/* Refuses values that render but don't run. What one value alone can say wrong is in values.schema.json. */}}
{{- define "clearline.checks" -}}
{{- include "clearline.checkName" . -}}
{{- include "clearline.checkImage" . -}}
{{- include "clearline.checkState" . -}}
{{- include "clearline.checkSlots" . -}}
{{- include "clearline.checkMetricsPort" . -}}
{{- end -}}

{{/* The pattern is the operator's (DefaultValidator). */}}
{{- define "clearline.checkName" -}}
{{- $name := include "clearline.name" . -}}
{{- if not (regexMatch "^[a-z]([-a-z0-9]{0,43}[a-z0-9])?$" $name) -}}
{{- fail (printf "The release name %s can't be the name of a FlinkDeployment: the operator takes at most 45 small letters, digits and hyphens, the first a letter, the last no hyphen. Install with another name, such as live-1." $name) -}}
{{- end -}}
{{- end -}}

{{/* A colon before a slash belongs to the registry's port. */}}
{{- define "clearline.checkImage" -}}
{{- $repository := .Values.image.repository -}}
{{- if and $repository (not (regexMatch "^([^/:@ ]+(:[0-9]+)?/)?[^:@ ]*[^/:@ ]$" $repository)) -}}
{{- fail (printf "image.repository is %s; it takes a name without tag and digest, such as registry.example.com:5000/clearline-job. Write the tag, and a digest behind it (TAG@sha256:...), into image.tag." $repository) -}}
{{- end -}}
{{- end -}}

{{- define "clearline.checkState" -}}
{{- $state := .Values.state -}}
{{- if and $state.existingClaim $state.claimSize -}}
{{- fail (printf "state.existingClaim is %s and state.claimSize is %s: the first mounts a claim that is there, the second makes one. Set one of them." $state.existingClaim $state.claimSize) -}}
{{- end -}}
{{- $claim := include "clearline.stateClaim" . -}}
{{- include "clearline.checkFolder" (list $claim "state.directory" $state.directory) -}}
{{- $configuration := include "clearline.configuration" . | fromYaml -}}
{{- range list "execution.checkpointing.dir" "execution.checkpointing.savepoint-dir" "high-availability.storageDir" -}}
{{- if not (get $configuration .) -}}
{{- fail (printf "%s is empty, so the job would keep nothing that outlives its pods. Leave it out of flinkConfiguration: state.directory sets it." .) -}}
{{- end -}}
{{- include "clearline.checkFolder" (list $claim . (get $configuration .)) -}}
{{- end -}}
{{- end -}}

{{/* (list CLAIM NAME FOLDER): a folder of the pod itself is gone with the pod. */}}
{{- define "clearline.checkFolder" -}}
{{- $claim := index . 0 -}}
{{- $name := index . 1 -}}
{{- $folder := index . 2 -}}
{{- if and $folder (or (hasPrefix "file:" $folder) (not (contains "://" $folder))) -}}
{{- if not $claim -}}
{{- fail (printf "%s is %s, a folder of the pod itself, and is lost with it. Name an object store, such as s3://BUCKET/PATH, or set state.existingClaim or state.claimSize with state.directory file:///clearline/state." $name $folder) -}}
{{- else if or (not (regexMatch "^(file:(//)?)?/clearline/state(/|$)" $folder)) (regexMatch "/\\.\\.?(/|$)" $folder) -}}
{{- fail (printf "%s is %s, which is not on the claim %s and is lost with the pod: the claim is mounted at /clearline/state. Set state.directory to file:///clearline/state or a folder in it." $name $folder $claim) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "clearline.checkSlots" -}}
{{- $min := int64 .Values.job.minSlots -}}
{{- $max := int64 .Values.job.maxSlots -}}
{{- $parallelism := int64 .Values.job.parallelism -}}
{{- $slots := int64 .Values.taskManager.slots -}}
{{- if and $max (gt $min $max) -}}
{{- fail (printf "job.minSlots is %d and job.maxSlots %d: the most must be at least the least. Raise job.maxSlots, or set it to 0 for no bound." $min $max) -}}
{{- else if and $max (gt $parallelism $max) -}}
{{- fail (printf "job.parallelism is %d and job.maxSlots %d: the job never gets a slot for each subtask. Raise job.maxSlots, set it to 0 for no bound, or lower job.parallelism." $parallelism $max) -}}
{{- else if and $max (gt $slots $max) -}}
{{- fail (printf "taskManager.slots is %d and job.maxSlots %d: not even one TaskManager may start. Raise job.maxSlots, set it to 0 for no bound, or lower taskManager.slots." $slots $max) -}}
{{- end -}}
{{- end -}}

{{- define "clearline.checkMetricsPort" -}}
{{- $configuration := include "clearline.configuration" . | fromYaml -}}
{{- $port := get $configuration "metrics.reporter.prom.port" -}}
{{- range $option, $default := dict "rest.port" "8081" "jobmanager.rpc.port" "6123" "blob.server.port" "6124" "taskmanager.rpc.port" "6122" -}}
{{- if eq $port (get $configuration $option | default $default) -}}
{{- fail (printf "metrics.port is %s, which is Flink's own port (%s). Set another one, such as 9249." $port $option) -}}
{{- end -}}
{{- end -}}
{{- end -}}
