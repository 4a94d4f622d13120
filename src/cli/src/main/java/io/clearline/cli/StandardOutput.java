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
package io.clearline.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/**
 * The program's standard output, which remembers why it could not be written. {@link System#out} swallows such errors,
 * and a command would seem successful although its output is lost.
 */
final class StandardOutput extends FilterOutputStream {
    private static final int BUFFER_BYTES = 8192;
    private static final String READER_IS_GONE = "Broken pipe";

    /** Why the first output was lost; null if all was written. */
    private static volatile String lost;

    private StandardOutput(OutputStream out) {
        super(out);
    }

    /** Makes {@link System#out} remember its errors. */
    static void watch() {
        Charset charset = Charset.forName(
                System.getProperty("stdout.encoding", Charset.defaultCharset().name()));
        System.setOut(new PrintStream(new BufferedOutputStream(stream(), BUFFER_BYTES), true, charset));
    }

    /** Returns the bytes of standard output, not buffered. Its errors are sentences without a full stop. */
    static OutputStream stream() {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out));
    }

    /**
     * Writes what is still in the buffers, and returns the exit code of a command that was successful so far. A reader
     * that ended, such as {@code head}, is no news for the user and has no message.
     *
     * @param out what the command printed to
     * @param err for the message
     * @param name the program's name
     */
    static int end(PrintWriter out, PrintWriter err, String name) {
        // Both, and the inner one last: the writer may be in front of System.out.
        boolean failed = out.checkError() | System.out.checkError();
        if (!failed) {
            return 0;
        }
        if (!READER_IS_GONE.equals(lost)) {
            err.println(name + ": Standard output can't be written, and at least its end is lost"
                    + (lost == null ? "." : ": " + lost + "."));
            err.flush();
        }
        return 1;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    private static IOException remembered(IOException error) {
        if (lost == null) {
            lost = error.getMessage();
        }
        return new IOException("standard output can't be written: " + error.getMessage(), error);
    }
}
