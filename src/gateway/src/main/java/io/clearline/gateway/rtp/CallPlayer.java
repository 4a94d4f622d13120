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
package io.clearline.gateway.rtp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Plays any number of calls concurrently and in real time, each from a port of its own. Runs entirely on the calling
 * thread. Stateless.
 */
public final class CallPlayer {
    private static final int MAX_DATAGRAM_BYTES = 2048;

    private record Due(long offsetNanos, RtpCall call, byte[] bytes) {}

    private CallPlayer() {}

    /**
     * Plays calls to their end.
     *
     * @param calls start within the first 20 ms, evenly spread
     * @param listenAfter how long to keep receiving after the last packet was sent
     * @throws IOException if a port cannot be opened or a packet cannot be sent, or if the thread is interrupted
     */
    public static void play(List<RtpCall> calls, Duration listenAfter) throws IOException {
        Map<RtpCall, DatagramChannel> channels = new HashMap<>();
        try (Selector selector = Selector.open()) {
            for (RtpCall call : calls) {
                channels.put(call, open(selector, call));
            }
            run(schedule(calls), calls, channels, selector, listenAfter);
        } finally {
            for (DatagramChannel channel : channels.values()) {
                channel.close();
            }
        }
    }

    private static DatagramChannel open(Selector selector, RtpCall call) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, call);
        return channel;
    }

    private static List<Due> schedule(List<RtpCall> calls) {
        List<Due> all = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            RtpCall call = calls.get(i);
            // Spread over one packet interval, as independent calls would be.
            long shift = shiftNanos(i, calls.size());
            call.schedule().forEach(each -> all.add(new Due(each.offsetNanos() + shift, call, each.bytes())));
        }
        all.sort(Comparator.comparingLong(Due::offsetNanos));
        return all;
    }

    private static long shiftNanos(int index, int calls) {
        return TimeUnit.MILLISECONDS.toNanos(20) * index / calls;
    }

    private static void run(
            List<Due> schedule,
            List<RtpCall> calls,
            Map<RtpCall, DatagramChannel> channels,
            Selector selector,
            Duration listenAfter)
            throws IOException {
        long begin = System.nanoTime();
        int index = 0;
        for (int i = 0; i < calls.size(); i++) {
            calls.get(i).begin(begin + shiftNanos(i, calls.size()));
        }
        long last = schedule.isEmpty() ? 0 : schedule.get(schedule.size() - 1).offsetNanos;
        long end = begin + last + listenAfter.toNanos();
        for (long now = begin; now < end; now = System.nanoTime()) {
            while (index < schedule.size() && begin + schedule.get(index).offsetNanos <= now) {
                Due due = schedule.get(index++);
                channels.get(due.call).send(ByteBuffer.wrap(due.bytes), due.call.gateway());
            }
            long next = index < schedule.size() ? begin + schedule.get(index).offsetNanos : end;
            long waitMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime()));
            selector.select(waitMillis);
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("Interrupted while calls were played.");
            }
            receive(selector);
        }
    }

    private static void receive(Selector selector) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);
        for (SelectionKey key : selector.selectedKeys()) {
            DatagramChannel channel = (DatagramChannel) key.channel();
            while (channel.receive(buffer) != null) {
                byte[] bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                ((RtpCall) key.attachment()).received(bytes, System.nanoTime());
                buffer.clear();
            }
        }
        selector.selectedKeys().clear();
    }
}
