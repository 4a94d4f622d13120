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

/** Breaks a cluster, one fault at a time, and waits until the job is well again. One thread uses it. */
public final class FaultInjector {
    /** What {@link FaultKind#MODEL_SWAP} does: only the run knows when its frames are captured. */
    interface ModelSwap {
        /** Announces a model; returns when that has had its effect. */
        void inject() throws IOException;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration SUPERVISOR = Duration.ofMillis(500);
    private static final Duration OUTAGE = Duration.ofSeconds(4);
    /** Beyond the heartbeat's timeout of 8 s: the others give the frozen one up. */
    private static final Duration FREEZE = Duration.ofSeconds(30);

    /** Longer than the heartbeat takes to notice a lost process. */
    private static final Duration NOTICE = Duration.ofSeconds(12);

    private static final Duration SLOW = Duration.ofMillis(40);
    private static final List<Integer> SUBTASKS = List.of(1, 4, 2);

    private final TestCluster cluster;
    private final ClusterJob job;
    private final Topics topics;
    private final SplittableRandom random;
    private final ModelSwap swap;
    private int rescaled;

    /** For a job whose models stay. */
    public FaultInjector(TestCluster cluster, ClusterJob job, Topics topics, long seed) {
        this(cluster, job, topics, seed, () -> {
            throw new IOException("This run has no models to swap.");
        });
    }

    FaultInjector(TestCluster cluster, ClusterJob job, Topics topics, long seed, ModelSwap swap) {
        this.swap = swap;
        this.cluster = cluster;
        this.job = job;
        this.topics = topics;
        this.random = new SplittableRandom(seed);
        this.rescaled = random.nextInt(SUBTASKS.size());
    }

    /** Injects a fault; returns when its cause is gone, which is before the job is well. */
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
                Await.pause(OUTAGE, "cutting the link");
                cluster.link().heal();
            }
            case LINK_SLOW -> {
                cluster.link().slow(SLOW);
                Await.pause(OUTAGE, "slowing the link");
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

    /** One without a task is no loss to the job: then the next is killed too. */
    private void killWorkingTaskManager() throws IOException {
        List<JvmProcess> all = cluster.taskManagers();
        int first = random.nextInt(all.size());
        for (int i = 0; i < all.size(); i++) {
            killAndStart(all.get((first + i) % all.size()));
            if (jobStopsWithin(NOTICE)) {
                return;
            }
        }
        throw new IOException("Every TaskManager was killed, and the job noticed nothing.");
    }

    private boolean jobStopsWithin(Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            if (!job.isRunning()) {
                return true;
            }
            Await.pause(Duration.ofMillis(50), "the job to notice");
        }
        return false;
    }

    private static void killAndStart(JvmProcess process) throws IOException {
        process.kill();
        Await.pause(SUPERVISOR, "starting " + process.name());
        process.start();
    }

    private static void freeze(JvmProcess process) throws IOException {
        process.freeze();
        Await.pause(FREEZE, "freezing " + process.name());
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
            subtasks = SUBTASKS.get(rescaled++ % SUBTASKS.size());
        }
        int wanted = subtasks;
        job.rescale(subtasks);
        Await.until(wanted + " subtasks", PATIENCE, () -> {
            cluster.revive();
            return isOver() || job.subtasks() == wanted && job.isRunning();
        });
    }

    private void fillDisk() throws IOException {
        if (cluster.settings().checkpoints() == null) {
            throw new IOException("A full disk needs checkpoints on a small disk of their own; see SmallDisk.");
        }
        Path filler = cluster.settings().checkpoints().resolve("filler");
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            Await.pause(OUTAGE, "keeping the disk full");
        } finally {
            Files.deleteIfExists(filler);
        }
    }

    /** Waits until every task runs and one more checkpoint is complete, or the job is over. */
    public void awaitHealth() throws IOException {
        awaitRunning();
        long number = job.newestCheckpoint();
        Await.until("a checkpoint after " + number, PATIENCE, () -> {
            revive();
            return isOver() || job.newestCheckpoint() > number;
        });
    }

    /** Waits until every task runs, or the job is over. */
    public void awaitRunning() throws IOException {
        Await.until("the job to run", PATIENCE, () -> {
            revive();
            return isOver() || job.isRunning();
        });
    }

    /** What a supervisor does, for every process. */
    public void revive() throws IOException {
        if (!cluster.jobManager().isAlive()) {
            startJobManager();
        }
        cluster.revive();
    }

    /** Whether a job with an end has come to it. */
    public boolean isOver() throws IOException {
        JobStatus status = job.status();
        if (status == JobStatus.FAILED || status == JobStatus.CANCELED) {
            throw new IllegalStateException(
                    "The job is " + status + "; see " + cluster.settings().folder());
        }
        return status == JobStatus.FINISHED;
    }
}
