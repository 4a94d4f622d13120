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
package io.clearline.gateway.audiosocket;

import io.clearline.gateway.codec.MediaFormat;
import io.clearline.gateway.media.MediaLoop;
import io.clearline.gateway.media.MediaSession;
import io.clearline.gateway.media.MediaSink;
import io.clearline.gateway.media.SessionContext;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionRefusedException;
import io.clearline.gateway.media.StreamReceiver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call by AudioSocket. Its identifier names the stream; audio is exchanged in 16-bit samples, at the sample rate that
 * the kind of the audio messages gives. While the caller is silent and nothing is played, a silent message is sent once
 * a second, because Asterisk hangs up after two seconds in which neither side sent anything. Confined to the
 * connection's loop.
 */
final class AudioSocketHandler extends SimpleChannelInboundHandler<ByteBuf> implements MediaSink, MediaLoop.Ticking {
    private static final Logger LOGGER = LoggerFactory.getLogger(AudioSocketHandler.class);
    /** The closest of Asterisk's error codes; the others mean hang-up and memory allocation. */
    private static final byte[] FRAME_ERROR = {0x02};

    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SessionContext context;
    private final MediaLoop loop;
    private ChannelHandlerContext channel;
    private UUID identifier;
    private MediaSession session;
    private StreamReceiver receiver;
    /** The kind of the latest audio message; before any, that of telephony. */
    private int audioKind = AudioSocketMessage.AUDIO_8_KHZ;

    private long lastSentNanos;

    AudioSocketHandler(SessionContext context, MediaLoop loop) {
        this.context = context;
        this.loop = loop;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        channel = added;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext from, ByteBuf message) {
        int kind = message.readUnsignedByte();
        message.skipBytes(Short.BYTES);
        MediaFormat format = AudioSocketMessage.format(kind);
        if (format != null) {
            audio(kind, format, ByteBufUtil.getBytes(message));
        } else if (kind == AudioSocketMessage.IDENTIFIER) {
            identify(message);
        } else if (kind == AudioSocketMessage.HANG_UP) {
            from.close();
        } else if (kind != AudioSocketMessage.DTMF) {
            refuse("a message has the unknown kind " + kind);
        }
    }

    private void identify(ByteBuf message) {
        UUID given = AudioSocketMessage.identifier(message);
        if (given == null || identifier != null) {
            refuse("expected one identifier of 16 bytes, found another length or a second identifier");
            return;
        }
        identifier = given;
        lastSentNanos = System.nanoTime();
        loop.add(this);
    }

    private void audio(int kind, MediaFormat format, byte[] samples) {
        if (identifier == null) {
            refuse("expected the call's identifier before audio");
            return;
        }
        if (session == null && !open(format)) {
            return;
        }
        if (receiver == null || kind != audioKind) {
            if (receiver != null) {
                session.restart(format);
            }
            audioKind = kind;
            receiver = new StreamReceiver(session, context.settings());
        }
        if (samples.length % Short.BYTES != 0) {
            session.counters().add(SessionCounter.PACKETS_REFUSED);
            return;
        }
        receiver.receive(samples, 0, samples.length, System.nanoTime());
    }

    private boolean open(MediaFormat format) {
        String peer = ((InetSocketAddress) channel.channel().remoteAddress())
                .getAddress()
                .getHostAddress();
        try {
            session = MediaSession.open(identifier.toString(), peer, format, this, context, loop);
            return true;
        } catch (SessionRefusedException e) {
            refuse(e.getMessage());
            return false;
        }
    }

    private void refuse(String why) {
        LOGGER.warn("AudioSocket from {} is closed: {}", channel.channel().remoteAddress(), why);
        context.counters().add(SessionCounter.PACKETS_REFUSED);
        channel.writeAndFlush(AudioSocketMessage.write(AudioSocketMessage.ERROR, FRAME_ERROR, FRAME_ERROR.length))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void tick(long nowNanos) {
        if (nowNanos - lastSentNanos > KEEP_ALIVE_NANOS && channel.channel().isWritable()) {
            lastSentNanos = nowNanos;
            byte[] silence = AudioSocketMessage.silence(audioKind);
            channel.writeAndFlush(AudioSocketMessage.write(audioKind, silence, silence.length), channel.voidPromise());
        }
    }

    @Override
    public void play(byte[] payload, int length, long ticks, boolean startsSpurt) {
        lastSentNanos = System.nanoTime();
        if (channel.channel().isWritable()) {
            channel.writeAndFlush(AudioSocketMessage.write(audioKind, payload, length), channel.voidPromise());
        } else {
            session.counters().add(SessionCounter.FRAMES_NOT_PLAYED);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        loop.remove(this);
        if (session != null) {
            session.end();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        LOGGER.debug("AudioSocket from {} failed", from.channel().remoteAddress(), cause);
        from.close();
    }
}
