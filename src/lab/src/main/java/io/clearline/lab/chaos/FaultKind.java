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

/** What can go wrong with a cluster. */
public enum FaultKind {
    /** SIGKILL to a TaskManager, which its supervisor starts again. */
    TASKMANAGER_KILL,
    /**
     * SIGKILL to the JobManager, which its supervisor starts again. With high availability it finds the job by itself;
     * without, the job is submitted again from its newest retained checkpoint.
     */
    JOBMANAGER_KILL,
    /** SIGKILL to the broker. */
    BROKER_KILL,
    /** SIGTERM to the broker: it says goodbye and comes back. */
    BROKER_RESTART,
    /** SIGSTOP to a TaskManager: given up by the others, it wakes later and finds itself replaced. */
    FREEZE,
    /** No connection between the job and the broker for some seconds. */
    LINK_CUT,
    /** A slow connection between the job and the broker for some seconds. */
    LINK_SLOW,
    /** Another number of subtasks: 1, 4, 2 and again. */
    RESCALE,
    /** Stop with a savepoint and resume from it. */
    SAVEPOINT,
    /** Stop with a savepoint, start every process of Flink with newly installed classes, resume. */
    UPGRADE,
    /**
     * Stop with a savepoint and go on from it with the jar of this build, all by Flink's REST interface on processes
     * that stay up. The job began with another build's jar where the run was given one.
     */
    RELEASE,
    /** No room for checkpoints for some seconds; where they lie on a small disk of their own. */
    DISK_FULL,
    /** Announces a model whose files are not the announced ones; it must be refused. */
    BROKEN_MODEL,
    /**
     * Announces a good model. Live: for frames captured from a moment soon to come on; where clocks jump, that is later
     * than any of them was so far, and few streams or none may get there. Replay: its models were announced beforehand;
     * this one is for frames that are still to be computed, and must change nothing.
     */
    MODEL_SWAP
}
