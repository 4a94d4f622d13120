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
import io.clearline.gateway.media.MediaSink;
import io.clearline.gateway.media.SessionContext;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionRefusedException;
import io.clearline.gateway.media.StreamIds;
import io.clearline.gateway.media.StreamReceiver;
import io.clearline.schemas.FrameLimits;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.TimeUnit;

/**
 * The plain protocol, for browsers and own programs: a start in JSON, then samples in binary messages of any length;
 * enhanced samples come back in binary messages of 20 ms, and once a second the status in JSON. On the connection's
 * loop.
 */
final class PlainHandler extends WebSocketHandler implements MediaSink, MediaLoop.Ticking {
    private static final long STATUS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SessionContext context;
    private final MediaLoop loop;
    private final StreamIds ids;
    private MediaSession session;
    private StreamReceiver receiver;
    private boolean stopping;
    private long lastStatusNanos = System.nanoTime();

    PlainHandler(SessionContext context, MediaLoop loop, StreamIds ids) {
        this.context = context;
        this.loop = loop;
        this.ids = ids;
    }

    @Override
    void message(ChannelHandlerContext from, WebSocketFrame frame) throws BadMessageException, SessionRefusedException {
        if (frame instanceof TextWebSocketFrame text) {
            PlainMessage message = PlainMessage.parse(text.text());
            if (message.stop()) {
                stop();
            } else {
                start(message);
            }
        } else if (frame instanceof BinaryWebSocketFrame) {
            audio(ByteBufUtil.getBytes(frame.content()));
        }
    }

    private void start(PlainMessage message) throws BadMessageException, SessionRefusedException {
        if (session != null) {
            throw new BadMessageException("Expected one start.");
        }
        String streamId = message.streamId().isEmpty() ? ids.next("ws") : message.streamId();
        session = MediaSession.open(streamId, peerAddress(), message.format(), this, context, loop);
        receiver = new StreamReceiver(session, context.settings());
        loop.add(this);
        say(PlainMessage.of("started").put("stream", streamId).put("session", session.sessionName()));
    }

    private void audio(byte[] samples) throws BadMessageException {
        if (session == null) {
            throw new BadMessageException("Expected a start before audio.");
        }
        int bytesPerSample = FrameLimits.bytesPerSample(session.frameEncoding());
        if (samples.length % bytesPerSample != 0) {
            throw new BadMessageException(
                    "Expected whole samples of " + bytesPerSample + " bytes, found " + samples.length + " bytes.");
        }
        if (!stopping) {
            receiver.receive(samples, 0, samples.length, System.nanoTime());
        }
    }

    /** What waits is played in its time; then the connection ends. */
    private void stop() {
        if (session == null) {
            close(WebSocketCloseStatus.NORMAL_CLOSURE, "");
            return;
        }
        if (!stopping) {
            stopping = true;
            loop.executor()
                    .schedule(this::stopped, 2 * context.settings().maxDelay().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void stopped() {
        session.end();
        say(status("stopped"));
        close(WebSocketCloseStatus.NORMAL_CLOSURE, "");
    }

    @Override
    public void play(byte[] payload, int length, long ticks, boolean startsSpurt) {
        if (!send(new BinaryWebSocketFrame(Unpooled.copiedBuffer(payload, 0, length)))) {
            session.counters().add(SessionCounter.FRAMES_NOT_PLAYED);
        }
    }

    @Override
    public void tick(long nowNanos) {
        if (nowNanos - lastStatusNanos >= STATUS_NANOS) {
            lastStatusNanos = nowNanos;
            say(status("status"));
        }
    }

    private ObjectNode status(String type) {
        return PlainMessage.of(type)
                .put("played", session.counters().played())
                .put("dryShare", session.counters().dryShare())
                .put("delayMillis", TimeUnit.NANOSECONDS.toMillis(session.playoutDelayNanos()));
    }

    private void say(ObjectNode message) {
        send(new TextWebSocketFrame(message.toString()));
    }

    @Override
    void closed() {
        if (session != null) {
            session.end();
            loop.remove(this);
        }
    }
}
