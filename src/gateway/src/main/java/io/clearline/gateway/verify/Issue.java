package io.clearline.gateway.verify;

/**
 * One thing that is wrong.
 *
 * @param stream the stream's id
 * @param sequence the frame's number, or -1 where the whole stream is meant
 * @param detail a phrase for people: what was expected and what came
 */
public record Issue(IssueKind kind, String stream, long sequence, String detail) {
    @Override
    public String toString() {
        String frame = sequence < 0 ? "" : " frame " + sequence;
        return kind + ": stream " + stream + frame + (detail.isEmpty() ? "" : ", " + detail);
    }
}
