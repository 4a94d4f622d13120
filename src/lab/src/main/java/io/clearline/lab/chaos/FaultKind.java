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

/** The kinds of faults that are injected into a cluster. */
public enum FaultKind {
    /** SIGKILL to a TaskManager, which its supervisor restarts. */
    TASKMANAGER_KILL,
    /**
     * SIGKILL to the JobManager, which its supervisor restarts. With high availability it recovers the job by itself.
     * Otherwise the job is submitted again from its newest retained checkpoint.
     */
    JOBMANAGER_KILL,
    /** SIGKILL to the broker, followed by a restart. */
    BROKER_KILL,
    /** SIGTERM to the broker: a clean shutdown, followed by a restart. */
    BROKER_RESTART,
    /** SIGSTOP to a TaskManager until it is declared lost and replaced, then SIGCONT. */
    FREEZE,
    /** No connection between the job and the broker for some seconds. */
    LINK_CUT,
    /** A slow connection between the job and the broker for some seconds. */
    LINK_SLOW,
    /** Another number of subtasks, in the rotation 1, 4, 2. */
    RESCALE,
    /** Stop with a savepoint and resume from it. */
    SAVEPOINT,
    /** Stop with a savepoint, restart every Flink process, and resume with a new copy of the jar. */
    UPGRADE,
    /**
     * Stop with a savepoint and resume with the jar of this build, by Flink's REST interface and without a restart of
     * any process. If the run was given the jar of another build, the job started with that one.
     */
    RELEASE,
    /** A full disk for checkpoints for some seconds; requires a {@code SmallDisk} for them. */
    DISK_FULL,
    /** Announcement of a model whose files are missing, which the job must refuse. */
    BROKEN_MODEL,
    /**
     * Announcement of a valid model.
     *
     * <p>Live: it takes effect for frames that are captured from a time in the near future on. If clocks jump, this
     * time is after all capture times so far, and few streams may reach it.
     *
     * <p>Replay: all models are announced before the job starts. This announcement comes while the job runs and must
     * not change the output.
     */
    MODEL_SWAP
}
