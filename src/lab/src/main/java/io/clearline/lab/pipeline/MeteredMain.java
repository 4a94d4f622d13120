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
 * Runs the main method of another class in a JVM with a meter: {@code PORT CLASS ARGUMENTS...}. The meter serves one
 * request for each connection: one line with a command, answered by one JSON value. The JVM keeps running when the main
 * method has returned.
 */
public final class MeteredMain {
    /** Command: starts a measurement. */
    static final String BEGIN = "begin";
    /** Command: ends the measurement and answers a {@link ProcessUse}. */
    static final String END = "end";
    /** Command: answers a {@link State}. */
    static final String COUNTERS = "counters";
    /** Key of the error message in the answer to a command that failed. */
    static final String PROBLEM = "problem";

    private static volatile boolean finished;

    private MeteredMain() {}

    /**
     * Answer to {@link #COUNTERS}.
     *
     * @param counters current counters of the process, by name
     * @param finished whether the main method has returned
     */
    record State(Map<String, Long> counters, boolean finished) {}

    /**
     * Starts the meter and runs the main method of a class.
     *
     * @param args port of the meter, name of the class, then its own arguments
     */
    public static void main(String[] args) throws Throwable {
        ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 1, InetAddress.getLoopbackAddress());
        // Not a daemon thread: it keeps the JVM alive.
        new Thread(() -> serve(server), "meter").start();
        try {
            Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 2, args.length));
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            Runtime.getRuntime().halt(1);
        }
        finished = true;
    }

    private static void serve(ServerSocket server) {
        ProcessMeter meter = new ProcessMeter();
        while (true) {
            try (Socket socket = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                byte[] answer = new ObjectMapper().writeValueAsBytes(answerOrProblem(meter, in.readLine()));
                socket.getOutputStream().write(answer);
            } catch (IOException e) {
                throw new UncheckedIOException("The meter cannot serve port " + server.getLocalPort(), e);
            }
        }
    }

    private static Object answerOrProblem(ProcessMeter meter, String command) throws IOException {
        try {
            return answer(meter, command);
        } catch (RuntimeException e) {
            e.printStackTrace();
            return Map.of(PROBLEM, e.toString());
        }
    }

    private static Object answer(ProcessMeter meter, String command) throws IOException {
        switch (command) {
            case BEGIN:
                meter.begin();
                return true;
            case END:
                return meter.end();
            case COUNTERS:
                return new State(ProcessCounters.now(), finished);
            default:
                throw new IOException(
                        "Expected the command " + BEGIN + ", " + END + " or " + COUNTERS + ", found " + command + ".");
        }
    }
}
