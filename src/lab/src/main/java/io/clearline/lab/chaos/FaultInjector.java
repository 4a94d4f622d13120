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
package io.clearline.lab.chaos;

import io.clearline.kafka.Topics;
import io.clearline.lab.cluster.Await;
import io.clearline.lab.cluster.ClusterJob;
import io.clearline.lab.cluster.JvmProcess;
import io.clearline.lab.cluster.TestCluster;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.JobStatus;

/** Injects faults into a cluster, one at a time, and waits until the job is healthy again. Thread-confined. */
public final class FaultInjector {
    /** Injects {@link FaultKind#MODEL_SWAP}. Only the run knows the capture times of its frames. */
    interface ModelSwap {
        /** Announces a model and returns when it has taken effect. */
        void inject() throws IOException;
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(180);
    /** Time that a supervisor takes to restart a process. */
    private static final Duration RESTART_DELAY = Duration.ofMillis(500);

    private static final Duration OUTAGE_DURATION = Duration.ofSeconds(4);
    /** Exceeds Flink's heartbeat timeout of 8 s, so that the frozen process is declared lost. */
    private static final Duration FREEZE_DURATION = Duration.ofSeconds(30);

    /** Exceeds the heartbeat timeout, within which the loss of a process is detected. */
    private static final Duration DETECTION_TIMEOUT = Duration.ofSeconds(12);

    private static final Duration LINK_DELAY = Duration.ofMillis(40);
    /** Numbers of subtasks between which {@link FaultKind#RESCALE} rotates. */
    private static final List<Integer> SUBTASKS = List.of(1, 4, 2);

    private final TestCluster cluster;
    private final ClusterJob job;
    private final Topics topics;
    private final SplittableRandom random;
    private final ModelSwap swap;
    private int rescaleIndex;

    /** Creates an injector without {@link FaultKind#MODEL_SWAP}. */
    public FaultInjector(TestCluster cluster, ClusterJob job, Topics topics, long seed) {
        this(cluster, job, topics, seed, () -> {
            throw new IOException("MODEL_SWAP is not supported by this run; remove it from the faults.");
        });
    }

    FaultInjector(TestCluster cluster, ClusterJob job, Topics topics, long seed, ModelSwap swap) {
        this.swap = swap;
        this.cluster = cluster;
        this.job = job;
        this.topics = topics;
        this.random = new SplittableRandom(seed);
        this.rescaleIndex = random.nextInt(SUBTASKS.size());
    }

    /** Injects a fault and returns when its cause is removed. The job may not be healthy again by then. */
    public void inject(FaultKind kind) throws IOException {
        switch (kind) {
            case TASKMANAGER_KILL -> killWorkingTaskManager();
            case JOBMANAGER_KILL -> {
                cluster.jobManager().kill();
                startJobManager();
            }
            case BROKER_KILL -> {
                killAndStart(cluster.broker());
                cluster.awaitBroker();
            }
            case BROKER_RESTART -> {
                cluster.broker().terminate();
                cluster.broker().start();
                cluster.awaitBroker();
            }
            case FREEZE -> freeze(anyTaskManager());
            case LINK_CUT -> {
                cluster.link().cut();
                Await.pause(OUTAGE_DURATION, "the end of the link cut");
                cluster.link().heal();
            }
            case LINK_SLOW -> {
                cluster.link().slow(LINK_DELAY);
                Await.pause(OUTAGE_DURATION, "the end of the link delay");
                cluster.link().heal();
            }
            case RESCALE -> rescale();
            case SAVEPOINT -> job.resume(job.stopWithSavepoint());
            case UPGRADE -> {
                String savepoint = job.stopWithSavepoint();
                cluster.upgrade();
                job.resume(savepoint);
            }
            case RELEASE -> {
                String savepoint = job.stopWithSavepoint();
                cluster.useBuiltJar();
                job.resumeByRest(savepoint);
            }
            case DISK_FULL -> fillDisk();
            case BROKEN_MODEL -> new SmallModels(cluster).announceBroken(topics);
            case MODEL_SWAP -> swap.inject();
        }
    }

