/*
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
 * the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on
 * an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
 * specific language governing permissions and limitations under the License.
 */
package io.clearline.gateway.tls;

import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of a port. A renewed certificate is taken for the connections that come after it, without a restart; while its
 * files can't be read, the one before goes on. Any thread uses it.
 */
public final class ServerTls {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServerTls.class);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);

    private final KeyPairFiles files;
    private final long checkIntervalNanos;
    private FileTime read;
    private SslContext context;
    private long lastCheckNanos;

    /**
     * Reads a certificate and its key.
     *
     * @param certificates PEM: the server's own first, then those that signed it
     * @param key PEM: PKCS #8, not encrypted
     * @throws IOException that names the file and what is wrong with it
     */
    public ServerTls(Path certificates, Path key) throws IOException {
        this(certificates, key, CHECK_INTERVAL);
    }

    /** @param checkInterval how often it is looked whether the files have changed */
    ServerTls(Path certificates, Path key, Duration checkInterval) throws IOException {
        files = new KeyPairFiles(certificates, key);
        checkIntervalNanos = checkInterval.toNanos();
        read = files.lastModified();
        context = files.read();
        lastCheckNanos = System.nanoTime();
    }

    /** Puts TLS before the handlers of a new connection. */
    public void protect(SocketChannel connection) {
        connection.pipeline().addFirst(current().newHandler(connection.alloc()));
    }

    private synchronized SslContext current() {
        long now = System.nanoTime();
        if (now - lastCheckNanos >= checkIntervalNanos) {
            lastCheckNanos = now;
            readChanged();
        }
        return context;
    }

    private void readChanged() {
        try {
            FileTime modified = files.lastModified();
            if (!modified.equals(read)) {
                // Also where they can't be used: they are read again when they change again.
                read = modified;
                context = files.read();
                LOGGER.info("Read a new certificate from {}.", files.certificates());
            }
        } catch (IOException e) {
            LOGGER.warn("The certificate stays as it was: {}", e.getMessage());
        }
    }
}
