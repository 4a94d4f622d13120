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
package io.clearline.lab.calls;

import io.clearline.gateway.media.MillisHistogram;
import io.clearline.gateway.rtp.LinkFaults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Load generator of RTP calls with PCMU over a simulated faulty network. Each packet is created when it is due and
 * received packets are only counted, so that memory stays constant for calls of any length. One daemon thread sends and
 * receives for all calls. Thread-safe.
 *
 * <p>The RTP timestamp of a packet is the time at which it was spoken, in ticks of 1/8000 s since the start of all
 * calls. The mouth-to-ear delay follows from the timestamps that come back.
 */
final class SteadyCalls implements AutoCloseable {
    private static final int FRAME_MILLIS = 20;
    private static final int FRAME_SAMPLES = 160;
    private static final int TICKS_PER_MILLI = 8;
    private static final int HEADER_BYTES = 12;
    /** RTP version 2, no padding, no extension, no contributing sources; payload type 0, PCMU. */
    private static final short FIRST_BYTES = (short) 0x8000;

    private static final int CALLS_PER_SOCKET = 64;
    private static final int SOCKET_BUFFER_BYTES = 1 << 21;
    /** Slots of the timing wheel, one a millisecond; the jitter must be smaller. */
    private static final int WHEEL_MILLIS = 64;

    /** A packet that waits in the wheel. */
    private record Due(int call, int spokenMillis) {}

    private final InetAddress address = InetAddress.getLoopbackAddress();
    private final InetSocketAddress[] gateway;
    private final LinkFaults faults;
    private final SplittableRandom random;
    private final List<DatagramChannel> sockets = new ArrayList<>();
    private final List<Queue<Due>> wheel = new ArrayList<>();
    private final ByteBuffer packet = ByteBuffer.allocateDirect(HEADER_BYTES + FRAME_SAMPLES);
    private final ByteBuffer received = ByteBuffer.allocateDirect(2048);
    private final Thread thread = new Thread(this::run, "steady-calls");
    private volatile MillisHistogram mouthToEar = new MillisHistogram(null);
    private volatile int maxBehindMillis;
    private volatile boolean running = true;
    private long startNanos;

    /**
     * Starts the calls.
     *
     * @param firstPort first RTP port of the gateway; the calls use every second port from it
     * @param calls number of concurrent calls
     * @param faults faults of the network towards the gateway
     */
    SteadyCalls(int firstPort, int calls, LinkFaults faults) throws IOException {
        this.faults = faults;
        random = new SplittableRandom(faults.seed());
        gateway = new InetSocketAddress[calls];
        for (int i = 0; i < calls; i++) {
            gateway[i] = new InetSocketAddress(address, firstPort + 2 * i);
        }
        for (int i = 0; i < calls; i += CALLS_PER_SOCKET) {
            sockets.add(open());
        }
        for (int i = 0; i < WHEEL_MILLIS; i++) {
            wheel.add(new ArrayDeque<>());
        }
        for (int i = HEADER_BYTES; i < packet.capacity(); i++) {
            packet.put(i, (byte) random.nextInt());
        }
        thread.setDaemon(true);
        thread.start();
    }

    private DatagramChannel open() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.bind(new InetSocketAddress(address, 0));
        channel.configureBlocking(false);
        return channel;
    }

    private void run() {
        startNanos = System.nanoTime();
        try {
            for (int millis = 0; running; millis++) {
                speak(millis);
                send(wheel.get(millis % WHEEL_MILLIS));
                receive();
                long wait = startNanos + TimeUnit.MILLISECONDS.toNanos(millis + 1) - System.nanoTime();
                maxBehindMillis = (int) Math.max(maxBehindMillis, TimeUnit.NANOSECONDS.toMillis(-wait));
                LockSupport.parkNanos(wait);
            }
        } catch (IOException e) {
            throw new IllegalStateException("The calls failed: " + e.getMessage(), e);
        }
    }

    /** Schedules or drops the packets of one millisecond; each call speaks in every twentieth. */
    private void speak(int millis) {
        for (int call = millis % FRAME_MILLIS; call < gateway.length; call += FRAME_MILLIS) {
            if (random.nextDouble() < faults.lossShare()) {
                continue;
            }
            int copies = random.nextDouble() < faults.duplicateShare() ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                int delayMillis = random.nextInt(faults.jitterMillis() + 1);
                wheel.get((millis + delayMillis) % WHEEL_MILLIS).add(new Due(call, millis));
            }
        }
    }

    private void send(Queue<Due> due) throws IOException {
        for (Due each = due.poll(); each != null; each = due.poll()) {
            packet.clear();
            packet.putShort(0, FIRST_BYTES);
            packet.putShort(2, (short) (each.spokenMillis / FRAME_MILLIS));
            packet.putInt(4, each.spokenMillis * TICKS_PER_MILLI);
            packet.putInt(8, each.call + 1);
            sockets.get(each.call / CALLS_PER_SOCKET).send(packet, gateway[each.call]);
        }
    }

    private void receive() throws IOException {
        for (DatagramChannel socket : sockets) {
            while (socket.receive(received) != null) {
                received.flip();
                if (received.remaining() == packet.capacity()) {
                    long spoken =
                            TimeUnit.MILLISECONDS.toNanos(Integer.toUnsignedLong(received.getInt(4))) / TICKS_PER_MILLI;
                    mouthToEar.record(System.nanoTime() - startNanos - spoken);
                }
                received.clear();
            }
        }
    }

    /** Returns the mouth-to-ear delays since the last call, the network included. */
    MillisHistogram takeMouthToEar() {
        MillisHistogram now = mouthToEar;
        mouthToEar = new MillisHistogram(null);
        return now;
    }

    /** Returns the maximum lateness of the sending thread since the last call, caused by a lack of processor time. */
    int takeMaxBehindMillis() {
        int now = maxBehindMillis;
        maxBehindMillis = 0;
        return now;
    }

    /** Stops sending without an end of the calls being signalled. */
    @Override
    public void close() throws IOException {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (DatagramChannel socket : sockets) {
            socket.close();
        }
    }
}
