{{/*
Puts nested names into a dictionary with flat ones: (list DICTIONARY PREFIX NESTED). A null removes what the dictionary has under the name.
*/}}
{{- define "clearline.flatten" -}}
{{- $flat := index . 0 -}}
{{- $prefix := index . 1 -}}
{{- range $key, $value := index . 2 -}}
{{- $name := printf "%s%s" $prefix $key -}}
{{- if kindIs "map" $value -}}
{{- include "clearline.flatten" (list $flat (printf "%s." $name) $value) -}}
{{- else if kindIs "invalid" $value -}}
{{- $_ := unset $flat $name -}}
{{- else -}}
{{- $_ := set $flat $name (include "clearline.text" (list $name $value)) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* A value as the text that Flink reads: (list NAME VALUE). The items of a list are separated by semicolons, without the nulls. */}}
{{- define "clearline.text" -}}
{{- $name := index . 0 -}}
{{- $value := index . 1 -}}
{{- if kindIs "slice" $value -}}
{{- $items := list -}}
{{- range $value -}}
{{- if not (kindIs "invalid" .) -}}
{{- $items = append $items (include "clearline.item" (list $name .)) -}}
{{- end -}}
{{- end -}}
{{- join ";" $items -}}
{{- else -}}
{{- include "clearline.scalar" . -}}
{{- end -}}
{{- end -}}

{{/* An item of a list: (list NAME ITEM). Flink reads one that contains a separator or a quote only between quotes. */}}
{{- define "clearline.item" -}}
{{- if or (kindIs "map" (index . 1)) (kindIs "slice" (index . 1)) -}}
{{- fail (printf "%s is a list with an item that is a list or a map itself: %s. Flink reads lists of texts and numbers; write the value as the text that Flink's documentation shows." (index . 0) (index . 1 | toJson)) -}}
{{- end -}}
{{- $text := include "clearline.scalar" . -}}
{{- if regexMatch "[;'\"]" $text -}}
{{- printf "'%s'" ($text | replace "'" "''") -}}
{{- else -}}
{{- $text -}}
{{- end -}}
{{- end -}}

{{/*
A text, number or truth value: (list NAME VALUE). Helm reads a number of a values file as a floating-point number, which prints with an exponent
from a million up; here it keeps its digits. From 2^53 up Helm has lost digits before the chart sees them.
*/}}
{{- define "clearline.scalar" -}}
{{- $value := index . 1 -}}
{{- if not (kindIs "float64" $value) -}}
{{- $value | toString -}}
{{- else if or (ge $value 9007199254740992.0) (le $value -9007199254740992.0) -}}
{{- fail (printf "%s is %.0f or close to it: Helm does not keep the digits of a number this large. Write the number in quotes." (index . 0) $value) -}}
{{- else if eq $value (floor $value) -}}
{{- printf "%.0f" $value -}}
{{- else -}}
{{- $value | toJson -}}
{{- end -}}
{{- end -}}
