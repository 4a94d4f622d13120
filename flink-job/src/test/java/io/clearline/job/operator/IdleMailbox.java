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
package io.clearline.job.operator;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * The mailbox of a task whose input always looks empty. In a harness, nothing is known about the frames that a test
 * sends next.
 */
final class IdleMailbox implements MailboxExecutor {
    private final MailboxExecutor harness;

    IdleMailbox(MailboxExecutor harness) {
        this.harness = harness;
    }

    @Override
    public void execute(
            MailOptions options, ThrowingRunnable<? extends Exception> command, String description, Object... args) {
        harness.execute(options, command, description, args);
    }

    @Override
    public void yield() throws InterruptedException {
        harness.yield();
    }

    @Override
    public boolean tryYield() {
        return harness.tryYield();
    }

    @Override
    public boolean shouldInterrupt() {
        return harness.shouldInterrupt();
    }
}
