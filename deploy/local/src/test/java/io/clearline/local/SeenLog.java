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
package io.clearline.local;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Captures every log message at level INFO and above, independently of the levels in the log configuration. */
final class SeenLog extends AbstractAppender implements AutoCloseable {
    private final StringBuffer text = new StringBuffer();
    private final LoggerConfig root;
    private final Level before;

    private SeenLog(LoggerConfig root) {
        super("seen", null, null, true, Property.EMPTY_ARRAY);
        this.root = root;
        this.before = root.getLevel();
    }

    static SeenLog open() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        SeenLog log = new SeenLog(context.getConfiguration().getRootLogger());
        log.listen();
        context.updateLoggers();
        return log;
    }

    private void listen() {
        start();
        // The configured appenders keep the previous level, while this one receives everything from INFO on.
        root.getAppenderRefs().forEach(ref -> {
            var appender = root.getAppenders().get(ref.getRef());
            root.removeAppender(ref.getRef());
            root.addAppender(appender, ref.getLevel() == null ? before : ref.getLevel(), ref.getFilter());
        });
        root.addAppender(this, Level.INFO, null);
        root.setLevel(Level.INFO);
    }

    @Override
    public void append(LogEvent event) {
        text.append(event.getMessage().getFormattedMessage()).append('\n');
        for (Throwable error = event.getThrown(); error != null; error = error.getCause()) {
            text.append(error).append('\n');
        }
    }

    String text() {
        return text.toString();
    }

    @Override
    public void close() {
        root.removeAppender(getName());
        root.setLevel(before);
        ((LoggerContext) LogManager.getContext(false)).updateLoggers();
        stop();
    }
}
