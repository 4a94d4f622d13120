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
package io.clearline.cli.archive;

import io.clearline.cli.archive.JournalEntry.State;
import io.clearline.cli.audio.AudioInputs;
import io.clearline.cli.audio.AudioInputs.Input;
import io.clearline.cli.audio.EnhanceRun;
import io.clearline.cli.audio.FileEnhancer;
import io.clearline.cli.audio.FileEnhancer.Outcome;
import io.clearline.cli.audio.OutputFolder;
import io.clearline.dsp.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Watches a folder and enhances every audio file that appears in it exactly once. The files are enhanced offline, with
 * the same samples as in a replay, so that neither a broker nor a job is needed and a result is published by renaming
 * one file.
 *
 * <p>The folder is scanned every second, which also works on network drives, where file events are not delivered. The
 * memory grows with the number of files, not with their length. Thread-confined.
 */
public final class Archive {
    private static final long SCAN_INTERVAL_MILLIS = 1000;

    private final ArchiveSettings settings;
    private final Function<EnhanceRun, FileEnhancer> enhancers;
    private final EnhanceRun.Listener listener;
    private final Consumer<String> warnings;
    /** Files that may still be growing, with the time of their last change. */
    private final Map<String, Unsettled> unsettled = new HashMap<>();
    /** Files that failed since the start; they are tried again at the next start. */
    private final Set<String> failedNow = new HashSet<>();

    private ResultStore store;

    private record Unsettled(FileStamp stamp, long sinceNanos) {}

    private record Work(String input, String output, FileStamp stamp, Path target) {}

    /**
     * Creates an archive that does not run yet.
     *
     * @param enhancers creates an enhancer for each thread
     * @param listener receives each result and each failure
     * @param warnings receives what is wrong with the archive itself, in sentences
     */
    public Archive(
            ArchiveSettings settings,
            Function<EnhanceRun, FileEnhancer> enhancers,
            EnhanceRun.Listener listener,
            Consumer<String> warnings) {
        this.settings = settings;
        this.enhancers = enhancers;
        this.listener = listener;
        this.warnings = warnings;
    }

    /**
     * Runs until the process is asked to end or, with {@code once}, until every file is done or has failed.
     *
     * @throws IOException if a folder cannot be used, or one is inside the other
     */
    public void run() throws IOException, InterruptedException {
        requireApart();
        try (ResultStore opened = new ResultStore(settings.out())) {
            store = opened;
            store.damage().ifPresent(warnings);
            boolean running = true;
            while (running) {
                Map<Path, Work> works = scan();
                boolean stopped = enhance(works);
                boolean over = settings.once() && works.isEmpty() && unsettled.isEmpty();
                running = !stopped && !over;
                if (running && works.isEmpty()) {
                    Thread.sleep(SCAN_INTERVAL_MILLIS);
                }
            }
        }
    }

    private void requireApart() throws IOException {
        OutputFolder.create(settings.out());
        Path in = settings.in().toRealPath();
        Path out = settings.out().toRealPath();
        if (in.startsWith(out) || out.startsWith(in)) {
            throw new IOException(
                    "Expected two folders of which none is inside the other, found " + in + " and " + out + ".");
        }
    }

    /** Returns the files to enhance now. */
    private Map<Path, Work> scan() throws IOException {
        AudioInputs found = AudioInputs.find(List.of(settings.in()), null);
        Map<Path, Work> works = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (Input each : found.found()) {
            try {
                String input = EscapedPath.of(settings.in(), each.file());
                seen.add(input);
                Work work = work(input, each.file());
                if (work != null) {
                    works.put(each.file(), work);
                }
            } catch (IOException e) {
                // The file is deleted again or cannot be read. The next scan tries it again.
                continue;
            }
        }
        unsettled.keySet().retainAll(seen);
        for (Map.Entry<Path, String> each : found.failed().entrySet()) {
            if (failedNow.add(each.getKey().toString())) {
                listener.failed(each.getKey(), each.getValue());
            }
        }
        return works;
    }

    /** Returns the work for a file; null if there is none now. */
    private Work work(String input, Path file) throws IOException {
        FileStamp stamp = FileStamp.of(file);
        JournalEntry known = store.get(input);
        if (isOver(known, stamp) || !isSettled(input, stamp)) {
            return null;
        }
        if (known != null
                && known.state() == State.DONE
                && known.settings().equals(settings.digest())
                && known.inputSha256().equals(Sha256.of(file))) {
            store.note(known.withStamp(stamp));
            return null;
        }
        String output = EscapedPath.ofResult(input, settings.container());
        try {
            store.reserve(input, output);
        } catch (IOException e) {
            fail(file, new Work(input, output, stamp, null), e.getMessage());
            return null;
        }
        return new Work(input, output, stamp, store.staged(output, input));
    }

    private boolean isOver(JournalEntry known, FileStamp stamp) {
        if (known == null || !known.stamp().equals(stamp) || !known.settings().equals(settings.digest())) {
            return false;
        }
        return known.state() != State.FAILED || failedNow.contains(known.input());
    }

    /**
     * Returns whether a file is complete: it has not changed for the settle time, by its modification time or by the
     * observation of this process, in case the clocks differ.
     */
    private boolean isSettled(String input, FileStamp stamp) {
        Unsettled before = unsettled.get(input);
        if (before == null || !before.stamp().equals(stamp)) {
            before = new Unsettled(stamp, System.nanoTime());
            unsettled.put(input, before);
        }
        long unchangedMicros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) - stamp.modifiedMicros();
        boolean settled = unchangedMicros >= settings.settle().toNanos() / 1000
                || System.nanoTime() - before.sinceNanos() >= settings.settle().toNanos();
        if (settled) {
            unsettled.remove(input);
        }
        return settled;
    }

    /** Enhances the files, and returns whether the process was asked to end. */
    private boolean enhance(Map<Path, Work> works) throws InterruptedException {
        if (works.isEmpty()) {
            return false;
        }
        List<Input> inputs = new ArrayList<>();
        List<Path> targets = new ArrayList<>();
        works.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(each -> {
            inputs.add(new Input(each.getKey(), each.getKey().getFileName()));
            targets.add(each.getValue().target());
        });
        EnhanceRun run = new EnhanceRun(enhancers, new EnhanceRun.Listener() {
            @Override
            public void done(Path file, Path target, Outcome outcome) {
                try {
                    finish(file, works.get(file), outcome);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void failed(Path file, String why) {
                fail(file, works.get(file), why);
            }
        });
        run.run(inputs, targets, settings.jobs());
        return run.isStopped();
    }

    private void finish(Path file, Work work, Outcome outcome) throws IOException {
        String inputSha256 = Sha256.of(file);
        // A partial result, or that of a file that has changed meanwhile, is discarded and the file is enhanced again.
        // The next start deletes what is left in the staging folder.
        if (!outcome.whole() || !FileStamp.of(file).equals(work.stamp())) {
            return;
        }
        store.commit(new JournalEntry(
                State.STAGED,
                work.input(),
                work.stamp(),
                inputSha256,
                settings.digest(),
                work.output(),
                Sha256.of(work.target()),
                ""));
        listener.done(file, EscapedPath.resolve(settings.out(), work.output()), outcome);
    }

    private void fail(Path file, Work work, String why) {
        failedNow.add(work.input());
        try {
            store.note(JournalEntry.failed(work.input(), work.stamp(), settings.digest(), work.output(), why));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener.failed(file, why);
    }
}
