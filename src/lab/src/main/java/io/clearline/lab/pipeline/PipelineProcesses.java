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

import io.clearline.job.JobOptions;
import io.clearline.kafka.KafkaTopics;
import io.clearline.kafka.Topics;
import io.clearline.lab.cluster.Await;
import io.clearline.lab.cluster.BrokerMain;
import io.clearline.lab.cluster.Folders;
import io.clearline.lab.cluster.JvmProcess;
import io.clearline.lab.cluster.RemoteBroker;
import io.clearline.local.LocalPlatform;
import io.clearline.local.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The broker and the job, each in a JVM of its own with a meter. Closing deletes data and logs. Thread-confined. */
final class PipelineProcesses implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final int LOG_TAIL_CHARS = 2000;
    private static final List<String> BROKER_JVM = List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC");
    /** Without debug information between safepoints the Flight Recorder cannot attribute samples to inlined methods. */
    private static final List<String> JOB_JVM = List.of(
            "-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints", "-XX:FlightRecorderOptions=stackdepth=128");

    private final PipelineSettings settings;
    private final CoreShares cores;
    private final Path folder;
    private final int kafkaPort;
    private final MeterClient brokerMeter;
    private final JvmProcess broker;
    private MeterClient jobMeter;
    private JvmProcess job;

    private PipelineProcesses(PipelineSettings settings) throws IOException {
        this.settings = settings;
        cores = CoreShares.of(Runtime.getRuntime().availableProcessors(), settings.jobCores());
        folder = Folders.untilExit(settings.data());
        kafkaPort = Ports.free();
        int jobPort = Ports.free();
        int meterPort = Ports.free();
        brokerMeter = new MeterClient(meterPort);
        broker = process(
                "broker",
                cores.broker(),
                BROKER_JVM,
                meterPort,
                BrokerMain.class,
                // No FaultyLink here: the job's listener advertises its own port.
                List.of(
                        folder.resolve("kafka").toString(),
                        Integer.toString(kafkaPort),
                        Integer.toString(jobPort),
                        Integer.toString(jobPort)));
    }

    /** Starts the broker and creates the topics. */
    static PipelineProcesses start(PipelineSettings settings) throws IOException {
        PipelineProcesses processes = new PipelineProcesses(settings);
        try {
            processes.broker.start();
            String bootstrapServers = processes.bootstrapServers();
            new RemoteBroker(bootstrapServers).awaitBroker("the broker, see " + processes.broker.log(), TIMEOUT);
            KafkaTopics.create(
                    bootstrapServers, new Properties(), LocalPlatform.topics(Topics.DEFAULT, settings.parallelism()));
            return processes;
        } catch (IOException | RuntimeException e) {
            processes.close();
            throw e;
        }
    }

    /** Starts the job without waiting until it processes frames. */
    void startJob() throws IOException {
        int meterPort = Ports.free();
        jobMeter = new MeterClient(meterPort);
        List<String> jvm = new ArrayList<>(JOB_JVM);
        jvm.addAll(List.of(settings.jvmOptions().split(" ")));
        List<String> arguments = new ArrayList<>();
        jobOptions().forEach((key, value) -> arguments.addAll(List.of("--" + key, value)));
        job = process("job", cores.job(), jvm, meterPort, settings.subject().main(), arguments);
        job.start();
        Await.until("the job's JVM, see " + job.log(), TIMEOUT, () -> jobMeter.state() != null);
    }

    private Map<String, String> jobOptions() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put(JobOptions.BOOTSTRAP_SERVERS.key(), bootstrapServers());
        options.put(JobOptions.MODE.key(), settings.mode().name().toLowerCase(Locale.ROOT));
        options.put(JobOptions.MODELS.key(), settings.subject().model());
        options.put(
                JobOptions.MODEL_REPOSITORY.key(),
                settings.subject().repository().toAbsolutePath().toString());
        options.put(
                "execution.checkpointing.dir",
                folder.resolve("checkpoints").toUri().toString());
        options.put("parallelism.default", Integer.toString(settings.parallelism()));
        options.put("rest.bind-port", "0");
        options.put("taskmanager.network.memory.buffers-per-channel", "8");
        options.put("metrics.reporters", "bench");
        options.put("metrics.reporter.bench.factory.class", JobCounters.Factory.class.getName());
        options.put("traces.reporters", "bench");
        options.put("traces.reporter.bench.factory.class", JobCheckpoints.Factory.class.getName());
        options.putAll(settings.jobOptions());
        return options;
    }

    private JvmProcess process(
            String name, String coreList, List<String> jvm, int meterPort, Class<?> main, List<String> arguments) {
        List<String> options = new ArrayList<>(jvm);
        options.add(JvmProcess.LOGGING);
        List<String> command =
                new ArrayList<>(List.of(MeteredMain.class.getName(), Integer.toString(meterPort), main.getName()));
        command.addAll(arguments);
        return new JvmProcess(name, folder, JvmProcess.ownClassPath(), CoreShares.prefix(coreList), options, command);
    }

    CoreShares cores() {
        return cores;
    }

    /** Returns the folder of data and logs, which exists until closing. */
    Path folder() {
        return folder;
    }

    String bootstrapServers() {
        return "localhost:" + kafkaPort;
    }

    MeterClient brokerMeter() {
        return brokerMeter;
    }

    MeterClient jobMeter() {
        return jobMeter;
    }

    JvmProcess job() {
        return job;
    }

    /**
     * Checks that both processes run.
     *
     * @throws IOException with the end of the log of a process that has exited
     */
    void requireRunning() throws IOException {
        for (JvmProcess process : new JvmProcess[] {broker, job}) {
            if (process != null && !process.isAlive()) {
                String log = Files.readString(process.log());
                throw new IOException("The process of the " + process.name() + " exited. The end of its log: "
                        + log.substring(Math.max(0, log.length() - LOG_TAIL_CHARS)));
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (job != null) {
            job.close();
        }
        broker.close();
        Folders.delete(folder);
    }
}
