package io.clearline.job.operator;

import io.clearline.job.record.OutputRecord;
import io.clearline.job.stream.StreamFrame;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.legacy.YieldingOperatorFactory;

/** Makes the enhancement operator where it runs. */
@SuppressWarnings("deprecation") // The only way to the mailbox, which tells when the input is empty.
public final class EnhancementOperatorFactory extends AbstractStreamOperatorFactory<OutputRecord>
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
