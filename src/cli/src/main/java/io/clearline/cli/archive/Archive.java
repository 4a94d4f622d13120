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
import io.clearline.dsp.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Watches a folder and enhances every audio file that appears in it, each once. The files go by the offline path, whose
 * samples are those of a replay, so that no broker and no job has to be there, and a result is one move of one file.
 *
 * <p>The folder is looked through every second; that works on network drives too, where nobody tells of changes. Memory
 * grows by the number of files, not by their length. One thread runs it.
 */
public final class Archive {
    private static final long LOOK_MILLIS = 1000;

    private final ArchiveSettings settings;
    private final Function<EnhanceRun, FileEnhancer> enhancers;
    private final EnhanceRun.Listener listener;
    /** Files that may still grow, and since when they have not. */
    private final Map<String, Unsettled> unsettled = new HashMap<>();
    /** What failed since the start; at the next start it is tried again. */
    private final Set<String> failedNow = new HashSet<>();

    private ResultStore store;

    private record Unsettled(FileStamp stamp, long sinceNanos) {}

    private record Work(String input, String output, FileStamp stamp, Path target) {}

    /**
     * Makes one that does not run yet.
     *
     * @param enhancers gives each thread its own
     * @param listener is told of each result and each failure
     */
    public Archive(
            ArchiveSettings settings, Function<EnhanceRun, FileEnhancer> enhancers, EnhanceRun.Listener listener) {
        this.settings = settings;
        this.enhancers = enhancers;
        this.listener = listener;
    }

    /**
     * Runs until the process is told to end, or, once, until every file is done or has failed.
     *
     * @throws IOException when the folders can't be used
     */
    public void run() throws IOException, InterruptedException {
        requireApart();
        try (ResultStore opened = new ResultStore(settings.out())) {
            store = opened;
            boolean goesOn = true;
            while (goesOn) {
                Map<Path, Work> works = look();
                boolean stopped = enhance(works);
                boolean over = settings.once() && works.isEmpty() && unsettled.isEmpty();
                goesOn = !stopped && !over;
                if (goesOn && works.isEmpty()) {
                    Thread.sleep(LOOK_MILLIS);
                }
            }
        }
    }

    private void requireApart() throws IOException {
        Files.createDirectories(settings.out());
        Path in = settings.in().toRealPath();
        Path out = settings.out().toRealPath();
        if (in.startsWith(out) || out.startsWith(in)) {
            throw new IOException(
                    "Expected two folders of which none is inside the other, found " + in + " and " + out + ".");
        }
    }

    /** What is to be done now, by the file. */
    private Map<Path, Work> look() throws IOException {
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
                // It is gone again, or can't be looked at; another look comes.
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

    /** What is to be done with a file; null: nothing now. */
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

    /** Whether a file is whole: it did not change for a while, by its own time or before our eyes. */
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

    /** Enhances them; true when the process was told to end. */
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
        // What was cut short, or has changed meanwhile, is made again; what is aside goes with the next start.
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
