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

import io.clearline.job.record.OutputRecord;
import io.clearline.schemas.frame.StreamFrame;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.legacy.YieldingOperatorFactory;

/** Creates the enhancement operator in its task. */
@SuppressWarnings("deprecation") // Only YieldingOperatorFactory gives access to the mailbox.
public class EnhancementOperatorFactory extends AbstractStreamOperatorFactory<OutputRecord>
        implements TwoInputStreamOperatorFactory<StreamFrame, ModelUpdate, OutputRecord>,
                YieldingOperatorFactory<OutputRecord> {
    private static final long serialVersionUID = 1L;

    private final EnhancementPlan plan;

    public EnhancementOperatorFactory(EnhancementPlan plan) {
        this.plan = plan;
    }

    @Override
    @SuppressWarnings("unchecked") // Flink asks for the type it was given.
    public <T extends StreamOperator<OutputRecord>> T createStreamOperator(
            StreamOperatorParameters<OutputRecord> parameters) {
        return (T) new EnhancementOperator(parameters, plan, getMailboxExecutor());
    }

    @Override
    @SuppressWarnings("rawtypes") // Flink's own signature.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return EnhancementOperator.class;
    }
}
