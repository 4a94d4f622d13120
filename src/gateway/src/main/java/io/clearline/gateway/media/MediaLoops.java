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
package io.clearline.gateway.media;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The event loops, one thread each, that carry all sessions. Thread-safe. */
public final class MediaLoops implements AutoCloseable {
    private static final long CLOSE_SECONDS = 5;

    private final MultiThreadIoEventLoopGroup group;
    private final Map<EventLoop, MediaLoop> loops = new LinkedHashMap<>();

    /** Starts the given number of event loops. */
    public MediaLoops(int threads) {
        group = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("clearline-gateway", true), NioIoHandler.newFactory());
        for (EventExecutor each : group) {
            MediaLoop loop = new MediaLoop((EventLoop) each);
            loops.put(loop.executor(), loop);
            loop.start();
        }
    }

    /** Returns the group on which servers register their connections. */
    public EventLoopGroup group() {
        return group;
    }

    /** Returns the loops in turn, to spread sessions that have no connection of their own. */
    public MediaLoop next() {
        return of(group.next());
    }

    /** Returns the loop that runs on the thread of a channel. */
    public MediaLoop of(EventLoop eventLoop) {
        return loops.get(eventLoop);
    }

    /** Stops all loops. Waits up to five seconds for work that is queued. */
    @Override
    public void close() {
        loops.values().forEach(MediaLoop::stop);
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
