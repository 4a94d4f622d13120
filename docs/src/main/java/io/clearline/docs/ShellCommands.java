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
package io.clearline.docs;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits shell text into simple commands and their words. It handles quotes, comments, continued lines, pipes, lists
 * and redirections, which suffices for the commands in documents. Nothing is expanded.
 */
final class ShellCommands {
    private final String text;
    private final List<List<String>> commands = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    /** The current word; null between words. */
    private StringBuilder word;
    /** Whether the next word is the target of a redirection. */
    private boolean redirected;

    private int at;

    private ShellCommands(String text) {
        this.text = text;
    }

    /** Returns the words of each simple command, without redirections. */
    static List<List<String>> in(String text) {
        return new ShellCommands(text).split();
    }

    private List<List<String>> split() {
        while (at < text.length()) {
            step(text.charAt(at));
            at++;
        }
        endCommand();
        return commands;
    }

    private void step(char c) {
        switch (c) {
            case '\\' -> escape();
            case '\'', '"' -> quote(c);
            case ' ', '\t' -> endWord();
            case '\n', ';', '|', '(', ')' -> endCommand();
            case '&' -> ampersand();
            case '>', '<' -> redirect();
            case '#' -> hash();
            default -> append(c);
        }
    }

    private void escape() {
        at++;
        if (at < text.length() && text.charAt(at) != '\n') {
            append(text.charAt(at));
        }
    }

    private void quote(char mark) {
        append("");
        for (at++; at < text.length() && text.charAt(at) != mark; at++) {
            append(text.charAt(at));
        }
    }

    /** Ends a command, except in a redirection such as {@code 2>&1}. */
    private void ampersand() {
        if (redirected && word == null) {
            return;
        }
        endCommand();
    }

    private void redirect() {
        if (word != null && word.toString().matches("\\d")) {
            word = null;
        }
        endWord();
        redirected = true;
    }

    private void hash() {
        if (word != null) {
            append('#');
            return;
        }
        while (at + 1 < text.length() && text.charAt(at + 1) != '\n') {
            at++;
        }
    }

    private void append(Object part) {
        if (word == null) {
            word = new StringBuilder();
        }
        word.append(part);
    }

    private void endWord() {
        if (word == null) {
            return;
        }
        if (!redirected) {
            words.add(word.toString());
        }
        word = null;
        redirected = false;
    }

    private void endCommand() {
        endWord();
        redirected = false;
        if (!words.isEmpty()) {
            commands.add(words);
            words = new ArrayList<>();
        }
    }
}
