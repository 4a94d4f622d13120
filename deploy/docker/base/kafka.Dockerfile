# Stands in for apache/kafka where no registry is reached: the same settings by KAFKA_... variables, on the Kafka of the command line's
# image. For trials; run the official image elsewhere.
FROM localhost/clearline
USER root
COPY deploy/docker/base/kafka-entrypoint /kafka-entrypoint
RUN mkdir /var/lib/kafka && chown 10001:10001 /var/lib/kafka
USER 10001:10001
ENTRYPOINT ["/kafka-entrypoint"]