    private JvmProcess anyTaskManager() {
        return cluster.taskManagers().get(random.nextInt(cluster.taskManagers().size()));
    }

    /** Kills TaskManagers until the job fails, because one without a task would be no fault. */
    private void killWorkingTaskManager() throws IOException {
        List<JvmProcess> all = cluster.taskManagers();
        int first = random.nextInt(all.size());
        for (int i = 0; i < all.size(); i++) {
            killAndStart(all.get((first + i) % all.size()));
            if (jobStopsWithin(DETECTION_TIMEOUT)) {
                return;
            }
        }
        throw new IOException("The job kept running although every TaskManager was killed in turn; see "
                + cluster.settings().folder());
    }

    private boolean jobStopsWithin(Duration timeout) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() < end) {
            if (!job.isRunning()) {
                return true;
            }
            Await.pause(Duration.ofMillis(50), "the job to stop");
        }
        return false;
    }

    private static void killAndStart(JvmProcess process) throws IOException {
        process.kill();
        Await.pause(RESTART_DELAY, "the restart of " + process.name());
        process.start();
    }

    private static void freeze(JvmProcess process) throws IOException {
        process.freeze();
        Await.pause(FREEZE_DURATION, "the end of the freeze of " + process.name());
        process.thaw();
    }

    private void startJobManager() throws IOException {
        cluster.jobManager().start();
        cluster.revive();
        cluster.awaitTaskManagers();
        if (!cluster.settings().highAvailability()) {
            job.recover();
        }
    }

    private void rescale() throws IOException {
        int before = job.subtasks();
        int subtasks = before;
        while (subtasks == before) {
            subtasks = SUBTASKS.get(rescaleIndex++ % SUBTASKS.size());
        }
        int target = subtasks;
        job.rescale(subtasks);
        Await.until(target + " subtasks", TIMEOUT, () -> {
            cluster.revive();
            return isFinished() || job.subtasks() == target && job.isRunning();
        });
    }

    private void fillDisk() throws IOException {
        if (cluster.settings().checkpoints() == null) {
            throw new IOException("DISK_FULL needs ClusterSettings.withCheckpoints on a SmallDisk,"
                    + " found the default checkpoint folder.");
        }
        Path filler = cluster.settings().checkpoints().resolve("filler");
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            Await.pause(OUTAGE_DURATION, "the end of the full disk");
        } finally {
            Files.deleteIfExists(filler);
        }
    }

    /** Waits until every task runs and another checkpoint is complete, or the job has finished. */
    public void awaitHealthy() throws IOException {
        awaitRunning();
        long number = job.newestCheckpoint();
        Await.until("a checkpoint after " + number, TIMEOUT, () -> {
            revive();
            return isFinished() || job.newestCheckpoint() > number;
        });
    }

    /** Waits until every task runs, or the job has finished. */
    public void awaitRunning() throws IOException {
        Await.until("the job to run", TIMEOUT, () -> {
            revive();
            return isFinished() || job.isRunning();
        });
    }

    /** Restarts every process that has exited, as a supervisor does, and resubmits the job after a JobManager. */
    public void revive() throws IOException {
        if (!cluster.jobManager().isAlive()) {
            startJobManager();
        }
        cluster.revive();
    }

    /**
     * Returns whether a bounded job has finished.
     *
     * @throws IllegalStateException if the job has failed or was cancelled
     */
    public boolean isFinished() throws IOException {
        JobStatus status = job.status();
        if (status == JobStatus.FAILED || status == JobStatus.CANCELED) {
            throw new IllegalStateException("Expected a running or finished job, found " + status + "; see the logs in "
                    + cluster.settings().folder());
        }
        return status == JobStatus.FINISHED;
    }
}
