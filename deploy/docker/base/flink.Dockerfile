# Stands in for the official Flink image where no registry is reached: its layout, its user, and the commands of its entry point that
# Clearline uses, on the stock Flink that deploy/flink puts together from Maven Central. For trials; run the official image elsewhere.
ARG JAVA_IMAGE=localhost/clearline-debian-java
FROM ${JAVA_IMAGE}
RUN groupadd --system --gid 9999 flink && useradd --system --uid 9999 --gid flink --home-dir /opt/flink flink
COPY --chown=flink:flink deploy/flink/target/lib /opt/flink/lib
COPY deploy/docker/base/flink-entrypoint /docker-entrypoint.sh
RUN mkdir -p /opt/flink/conf /opt/flink/log /opt/flink/usrlib && chown -R flink:flink /opt/flink/conf /opt/flink/log
ENV FLINK_HOME=/opt/flink FLINK_LIB_DIR=/opt/flink/lib
WORKDIR /opt/flink
ENTRYPOINT ["/docker-entrypoint.sh"]
