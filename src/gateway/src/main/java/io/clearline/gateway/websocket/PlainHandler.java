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
package io.clearline.gateway.websocket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clearline.gateway.media.MediaLoop;
import io.clearline.gateway.media.MediaSession;
import io.clearline.gateway.media.SessionRefusedException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.concurrent.TimeUnit;

/**
 * The plain protocol, for browsers and other programs: a start message in JSON, followed by samples in binary messages
 * of any length. Enhanced samples return in binary messages of 20 ms, and the status once a second in JSON. Confined to
 * the connection's loop.
 */
final class PlainHandler extends SampleHandler implements MediaLoop.Ticking {
    private static final long STATUS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private boolean stopping;
    private long lastStatusNanos = System.nanoTime();

    PlainHandler(StreamOpener opener) {
        super(opener, "start");
    }

    @Override
    void text(String text) throws BadMessageException, SessionRefusedException {
        PlainMessage message = PlainMessage.parse(text);
        if (message.stop()) {
            stop();
        } else {
            start(message);
        }
    }

    private void start(PlainMessage message) throws BadMessageException, SessionRefusedException {
        String streamId = message.streamId().isEmpty() ? opener().ids().next("ws") : message.streamId();
        start(streamId, message.format());
        opener().loop().add(this);
        sendJson(PlainMessage.of("started")
                .put("stream", streamId)
                .put("session", stream().session().sessionName()));
    }

    @Override
    void audio(byte[] samples) throws BadMessageException {
        if (!stopping) {
            super.audio(samples);
        }
    }

    /** Stops accepting samples, and closes the connection after the frames that wait have been played. */
    private void stop() {
        if (stream() == null) {
            close(WebSocketCloseStatus.NORMAL_CLOSURE, "");
            return;
        }
        if (!stopping) {
            stopping = true;
            long maxDelayMillis = opener().context().settings().maxDelay().toMillis();
            opener().loop().executor().schedule(this::stopped, 2 * maxDelayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void stopped() {
        stream().session().end();
        sendJson(status("stopped"));
        close(WebSocketCloseStatus.NORMAL_CLOSURE, "");
    }

    @Override
    public void tick(long nowNanos) {
        if (nowNanos - lastStatusNanos >= STATUS_NANOS) {
            lastStatusNanos = nowNanos;
            sendJson(status("status"));
        }
    }

    private ObjectNode status(String type) {
        MediaSession session = stream().session();
        return PlainMessage.of(type)
                .put("played", session.counters().played())
                .put("dryShare", session.counters().dryShare())
                .put("delayMillis", TimeUnit.NANOSECONDS.toMillis(session.playoutDelayNanos()));
    }

    private void sendJson(ObjectNode message) {
        send(new TextWebSocketFrame(message.toString()));
    }

    @Override
    void closed() {
        opener().loop().remove(this);
    }
}
