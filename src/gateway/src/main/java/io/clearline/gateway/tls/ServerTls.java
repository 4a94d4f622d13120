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
 * The TLS configuration of a port. A renewed certificate applies to new connections without a restart; if the renewed
 * files cannot be read, the previous certificate stays in use. Thread-safe.
 */
public final class ServerTls {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServerTls.class);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);

    private final KeyPairFiles files;
    private final long checkIntervalNanos;
    private FileTime loadedModified;
    private SslContext context;
    private long lastCheckNanos;

    /**
     * Reads a certificate and its key.
     *
     * @param certificates in PEM, the server's own first, followed by those that signed it
     * @param key in PEM: PKCS #8 without encryption
     * @throws IOException if a file is invalid; the message names the file and the problem
     */
    public ServerTls(Path certificates, Path key) throws IOException {
        this(certificates, key, CHECK_INTERVAL);
    }

    /** @param checkInterval how often the files are checked for changes */
    ServerTls(Path certificates, Path key, Duration checkInterval) throws IOException {
        files = new KeyPairFiles(certificates, key);
        checkIntervalNanos = checkInterval.toNanos();
        loadedModified = files.lastModified();
        context = files.read();
        lastCheckNanos = System.nanoTime();
    }

    /** Adds TLS in front of the handlers of a new connection. */
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
            if (!modified.equals(loadedModified)) {
                // Set first: files that cannot be used are read again only after their next change.
                loadedModified = modified;
                context = files.read();
                LOGGER.info("Read a new certificate from {}.", files.certificates());
            }
        } catch (IOException e) {
            LOGGER.warn("The renewed certificate cannot be used; the previous one stays in use: {}", e.getMessage());
        }
    }
}
