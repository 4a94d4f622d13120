package io.clearline.training;

/** Is told how long work goes on; the command line shows a bar. Called from one thread. */
public interface Progress {
    /** Shows nothing. */
    Progress NONE = new Progress() {
        @Override
        public void begin(String task, long steps) {
            // Nobody looks.
        }

        @Override
        public void step(String message) {
            // Nobody looks.
        }

        @Override
        public void end() {
            // Nobody looks.
        }
    };

    /** A task of so many steps begins. */
    void begin(String task, long steps);

    /** One step is done. */
    void step(String message);

    /** The task is over. */
    void end();
}
