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
package io.clearline.lab.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Runs another class's main method in a JVM that can be asked what it uses: {@code PORT CLASS ARGUMENTS...}. One
 * question a connection, one line each way. The JVM stays when the main method returns.
 */
public final class MeteredMain {
    static final String BEGIN = "begin";
    static final String END = "end";
    static final String COUNTERS = "counters";
    /** Of an answer: why there is none. */
    static final String PROBLEM = "problem";

    private static volatile boolean finished;

    private MeteredMain() {}

    /** What {@link #COUNTERS} answers: the process's counters so far, and whether the main method has returned. */
    record State(Map<String, Long> counters, boolean finished) {}

    /** First argument: the port; second: the class; the rest is its own. */
    public static void main(String[] args) throws Throwable {
        ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 1, InetAddress.getLoopbackAddress());
        // Not a daemon: it keeps the JVM.
        new Thread(() -> answer(server), "meter").start();
        try {
            Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 2, args.length));
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            Runtime.getRuntime().halt(1);
        }
        finished = true;
    }

    private static void answer(ServerSocket server) {
        ProcessMeter meter = new ProcessMeter();
        while (true) {
            try (Socket socket = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                byte[] answer = new ObjectMapper().writeValueAsBytes(answerOrProblem(meter, in.readLine()));
                socket.getOutputStream().write(answer);
            } catch (IOException e) {
                throw new UncheckedIOException("The meter can't answer", e);
            }
        }
    }

    private static Object answerOrProblem(ProcessMeter meter, String question) throws IOException {
        try {
            return answer(meter, question);
        } catch (RuntimeException e) {
            e.printStackTrace();
            return Map.of(PROBLEM, e.toString());
        }
    }

    private static Object answer(ProcessMeter meter, String question) throws IOException {
        switch (question) {
            case BEGIN:
                meter.begin();
                return true;
            case END:
                return meter.end();
            case COUNTERS:
                return new State(ProcessCounters.now(), finished);
            default:
                throw new IOException(
                        "Expected " + BEGIN + ", " + END + " or " + COUNTERS + ", found " + question + ".");
        }
    }
}
