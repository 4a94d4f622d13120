# Stands in for prom/prometheus where no registry is reached: Debian's Prometheus, with the user and the commands of the official image.
# The build context is the folder that has the program; see deploy/docker/base/build.
FROM localhost/clearline-debian
COPY prometheus /bin/prometheus
RUN mkdir /prometheus && chown 65534:65534 /prometheus
USER 65534:65534
ENTRYPOINT ["/bin/prometheus"]
